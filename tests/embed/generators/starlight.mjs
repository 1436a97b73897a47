export const lane = "slow";
export const recipe = "starlight";
export const npm = ["astro@7.3.5", "@astrojs/starlight@0.42.4"];

export const files = ({ base, blocks }) => ({
  "package.json": '{ "type": "module", "dependencies": { "astro": "*", "@astrojs/starlight": "*" } }\n',
  "astro.config.mjs": `import { defineConfig } from "astro/config";
import starlight from "@astrojs/starlight";
export default defineConfig({ base: "${base}", outDir: process.env.OUT, integrations: [starlight({ title: "Host", pagefind: false,
${blocks["astro.config.mjs"]}
})] });
`,
  "src/content.config.ts": `import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
  "src/content/docs/index.md": `---\ntitle: One\n---\n[second](./two/)\n\n${blocks.page}\n`,
  "src/content/docs/two.md": `---\ntitle: Two\n---\n${blocks.page}\n`,
});
export const build = () => ["astro", "build"];
export const goDark = (page) => page.locator("starlight-theme-select:visible select").first().selectOption("dark");
