// A page of other people with our element in it.

export const ELEMENT =
  '<vram-gauge compact model="meta-llama/Llama-3.1-8B-Instruct" gpu="rtx-4090-24gb" context="16384"><p>fallback</p></vram-gauge>';
export const SCRIPT = '<script type="module" src="vram-gauge.js"></script>';

// Opens a page of ours beside the site's files, with a policy or headers of its own.
export async function host(page, body, { csp, style = "", script = SCRIPT } = {}) {
  const problems = [];
  // Firefox counts what the host's own policy blocks of the host's page as errors.
  page.on("pageerror", ({ message }) => /^The page’s settings blocked/.test(message) || problems.push(message));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>host</title><style nonce="n">${style}</style>${script}<body>${body}`;
  const headers = { "content-type": "text/html", ...(csp && { "content-security-policy": csp }) };
  await page.route("**/host.html", (route) => route.fulfill({ body: html, headers }));
  await page.goto("./host.html");
  return problems;
}

export const verdict = (page) => page.locator("vram-gauge .top [data-verdict]");
