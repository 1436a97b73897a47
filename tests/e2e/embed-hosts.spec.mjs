// The element in other people's pages: strict policies, hostile styles, other origins, frames.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { ELEMENT, host, SCRIPT, verdict } from "./embed.mjs";

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

test("a part that can't be had is asked for once, and the answer stands without it", async ({ page }) => {
  let asked = 0;
  await page.route("**/fixes-*.js", (route) => {
    asked++;
    return route.abort();
  });
  await host(page, '<vram-gauge compact model="meta-llama/Llama-3.3-70B-Instruct" gpu="h100-sxm-80gb"></vram-gauge>');
  await expect(verdict(page)).toContainText("GiB");
  await expect(page.locator("vram-gauge [role=alert]")).toContainText("could not be loaded");
  await page.waitForTimeout(1000);
  expect(asked).toBe(1);
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
