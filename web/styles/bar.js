// The bar. Also written into the SVG files, so every colour is a var() of the palette.

export const bar = `
.bars{margin-top:16px}
.bars figcaption{font-size:13px;color:var(--quiet)}
.bars svg{display:block;width:100%;overflow:visible;direction:ltr;font-size:13px}
.bars text{fill:var(--text);font-family:inherit}
.bars .in text,.bars text.in{fill:var(--in-bar)}
.seg rect{stroke:var(--back);stroke-width:1}
.seg{outline-offset:1px;cursor:default}
.seg-weights rect{fill:var(--weights)}.seg-kv_used rect{fill:var(--kv)}
.seg-kv_free rect,.seg-kv_pool rect{fill:var(--kv);fill-opacity:.12;stroke:var(--kv)}
.seg-activation rect{fill:var(--activation)}
.seg rect{fill:var(--runtime)}
.seg-reserve rect,.seg-unused rect{fill:none;stroke:var(--edge);stroke-dasharray:2 3}
.seg-weights rect.r{fill:var(--weights)}.seg-kv_used rect.r{fill:var(--kv)}.seg-kv_free rect.r,.seg-kv_pool rect.r{fill:var(--kv)}.seg-activation rect.r{fill:var(--activation)}
.seg-outside rect.r{fill:var(--runtime);fill-opacity:.45}.seg-outside text{fill:var(--text)!important}
.seg-shortfall rect.r{fill:url(#hatch);stroke:var(--bad)}
.seg-reserve rect.r,.seg-unused rect.r{fill:none}
.seg-kv_free text,.seg-kv_pool text,.seg-reserve text,.seg-unused text,.seg-shortfall text{fill:var(--text)!important}
.seg-shortfall text{paint-order:stroke;stroke:var(--back);stroke-width:5px;stroke-linejoin:round}
.hatch{stroke:var(--bad);stroke-width:3}.hatch-back{fill:var(--back)}
.limit{stroke:var(--text);stroke-width:1.5}.cap{stroke:var(--text);stroke-width:1.5;stroke-dasharray:3 2}
.lead{stroke:var(--edge);stroke-width:1;fill:none}.band{stroke:var(--text);stroke-width:1.25;fill:none}
`;

export const barForced = `
@media (forced-colors:active){.seg rect.r{forced-color-adjust:none;stroke:CanvasText;fill:Canvas}.bars .seg text{forced-color-adjust:none;fill:CanvasText!important}
  .seg-weights rect.r{fill:CanvasText}.bars .seg-weights text{fill:Canvas!important}.seg-kv_used rect.r{fill:Highlight}.bars .seg-kv_used text{fill:HighlightText!important}
  .seg-shortfall rect.r{stroke-width:3;stroke-dasharray:6 3}}
`;
