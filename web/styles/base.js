// Type, space and native controls. Lengths are px or em, never rem: a host's root font size must not matter.

export const base = `
:host{all:initial;display:block;container-type:inline-size;font:var(--vram-gauge-font-size,15px)/1.45 var(--vram-gauge-font,system-ui,sans-serif)}
:host([hidden]){display:none}
*,*::before,*::after{box-sizing:border-box}
.gauge{color:var(--text);background:var(--back);font-variant-numeric:tabular-nums;text-align:start}
h2,h3,p,ul,figure,table,dl,dd{margin:0;padding:0}
ul{list-style:none}
h2,h3{font-size:1em;font-weight:600}
code,pre,.code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
a{color:var(--accent)}
.quiet{color:var(--quiet)}
.small{font-size:13px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
button,select,input,textarea{font:inherit;color:inherit;background:var(--field);border:1px solid var(--edge);border-radius:3px;
  min-height:32px;padding:2px 8px;min-width:0;max-width:100%}
input,select{width:100%}
button{cursor:pointer;padding:2px 12px}
button:hover,select:hover,summary:hover{border-color:var(--accent)}
button:disabled{color:var(--quiet);cursor:default;border-color:var(--line)}
button.plain{border-color:transparent;background:none;color:var(--accent);padding:2px 8px}
button.plain:hover{border-color:var(--accent)}
textarea{display:block;width:100%;resize:vertical;padding:8px}
input[type=range]{padding:0;border:0;background:none;accent-color:var(--accent)}
input[type=checkbox],input[type=radio]{width:18px;height:18px;min-height:0;margin:0;accent-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
[aria-invalid=true]{border-color:var(--bad);outline-color:var(--bad)}
summary{cursor:pointer;padding:8px 0}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:baseline;font-weight:400}
thead th{color:var(--quiet);font-size:13px}
td.n,th.n{text-align:end;white-space:nowrap}
caption{text-align:start;max-width:calc(100cqi - 32px);color:var(--quiet);font-size:13px;padding:4px 0}
.scroll{overflow-x:auto}
@media (pointer:coarse){button,select,input:not([type=range]):not([type=checkbox]):not([type=radio]),summary{min-height:44px}
  input[type=range]{min-height:44px}input[type=checkbox],input[type=radio]{width:24px;height:24px}}
`;
