import { sphinx } from "../sphinx.mjs";

const alabaster = sphinx("alabaster");
export const lane = "slow";
export const recipe = "jupyter";
export const pip = ["nbsphinx==0.9.8"];
export const { build } = alabaster;

// A notebook that has been run: its cell, and what the cell put out.
function notebook(title, code, base, more = "") {
  const local = code.replaceAll("https://YOUR-COPY/", `${base}_static/vram-gauge/`);
  const html = /HTML\('(.*)'\)/.exec(local)[1];
  const data = { "text/html": [html], "text/plain": ["<IPython.core.display.HTML object>"] };
  const outputs = [{ output_type: "execute_result", execution_count: 1, data, metadata: {} }];
  const cells = [
    { cell_type: "raw", metadata: { raw_mimetype: "text/restructuredtext" }, source: [`${title}\n===\n${more}`] },
    { cell_type: "code", execution_count: 1, metadata: {}, source: [local], outputs },
  ];
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
}

export const files = ({ base, blocks }) => ({
  "conf.py": `project = "Host"
extensions = ["nbsphinx"]
nbsphinx_execute = "never"
html_static_path = ["_static"]
html_theme = "alabaster"
`,
  "index.ipynb": notebook("One", blocks.cell, base, "\n:doc:`second <two>`\n\n.. toctree::\n\n   two\n"),
  "two.ipynb": notebook("Two", blocks.cell, base),
});
