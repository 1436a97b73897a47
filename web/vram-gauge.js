// Defines <vram-gauge>. Import element.js instead for the class alone.

import { VramGauge } from "./element.js";

export { VramGauge };

if (globalThis.customElements) {
  if (!customElements.get("vram-gauge")) customElements.define("vram-gauge", VramGauge);
  else console.warn("vram-gauge: already defined by another copy on this page; that one is used.");
}
