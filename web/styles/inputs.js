// The input column and the model field.

export const inputs = `
.rows{display:grid;gap:8px}
.field{display:grid;grid-template-columns:minmax(0,1fr) 9.8em;gap:2px 8px;align-items:center}
.field.wide{grid-template-columns:auto minmax(0,1fr)}
.field.tall{grid-template-columns:minmax(0,1fr)}
.rows>details>.field{margin-top:6px}
.field>input[type=range]{grid-column:1/-1;min-height:24px}
.field>label,.field>.name{font-size:13px;line-height:1.25}
.field>label code,.field>.name code{display:block;color:var(--quiet);font-size:11px;overflow-wrap:anywhere}
.field .err,.field .hint{grid-column:1/-1;font-size:13px}
.err{color:var(--bad)}
.hint{color:var(--quiet)}
.stepper{display:grid;grid-template-columns:auto minmax(3em,1fr) auto;gap:4px}
.stepper button{min-width:36px;padding:0}
.stepper input,.num{text-align:end}
.combo{position:relative}
.combo ul{position:absolute;z-index:5;inset-inline:0;top:100%;margin-top:2px;max-height:min(22em,60vh);overflow:auto;background:var(--field);
  border:1px solid var(--edge);border-radius:3px;box-shadow:0 4px 16px #0003}
.combo li{padding:6px 10px;cursor:pointer;display:flex;justify-content:space-between;gap:12px}
.combo li span{overflow-wrap:anywhere}
.combo li[aria-selected=true]{background:color-mix(in srgb,var(--accent) 16%,var(--field))}
@media (pointer:coarse){.combo li{min-height:44px;align-items:center}}
.config{margin-top:16px;border-top:1px solid var(--line);padding-top:8px}
.config textarea{min-height:9em}
.config .row{display:flex;gap:8px;align-items:center;flex-wrap:wrap;margin-top:8px}
.config pre{color:var(--bad);background:none;overflow-x:auto;white-space:pre;padding:4px 0}
`;
