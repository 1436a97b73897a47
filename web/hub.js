// Fetching a config from the model hub: only on a click that names the host, and only in the variant of the page whose
// policy allows that host.

const LIMIT = 1 << 20;
const TIMEOUT_MS = 10_000;

// The text of config.json, or throws { key, host }: which message says why not.
export async function fetchConfig(hub, id) {
  const fail = (key) => Object.assign(new Error(key), { key });
  let response;
  try {
    response = await fetch(`${hub}/${id}/resolve/main/config.json`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw fail("offline");
  }
  if (response.status === 401 || response.status === 403) throw fail("gated");
  if (response.status === 404) throw fail("missing");
  if (!response.ok) throw fail("busy");
  const text = await response.text();
  if (text.length > LIMIT) throw fail("missing");
  return text;
}
