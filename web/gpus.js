// How GPUs are called on the page. DOM-free.

// The name without its maker and series, which nobody says: "RTX 4090", "H100 SXM 80GB", "MI300X".
export const shortName = ({ name }) =>
  name.replace(/^(NVIDIA|AMD|Intel)(\(R\))?\s+/i, "").replace(/^(GeForce|Instinct|Radeon|Arc)(\(TM\))?\s+(?=\S)/i, "");

// [[vendor, its GPUs], …] in the catalogue's order.
export function byVendor(gpus) {
  const groups = new Map();
  for (const gpu of gpus) groups.set(gpu.vendor, [...(groups.get(gpu.vendor) ?? []), gpu]);
  return [...groups];
}
