// Registers the service worker, and has it keep every file of the page, those that load on intent as well.

const LATER = [
  ...["advanced", "model-picker"].map((name) => `controls/${name}.js`),
  ...["about", "compare", "csv", "embed", "map", "out", "setups", "trouble", "versions"].map(
    (name) => `views/${name}.js`,
  ),
  ...["de", "de-more", "en-more"].map((name) => `messages/${name}.js`),
  ...["intake", "manifests", "markup", "profile", "serve-line", "shell", "snippets", "yaml"].map(
    (name) => `${name}.js`,
  ),
];

export async function goOffline() {
  const policy = globalThis.trustedTypes?.createPolicy("vram-gauge-sw", { createScriptURL: (url) => url });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL("sw.js") : "sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const later = LATER.map((name) => new URL(name, import.meta.url).href);
  active?.postMessage({ keep: [location.href.replace(/#.*/, ""), ...loaded, ...later] });
}
