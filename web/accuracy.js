// How close the estimates come to published start-up logs: { total, releases, gpus, families, misses }, made by
// tests/accuracy/logs.mjs. Errors are in percent. The one-file page is built with another version of this module.

export async function loadAccuracy() {
  const response = await fetch(new URL("./data/accuracy.json", import.meta.url));
  if (!response.ok) throw new Error(`accuracy.json: ${response.status}`);
  return response.json();
}
