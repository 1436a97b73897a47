// Bundles FOLDER/app.js, and the worker that it starts, into OUT, with vite and webpack from TOOLS:
//
//   node tests/embed/bundle.mjs vite|webpack|esbuild FOLDER OUT TOOLS
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [name, folder, out, tools] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const entry = join(folder, "app.js");

const bundlers = {
  esbuild() {
    const flags = ["--bundle", "--splitting", "--format=esm", "--minify", "--log-level=warning"];
    execFileSync(
      process.env.ESBUILD ?? "esbuild",
      [...flags, `--outdir=${out}`, entry, join(folder, "web-worker.js")],
      { stdio: "inherit" },
    );
    // esbuild leaves files that a module names by URL to its user; the package's README says so.
    cpSync(join(folder, "node_modules/vram-gauge/vram-gauge-core.wasm"), join(out, "vram-gauge-core.wasm"));
    cpSync(join(folder, "index.html"), join(out, "index.html"));
  },
  async vite() {
    await require("vite").build({
      root: folder,
      base: "./",
      logLevel: "warn",
      build: { outDir: out, target: "es2022" },
      worker: { format: "es" },
    });
  },
  webpack() {
    cpSync(join(folder, "index.html"), join(out, "index.html"));
    const output = { path: out, filename: "app.js", publicPath: "auto" };
    require("webpack")({ mode: "production", context: folder, entry, output, performance: false }, (error, done) => {
      if (error || done.hasErrors() || done.hasWarnings()) throw error ?? new Error(done.toString());
    });
  },
};

await bundlers[name]();
