// Registers the service worker, which keeps every file of the site, and tells it what this page has loaded already.

export async function goOffline() {
  const policy = globalThis.trustedTypes?.createPolicy("vram-gauge-sw", { createScriptURL: (url) => url });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL("sw.js") : "sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage({ keep: [location.href.replace(/#.*/, ""), ...loaded] });
}
