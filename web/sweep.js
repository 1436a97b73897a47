// What a sweep's numbers are.

export const SWEEP_FIELDS = [
  "headroom_bytes",
  "max_concurrency_at_context",
  "max_context_at_concurrency",
  "kv_used_bytes",
  "starts",
  "fits",
  "refused",
];

// One object per cell of a sweep, in its order.
export function cells(numbers) {
  const width = SWEEP_FIELDS.length;
  return Array.from({ length: numbers.length / width }, (_, i) =>
    Object.fromEntries(SWEEP_FIELDS.map((name, j) => [name, numbers[i * width + j]])),
  );
}
