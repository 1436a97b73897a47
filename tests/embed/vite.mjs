// What the sites of the frameworks have in common: Vite, the npm package, and two pages that change without a load.

export const shared = "frameworks";
export const npm = [
  ...["vite@8.3.8", "react@19.3.1", "react-dom@19.3.1", "@vitejs/plugin-react@6.3.0"],
  ...["vue@3.5.45", "@vitejs/plugin-vue@6.0.11", "svelte@5.57.3", "@sveltejs/vite-plugin-svelte@7.3.1"],
];

// As the frameworks' own starters have them.
const PLUGINS = {
  react: 'import react from "@vitejs/plugin-react";',
  vue: 'import vue from "@vitejs/plugin-vue";',
  svelte: 'import { svelte } from "@sveltejs/vite-plugin-svelte";',
};

const PAGES = `export const here = () => (location.pathname.endsWith("/two") ? "Two" : "One");
export const changed = (heard) => addEventListener("popstate", heard);
export function follow(event) {
  event.preventDefault();
  history.pushState(null, "", event.currentTarget.href);
  dispatchEvent(new PopStateEvent("popstate"));
}
`;

// `host` are the files around the recipe's; main.jsx starts it.
export const viteSite =
  (framework, host) =>
  ({ base, blocks }) => {
    const options = blocks["vite.config.js"] ?? `plugins: [${framework}()],`;
    return {
      "package.json": '{ "type": "module" }\n',
      "index.html": `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,"><div id="app"></div><script type="module" src="./main.jsx"></script></html>\n`,
      "pages.js": PAGES,
      ...host,
      ...blocks,
      "vite.config.js": `${PLUGINS[framework]}\nexport default {\nbase: "${base}",\n${options}\n};\n`,
    };
  };
export const build = (out) => ["vite", "build", "--logLevel", "warn", "--outDir", out, "--emptyOutDir"];
export const clientSide = true;
export const bundled = true; // and a button changes an attribute, and what is heard of it is shown
