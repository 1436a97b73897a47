// In an iframe: no shell around the element, and the parent is told the height.

const HEIGHT = "vram-gauge:size";

export function inFrame(gauge) {
  document.documentElement.classList.add("framed");
  gauge.setAttribute("compact", "");
  gauge.setAttribute("lang", document.documentElement.lang);
  const tell = () =>
    parent.postMessage({ type: HEIGHT, v: 1, height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.body);
  tell();
}
