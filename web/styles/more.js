// The parts that load on intent.

const more = `
.sized{display:inline-block;min-width:6em}
.how{font-size:13px}
.how>summary{padding:2px 0;color:var(--accent);width:fit-content}
.formula{padding:4px 0 8px;display:grid;gap:2px;overflow-wrap:anywhere}.scroll .formula{min-width:17em}
@container (max-width:660px){.facts .n{white-space:normal}.facts :is(th,td){padding-inline-end:6px}}
.prose{max-width:42em}.prose p,.prose ul{margin:8px 0}.prose h3{margin-top:16px}
.prose li{padding-inline-start:1em;text-indent:-1em}.prose li::before{content:"– "}
.row{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin-bottom:8px}
.row select{width:auto;min-width:0}.row label{min-width:0;max-width:100%;display:flex;gap:8px;align-items:center}
.text{border:1px solid var(--line);border-radius:3px;padding:12px;max-height:26em;overflow:auto;background:var(--field)}
.folded{margin:8px 0}
.tall{max-height:32em;overflow:auto}
.tall thead th{position:sticky;top:0;background:var(--back);z-index:1}
.tall tbody th,.map tbody th{white-space:nowrap}
.cell{padding:2px}
.cell button{width:100%;text-align:end;color:var(--text);white-space:nowrap;min-height:28px;padding:2px 6px}
.cell.good button{background:color-mix(in srgb,var(--kv) 20%,var(--back))}
.cell.mixed button{background:color-mix(in srgb,var(--warn) 16%,var(--back))}
.cell.bad button{background:color-mix(in srgb,var(--bad) 11%,var(--back))}
.here>th,.here button{font-weight:700}
.cell.here button{outline:2px solid var(--text);outline-offset:-2px}
.map{width:auto}.map th.n{padding:4px 8px;font-size:13px}
input.price{width:5.5em}
.differs{background:color-mix(in srgb,var(--accent) 7%,var(--back))}
@media (forced-colors:active){.cell.good button{border-color:Highlight}.cell.bad button{text-decoration:line-through}}
`;

let sheet;

export function adoptMore(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(more);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
