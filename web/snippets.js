// State -> text to paste into other people's pages. DOM-free. Everything is escaped for where it stands.

const ATTRIBUTES = [
  ["model", "known_model"],
  ["gpu", "hardware.gpu"],
  ["gpus", "hardware.gpus"],
  ["tp", "engine.tensor_parallel_size"],
  ["context", "engine.max_model_len"],
  ["concurrency", "workload.concurrency"],
  ["vllm-version", "vllm_version"],
];

export const attribute = (text) =>
  String(text).replace(/[&"<>]/g, (c) => ({ "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" })[c]);

const markdown = (text) => text.replace(/[\\[\]()`*_<>#|]/g, "\\$&");

// What no attribute says of what is set: paths.
export const unsaid = (state) =>
  Object.keys(state).filter(
    (path) => state[path] != null && !path.startsWith("page.") && !ATTRIBUTES.some(([, known]) => known === path),
  );

// { element, answered, classic, iframe, markdown, html }; no `answered` where attributes can't say all that is set: `base` is where the page's files are, `fragment` the state as a
// link, `title` the verdict in the language `lang`, `release` the one that it is of.
export function snippets(state, { base, fragment, title, lang, release }) {
  const set = ATTRIBUTES.filter(([, path]) => path in state).map(
    ([name, path]) => ` ${name}="${attribute(state[path])}"`,
  );
  const link = `${base}#${fragment}`;
  const fallback = `<a href="${attribute(link)}">${attribute(title)}</a>`;
  const element = `<vram-gauge${set.join("")}>${fallback}</vram-gauge>`;
  // The release is said with the answer, and set: what stands there must stay what the element would say.
  const words = [state.known_model, release && `vLLM ${release}`].filter(Boolean).join(", ");
  const fixed = "vllm_version" in state || !release ? set : [...set, ` vllm-version="${attribute(release)}"`];
  const answered = `<vram-gauge${fixed.join("")} lang="${lang}"><a class="example" lang="${lang}" href="${attribute(link)}">${attribute(title)}${words && ` (${attribute(words)})`}</a></vram-gauge>`;
  const module = `<script type="module" src="${base}vram-gauge.js"></script>\n`;
  return {
    element: `${module}${element}\n`,
    ...(!unsaid(state).length && { answered: `${module}${answered}\n` }),
    classic: `<script src="${base}embed.js"></script>\n${element}\n`,
    iframe: [
      `<iframe src="${attribute(`${base}#embed&${fragment}`)}" title="vram-gauge" width="100%" height="520" loading="lazy"`,
      ` style="border:0" sandbox="allow-scripts allow-same-origin allow-popups" allow="clipboard-write" referrerpolicy="no-referrer"></iframe>\n`,
      `<script src="${base}frame-height.js"></script>\n`,
    ].join(""),
    markdown: `[${markdown(title)}](${link.replaceAll("(", "%28").replaceAll(")", "%29")})\n`,
    html: `${fallback}\n`,
  };
}
