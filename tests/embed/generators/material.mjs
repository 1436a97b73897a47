export const lane = "fast";
export const recipe = "mkdocs";
export const pip = ["mkdocs-material==9.8.2"];

export const files = ({ base, blocks, origin }) => ({
  "mkdocs.yml": `site_name: Host
site_url: ${origin}${base}
theme:
  name: material
  font: false
  features: [navigation.instant]
  palette:
    - { scheme: default, toggle: { icon: material/weather-night, name: Dark } }
    - { scheme: slate, toggle: { icon: material/weather-sunny, name: Light } }
${blocks["mkdocs.yml"]}
`,
  "docs/index.md": `# One\n\n[second](two.md)\n\n${blocks.page}\n`,
  "docs/two.md": `# Two\n\n${blocks.page}\n`,
});
export const build = (out) => ["python3", "-m", "mkdocs", "build", "--quiet", "--site-dir", out];

export const clientSide = true;
export const goDark = (page) => page.locator("label[for=__palette_1]").click();
