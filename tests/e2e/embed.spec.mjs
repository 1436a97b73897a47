// The element in other people's pages: strict policies, hostile styles, frames, many at once.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { open, show } from "./gauge.mjs";
import { SMALL_MODEL } from "./small-model.mjs";

const ELEMENT =
  '<vram-gauge compact model="meta-llama/Llama-3.1-8B-Instruct" gpu="rtx-4090-24gb" context="16384"><p>fallback</p></vram-gauge>';
const SCRIPT = '<script type="module" src="vram-gauge.js"></script>';

// Opens a page of ours beside the site's files, with a policy or headers of its own.
async function host(page, body, { csp, style = "", script = SCRIPT } = {}) {
  const problems = [];
  // Firefox counts what the host's own policy blocks of the host's page as errors.
  page.on("pageerror", ({ message }) => /^The page’s settings blocked/.test(message) || problems.push(message));
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>host</title><style nonce="n">${style}</style>${script}<body>${body}`;
  const headers = { "content-type": "text/html", ...(csp && { "content-security-policy": csp }) };
  await page.route("**/host.html", (route) => route.fulfill({ body: html, headers }));
  await page.goto("./host.html");
  return problems;
}

const verdict = (page) => page.locator("vram-gauge .top [data-verdict]");

const works = {
  "no policy": {},
  "a strict policy with 'wasm-unsafe-eval'": {
    csp: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'nonce-n'",
  },
  "no styles allowed at all": {
    csp: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'none'",
  },
  "trusted types": { csp: "require-trusted-types-for 'script'; trusted-types 'none'" },
  "a classic script": { script: '<script src="embed.js"></script>' },
  "a hostile style sheet": {
    style:
      "* { all: unset; letter-spacing: 9px !important } html { font-size: 30px } div, p, dl { display: none !important }",
  },
};

for (const [name, options] of Object.entries(works)) {
  test(`works with ${name}`, async ({ page }) => {
    const problems = await host(page, ELEMENT, options);
    await expect(verdict(page)).toContainText("GiB");
    const size = await verdict(page)
      .locator(".verdict")
      .evaluate((node) => getComputedStyle(node).fontSize);
    expect(size).toBe("24px");
    expect(problems).toEqual([]);
  });
}

// Says so in its place, and what to add.
const refused = {
  "'wasm-unsafe-eval'": "script-src 'self'",
  "a connection to the module": "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
};

for (const [name, csp] of Object.entries(refused)) {
  test(`without ${name} the element says what to add`, async ({ page }) => {
    await host(page, ELEMENT, { csp });
    const words = page.locator("vram-gauge [role=alert]");
    await expect(words).toContainText("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
  });
}

test("a server that sends the wrong type for .wasm doesn't matter", async ({ page }) => {
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await host(page, ELEMENT);
  await expect(verdict(page)).toContainText("GiB");
});

test("a server without compression will do", async ({ page }) => {
  const encodings = [];
  await page.route("**/vram-gauge/*.{js,wasm}", async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), "accept-encoding": "identity" } });
    encodings.push(response.headers()["content-encoding"]);
    await route.fulfill({ response });
  });
  await host(page, ELEMENT);
  await expect(verdict(page)).toContainText("GiB");
  expect(new Set(encodings)).toEqual(new Set([undefined]));
});

test("a frame without an origin of its own works", async ({ page }) => {
  await page.route("**/inner.html", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><title>inner</title>${SCRIPT}${ELEMENT}` }),
  );
  await host(page, '<iframe src="inner.html" sandbox="allow-scripts" title="inner" width="900" height="600"></iframe>');
  await expect(verdict(page.frameLocator("iframe"))).toContainText("GiB");
});

// The fallback is there, and nothing takes its place.
async function stays(page) {
  await page.waitForTimeout(1000);
  await expect(page.getByText("fallback")).toBeVisible();
  expect(await page.locator("vram-gauge").evaluate((element) => element.report ?? null)).toBe(null);
}

// localhost and 127.0.0.1 are two origins of the same server.
const away = (url) => url.replace("localhost", "127.0.0.1");
const elsewhere = (page, baseURL) => {
  const script = `<script src="${baseURL}embed.js"></script>`;
  const body = `<!doctype html><html lang="en"><title>host</title>${script}<body>${ELEMENT}`;
  return page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body }));
};

test("a copy on another origin works, by a classic script", async ({ page, baseURL }) => {
  await elsewhere(page, baseURL);
  await page.goto(away(`${baseURL}host.html`));
  await expect(verdict(page)).toContainText("GiB");
});

test("a copy on another origin that doesn't allow this one leaves the fallback", async ({ page, baseURL }) => {
  await elsewhere(page, baseURL);
  await page.route("**/vram-gauge.js", async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "access-control-allow-origin": "https://example.org" };
    await route.fulfill({ response, headers });
  });
  const got = page.waitForRequest("**/vram-gauge.js");
  await page.goto(away(`${baseURL}host.html`));
  await got;
  await stays(page);
});

test("a second copy on the page leaves the first in charge, and says so", async ({ page }) => {
  const warnings = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  const problems = await host(page, ELEMENT, { script: SCRIPT + SCRIPT.replace(".js", ".js?another") });
  await expect(verdict(page)).toContainText("GiB");
  expect(warnings.filter((text) => text.includes("another copy"))).toHaveLength(1);
  expect(problems).toEqual([]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("what stands in the element is shown", async ({ page }) => {
    await host(page, ELEMENT);
    await expect(page.getByText("fallback")).toBeVisible();
  });
});

test.describe("the script with integrity that the documentation gives", () => {
  const docs = fileURLToPath(new URL("../../build/site/docs/index.html", import.meta.url));
  const [, html] = /<code data-file="integrity">(.*?)<\/code>/s.exec(readFileSync(docs, "utf8"));
  const snippet = html.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const script = (baseURL) => snippet.replaceAll("https://YOUR-COPY/", baseURL);

  test("loads what it names", async ({ page, baseURL }) => {
    const problems = await host(page, ELEMENT, { script: script(baseURL) });
    await expect(verdict(page)).toContainText("GiB");
    expect(problems).toEqual([]);
  });

  for (const [name, pattern] of [
    ["the script", "**/vram-gauge.js"],
    ["a module of it", "**/app-*.js"],
  ]) {
    test(`refuses another version of ${name}`, async ({ page, baseURL }) => {
      await page.route(pattern, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${await response.text()}\n//` });
      });
      const got = page.waitForResponse(pattern);
      await host(page, ELEMENT, { script: script(baseURL) });
      await got;
      await stays(page);
    });
  }
});

test("a module that isn't this build's is refused", async ({ page }) => {
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.of(0, 1, 0)]) });
  });
  await host(page, ELEMENT);
  await expect(page.locator("vram-gauge [role=alert]")).toContainText("could not be loaded");
});

test("twenty elements share one module, and those far away wait", async ({ page }) => {
  const wasm = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && wasm.push(request.url()));
  const far = `${ELEMENT.repeat(10)}<div style="height:20000px"></div>${ELEMENT.repeat(10)}`;
  await host(page, far);
  await expect(verdict(page).first()).toContainText("GiB");
  await expect(page.getByText("fallback")).toHaveCount(20);
  const started = await page.locator("vram-gauge").evaluateAll((all) => all.filter((one) => one.shadowRoot).length);
  expect(started).toBeLessThan(20);
  await page.locator("vram-gauge").last().scrollIntoViewIfNeeded();
  await expect(verdict(page).last()).toContainText("GiB");
  expect(wasm.length).toBe(1);
});

test("an answer that comes with the page is all there is until somebody turns to it, and is what the element says then", async ({
  page: maker,
  browser,
  baseURL,
}) => {
  await open(maker, "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192");
  await show(maker, "embed");
  await maker.locator("vram-gauge #embed select").selectOption("answered");
  const snippet = await maker.locator("vram-gauge #embed pre").textContent();
  expect(snippet).toContain('<a class="example" lang="en"');
  const page = await browser.newPage({ baseURL }); // where the calculator was never open
  const asked = [];
  page.on("request", (request) => asked.push(request.url().replace(baseURL, "")));
  await host(page, snippet.replace(/.*<\/script>/, "").repeat(20));
  const answers = page.locator("vram-gauge .example");
  await expect(answers).toHaveCount(20);
  const said = await answers.last().textContent();
  await page.mouse.wheel(0, 300);
  await page.waitForTimeout(500);
  const bodies = asked
    .filter((path) => path !== "host.html")
    .map(async (path) => (await maker.request.get(baseURL + path)).body());
  const bytes = (await Promise.all(bodies)).reduce((sum, { length }) => sum + length, 0);
  expect(bytes).toBeGreaterThan(500); // the stub, once
  expect(bytes).toBeLessThan(5000);
  await answers.last().click();
  await expect(verdict(page)).toHaveCount(1);
  await expect(verdict(page)).toContainText("GiB");
  expect(said).toContain((await verdict(page).locator(".verdict").textContent()).trim());
  expect(asked.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  // A host that changes it wants another answer at once.
  await page
    .locator("vram-gauge")
    .first()
    .evaluate((element) => element.setAttribute("context", "4096"));
  await expect(verdict(page).first()).toContainText("4,096");
  await page.close();
});

test("attributes are the way in, one composed event the way out", async ({ page }) => {
  await host(page, ELEMENT);
  await expect(verdict(page)).toContainText("16,384");
  const heard = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener(
          "vram-gauge-change",
          ({ detail }) => resolve([detail.report.method, detail.state["engine.max_model_len"]]),
          { once: true },
        ),
      ),
  );
  await page.locator("vram-gauge").evaluate((element) => {
    element.setAttribute("context", "4k");
    element.setAttribute("concurrency", "3");
  });
  expect(await heard).toEqual(["vllm", 4096]);
  await expect(verdict(page)).toContainText("4,096");
  const report = await page.locator("vram-gauge").evaluate((element) => element.report.resolved.max_model_len);
  expect(report).toBe(4096);
  expect(await page.evaluate(() => location.hash)).toBe("");
});

test("controls says what a reader may change, view how much is shown", async ({ page }) => {
  await host(
    page,
    '<vram-gauge view="bar" controls="gpu context" model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"></vram-gauge><vram-gauge view="verdict" model="Qwen/Qwen3-8B" gpu="l4-24gb"></vram-gauge><vram-gauge view="table" model="Qwen/Qwen3-8B" gpu="l4-24gb" context="8192"></vram-gauge>',
  );
  await expect(verdict(page)).toHaveCount(3);
  const [bar, short, table] = [0, 1, 2].map((i) => page.locator("vram-gauge").nth(i));
  await expect(bar.locator(".field")).toHaveCount(2);
  await expect(bar.locator("svg")).toBeVisible();
  await expect(short.locator("svg, .field")).toHaveCount(0);
  await expect(table.getByRole("table")).toBeVisible();
});

test("the host's dark mode is followed", async ({ page }) => {
  await host(page, ELEMENT);
  const gauge = page.locator("vram-gauge .gauge");
  await expect(gauge).toHaveAttribute("data-theme", "light");
  for (const [tag, name, dark, light] of [
    ["html", "data-theme", "dark", "light"],
    ["body", "data-md-color-scheme", "slate", "default"],
    ["html", "class", "dark", ""],
  ]) {
    await page.locator(tag).evaluate((node, [n, v]) => node.setAttribute(n, v), [name, dark]);
    await expect(gauge).toHaveAttribute("data-theme", "dark");
    await page
      .locator(tag)
      .evaluate((node, [n, v]) => (v ? node.setAttribute(n, v) : node.removeAttribute(n)), [name, light]);
    await expect(gauge).toHaveAttribute("data-theme", "light");
    await page.locator(tag).evaluate((node, n) => node.removeAttribute(n), name);
  }
});

test("a frame reports its height to a parent that checks where it comes from", async ({ page, baseURL }) => {
  const frame =
    '<iframe src="./index.html#embed&m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192" title="vram-gauge" width="100%" height="150"></iframe>';
  await host(page, frame, { script: '<script src="frame-height.js"></script>' });
  const height = () => page.locator("iframe").evaluate((element) => Number(element.height));
  await expect.poll(height).toBeGreaterThan(300);
  await expect(page.frameLocator("iframe").locator("vram-gauge .top [data-verdict]")).toContainText("GiB");
  await expect(page.frameLocator("iframe").locator("footer")).toBeHidden();
  const before = await height();
  await page.evaluate(() => postMessage({ type: "vram-gauge:size", v: 1, height: 9999 }, "*"));
  await page.waitForTimeout(200);
  expect(await height()).toBe(before);
  expect(baseURL).toBeTruthy();
});

test("a config beside the host's page is read", async ({ page }) => {
  await page.route("**/my-config.json", (route) => route.fulfill({ json: SMALL_MODEL }));
  await host(page, '<vram-gauge compact config-src="my-config.json" gpu="l4-24gb"></vram-gauge>');
  await expect(verdict(page)).toContainText("Fits");
});

test("what an element is given as names is never markup", async ({ page }) => {
  const evil = "&lt;img src=x onerror=alert(1)&gt;";
  const problems = await host(page, `<vram-gauge model="${evil}" gpu="${evil}" vllm-version="${evil}"></vram-gauge>`);
  await expect(verdict(page)).toBeVisible();
  expect(await page.locator("vram-gauge img").count()).toBe(0);
  expect(problems).toEqual([]);
});
