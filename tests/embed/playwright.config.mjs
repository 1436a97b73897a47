// The generators' sites in Debian's Chromium, served from one folder.
import { mkdirSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { repo } from "../wasm/module.mjs";
import { HOST, ORIGIN, PORT } from "./sites.mjs";

mkdirSync(HOST, { recursive: true });

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: `${repo}/build/embed/output`,
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  workers: 2,
  timeout: 180_000, // a build included
  reporter: "list",
  use: {
    baseURL: `${ORIGIN}/`,
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
    locale: "en-US",
    timezoneId: "UTC",
  },
  webServer: {
    command: `node ${repo}/web/server.mjs ${HOST}`,
    env: { ...process.env, PORT: String(PORT) },
    port: PORT,
    reuseExistingServer: false,
  },
});
