// The answer: verdict, bar, numbers, details.

export const answer = `
.verdict{font-size:24px;line-height:1.25;font-weight:400;text-wrap:pretty}
.verdict b{font-weight:650}
.good .verdict b{color:var(--good)}.mixed .verdict b{color:var(--warn)}.bad .verdict b{color:var(--bad)}
.second{font-size:18px;margin-top:4px;text-wrap:pretty}
.badges{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:8px;font-size:13px;color:var(--quiet)}
.badges .estimate{color:var(--warn);font-weight:600}
.why:not(button){font-size:13px;margin-top:8px}.why b{color:var(--warn)}
.why li{padding-inline-start:12px;text-indent:-12px}.why li::before{content:"– "}
.tip{min-height:1.45em;font-size:13px;color:var(--quiet)}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5em,1fr));gap:12px 24px;margin-top:16px;border-top:1px solid var(--line);padding-top:12px}
.numbers dt{font-size:13px;color:var(--quiet)}
.numbers .big{font-size:18px;font-weight:600;display:block;overflow-wrap:anywhere}
button.why{min-height:24px;padding:0 6px;margin:0 4px;font-size:13px}
.numbers dd{display:flex;flex-direction:column}
.fixes li{display:flex;gap:4px 12px;align-items:center;padding:6px 0;border-bottom:1px solid var(--line);flex-wrap:wrap}
.fixes{margin-top:16px}.fixes li>span:first-child{flex:1 1 20em}.log{border-bottom:1px solid var(--line);margin-bottom:12px;padding-bottom:12px}
.section{border-top:1px solid var(--line)}
.section h2{display:inline}
.section>.in-section{padding:0 0 16px}
`;
