// The page as one file, opened from a disk.

import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";

const SITE = process.env.SITE ?? fileURLToPath(new URL("../../build/site", import.meta.url));

test("opens from a disk, answers, and asks for nothing", async ({ page }) => {
  const problems = [];
  const asked = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => asked.push(request.url()));
  const url = pathToFileURL(`${SITE}/vram-gauge-offline.html`).href;
  await page.goto(url);
  await page.mouse.move(5, 5);
  const verdict = page.locator("vram-gauge .top [data-verdict]");
  await expect(verdict).toContainText("16,384");
  await page.locator("vram-gauge #in-max_model_len").fill("8k");
  await expect(verdict).toContainText("8,192");
  await page.locator("#compare > summary").click();
  await expect(page.locator("vram-gauge .compare tbody tr").first()).toBeVisible();
  expect(asked.filter((other) => other !== url)).toEqual([]);
  expect(problems).toEqual([]);
});
