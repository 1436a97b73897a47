export const lane = "fast";
export const recipe = "jekyll"; // Debian's packages: RubyGems isn't needed

export const files = ({ base, blocks }) => ({
  "_config.yml": `title: Host\nbaseurl: ${base.slice(0, -1)}\ntheme: minima\n`,
  "_includes/vram-gauge.html": blocks["_includes/vram-gauge.html"],
  "index.md": `---\nlayout: page\ntitle: One\n---\n[second](two/)\n\n${blocks.page}\n`,
  "two.md": `---\nlayout: page\ntitle: Two\npermalink: /two/\n---\n${blocks.page}\n`,
});
export const build = (out) => ["jekyll", "build", "--quiet", "--disable-disk-cache", "--destination", out];
