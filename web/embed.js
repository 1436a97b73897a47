// For pages that can only add classic scripts: one line loads the element.
(function () {
  import(new URL("vram-gauge.js", document.currentScript.src).href);
})();
