// The frame: header, inputs beside the answer, one column when the container is narrow.

export const frame = `
.gauge{padding:0 16px 16px;overflow-wrap:break-word}
.head{min-height:57px;display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;padding:12px 0;border-bottom:1px solid var(--line)}
.waiting{padding:0}
.head slot::slotted(h1){padding:0!important}
.head .model{flex:1 1 18em}
.head .version{display:flex;align-items:center;gap:6px}
.head .version select{width:auto}
.tools{display:flex;flex-wrap:wrap;gap:4px;align-items:center;margin-inline-start:auto}
.body{display:grid;gap:0 24px;grid-template-columns:minmax(0,1fr)}
.top{padding-top:16px;min-width:0}
.inputs{padding-top:16px;min-width:0}
.more{padding-top:8px;min-width:0}
.pin{position:sticky;bottom:0;z-index:2;background:var(--back);border-top:1px solid var(--line);margin:8px -16px -16px;padding:8px 16px;
  display:flex;gap:4px 12px;flex-wrap:wrap;font-size:13px}
.pin b{font-weight:600}
.gauge:has(.pin){scroll-padding-bottom:48px}
@container (max-width:43.99em){.head .model{order:1;flex-basis:100%}.head .version{margin-inline-start:auto}.tools{order:2;margin-inline-start:-8px;font-size:13px}}
@container (min-width:44em){
  .body{grid-template-columns:22em minmax(0,1fr);grid-template-rows:auto 1fr}
  .body.bare{grid-template-columns:minmax(0,1fr)}
  .top{grid-area:1/2}.inputs{grid-area:1/1/3/2;padding-inline-end:24px;border-inline-end:1px solid var(--line)}.more{grid-area:2/2}
  .bare .top{grid-area:1/1}.bare .more{grid-area:2/1}
  .pin{display:none}
}
.drop{position:fixed;inset:0;z-index:9;display:grid;place-items:center;background:color-mix(in srgb,var(--back) 85%,transparent);
  border:3px dashed var(--accent);font-size:24px;pointer-events:none}
.alert{border-inline-start:3px solid var(--bad);padding:8px 12px;margin:8px 0}
.alert.warn{border-color:var(--warn)}
.stale{filter:grayscale(1);opacity:.9}
.printed{display:none}
@media print{.head,.inputs,.pin,button,details:not([open]),.tip{display:none!important}.body{display:block}.printed{display:block;margin-top:16px}}
`;
