// The built site in Debian's Chromium and Firefox (by WebDriver BiDi), served below a path of its own, as any static host might.
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const repo = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const host = resolve(repo, "build/e2e-host");
const port = Number(process.env.E2E_PORT ?? 8123);

if (!process.env.TEST_WORKER_INDEX) {
  rmSync(host, { recursive: true, force: true });
  mkdirSync(resolve(host, "some/path"), { recursive: true });
  symlinkSync(resolve(repo, "build/site"), resolve(host, "some/path/vram-gauge"));
}

// Firefox is driven from outside, and loses an event now and then; what passed only at the second try is shown as flaky.
// That protocol can't turn its colours either: there is one more of it for each way they may be.
const firefox = (name, built, mode, firefoxUserPrefs, more) => ({
  name,
  retries: 1,
  metadata: { built, modes: [mode] },
  use: {
    browserName: "firefox",
    channel: "moz-firefox",
    launchOptions: { executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", firefoxUserPrefs },
  },
  ...more,
});
const looks = { testMatch: "looks.spec.mjs" };
const darkPrefs = { "layout.css.prefers-color-scheme.content-override": 0 };
const forcedPrefs = { "browser.display.document_color_use": 2 };

// How looks.spec.mjs looks at a state: the size at which it is built, and the colours. Over all projects every state is
// built at both sizes.
const LIGHT = { colorScheme: "light", forcedColors: "none" };
const DARK = { colorScheme: "dark", forcedColors: "none" };
const FORCED = { colorScheme: "light", forcedColors: "active" };

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "output",
  snapshotPathTemplate: "{testDir}/approved/{arg}{ext}",
  updateSnapshots: process.env.APPROVE ? "all" : "none",
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.01 } },
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  workers: 2,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${port}/some/path/vram-gauge/`,
    locale: "en-US",
    timezoneId: "UTC",
  },
  projects: [
    {
      name: "chromium",
      metadata: { built: "phone", modes: [LIGHT, DARK, FORCED] },
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
          // Pages that a test makes up count as coming from the internet, which may not ask a server on this machine.
          args: ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks"],
        },
      },
    },
    firefox("firefox", "desktop", LIGHT, {}),
    firefox("firefox-dark", "phone", DARK, darkPrefs, looks),
    firefox("firefox-forced", "desktop", FORCED, forcedPrefs, looks),
  ],
  webServer: {
    command: `node ${resolve(repo, "web/server.mjs")} ${host}`,
    env: { ...process.env, PORT: String(port) },
    url: `http://localhost:${port}/some/path/vram-gauge/`,
    reuseExistingServer: false,
  },
});
