const version = "3.10.2";
export const lane = "slow";
export const recipe = "docusaurus";
export const npm = [
  ...["core", "preset-classic"].map((name) => `@docusaurus/${name}@${version}`),
  "react@19.2.0",
  "react-dom@19.2.0",
];

export const files = ({ base, blocks }) => ({
  "package.json": "{}\n",
  "docusaurus.config.js": `export default {
title: "Host", url: "http://localhost", baseUrl: "${base}", onBrokenLinks: "ignore",
presets: [["classic", { docs: { routeBasePath: "/" }, blog: false }]],
${blocks["docusaurus.config.js"]}
};
`,
  "docs/one.mdx": `---\nslug: /\n---\n# One\n\n[second](./two.mdx)\n\n${blocks.page}\n`,
  "docs/two.mdx": `# Two\n\n${blocks.page}\n`,
});
export const build = (out) => ["docusaurus", "build", "--out-dir", out];

export const clientSide = true;
export const goDark = (page) => page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
