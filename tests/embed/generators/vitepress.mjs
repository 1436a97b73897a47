export const lane = "fast";
export const recipe = "vitepress";
export const npm = ["vitepress@1.6.4"];

export const files = ({ base, blocks }) => ({
  "package.json": '{ "type": "module" }\n',
  ".vitepress/config.js": `export default {\ntitle: "Host",\nbase: "${base}",\n${blocks[".vitepress/config.js"]}\n};\n`,
  "index.md": `# One\n\n[second](./two.md)\n\n${blocks.page}\n`,
  "two.md": `# Two\n\n${blocks.page}\n`,
});
export const build = (out) => ["vitepress", "build", "--outDir", out];

export const clientSide = true;
export const goDark = (page) => page.locator(".VPSwitchAppearance:visible").first().click();
