// How GPUs are called on the page. DOM-free.

const WORDS = {
  gtx: "GTX",
  rtx: "RTX",
  rx: "RX",
  ti: "Ti",
  xtx: "XTX",
  xt: "XT",
  super: "SUPER",
  pro: "PRO",
  dgx: "DGX",
  agx: "AGX",
  ai: "AI",
  pcie: "PCIe",
  nvl: "NVL",
  ws: "WS",
  maxq: "Max-Q",
  laptop: "laptop",
  ada: "Ada",
  arc: "Arc",
  max: "Max",
};

// The short name that the catalogue's id spells: "h100-sxm-80gb" is "H100 SXM 80GB".
export const gpuLabel = ({ id }) => id.split("-").map(label).join(" ");

const label = (word) =>
  WORDS[word] ?? (/\d/.test(word) || word.length < 4 ? word.toUpperCase() : word[0].toUpperCase() + word.slice(1));

// [[vendor, its GPUs], …] in the catalogue's order.
export function byVendor(gpus) {
  const groups = new Map();
  for (const gpu of gpus) groups.set(gpu.vendor, [...(groups.get(gpu.vendor) ?? []), gpu]);
  return [...groups];
}
