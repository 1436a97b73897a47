// Installs generators and builds their sites, below build/embed.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { repo } from "../wasm/module.mjs";
import { recipe } from "./recipes.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
export const WORK = `${repo}/build/embed`;
export const HOST = `${WORK}/host`;
export const PORT = Number(process.env.EMBED_PORT ?? 8126);
export const ORIGIN = `http://localhost:${PORT}`;

// Nothing newer gets in, so that what npm picks below the versions named is the same every day.
const NPM_UNTIL = "2026-11-20";
export const NODE_20 = "20.20.2";
export const NODE_22 = "22.23.3";

// [{ name, lane, recipe, pip or npm, files, build, … }]; those with the same `shared` are installed into one folder.
export async function generators(lane) {
  const names = readdirSync(join(HERE, "generators")).map((file) => file.replace(".mjs", ""));
  const all = await Promise.all(names.map(async (name) => ({ name, ...(await import(`./generators/${name}.mjs`)) })));
  return all.filter((one) => one.lane === lane);
}

// Runs `install` into an emptied folder, once for the packages named. Returns the folder.
function once(name, packages, install) {
  const folder = join(WORK, "installed", name);
  const stamp = join(folder, ".packages");
  const wanted = packages.join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  install(folder);
  writeFileSync(stamp, wanted);
  return folder;
}

function npmInstall(name, packages, path = `${nodeFolder(NODE_22)}:${process.env.PATH}`) {
  return once(name, packages, (folder) => {
    writeFileSync(join(folder, "package.json"), "{}\n");
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", `--before=${NPM_UNTIL}`];
    const env = { ...process.env, PATH: path }; // npm leaves out parts that its own Node is too old for
    execFileSync("npm", ["install", ...flags, ...packages], { cwd: folder, env, stdio: "pipe" });
  });
}

// As far as Python 3.11.2 takes them.
const CONSTRAINTS = join(HERE, "constraints.txt");

const pipInstall = (name, packages) =>
  once(name, [...packages, readFileSync(CONSTRAINTS, "utf8")], (folder) => {
    const flags = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore", "--only-binary=:all:"];
    const where = ["--target", folder, "--constraint", CONSTRAINTS];
    execFileSync("python3", ["-m", "pip", "install", ...flags, ...where, ...packages], { stdio: "pipe" });
  });

// Folder of a `node` of its own: some tools need a newer one than Debian's.
export function nodeFolder(version) {
  const name = `node-linux-${process.arch}`;
  const folder = npmInstall(`node-${version}`, [`${name}@${version}`], process.env.PATH);
  return join(folder, "node_modules", name, "bin");
}

// Folder of the bundlers that the npm package is put through.
export const bundlers = () => npmInstall("bundlers", ["vite@8.3.8", "webpack@5.112.2"]);

export const install = ({ name, shared = name, pip, npm }) => {
  return pip ? pipInstall(name, pip) : npm ? npmInstall(shared, npm) : null;
};

function environment(generator) {
  const installed = install(generator);
  const { PATH, NODE_PATH, ...rest } = process.env;
  if (generator.pip) return { ...rest, PATH, PYTHONPATH: installed, JUPYTER_PATH: join(installed, "share/jupyter") };
  if (generator.npm)
    return { ...rest, PATH: [join(installed, "node_modules/.bin"), nodeFolder(NODE_22), PATH].join(":") };
  return { ...rest, PATH };
}

// Builds a generator's site so that it is served below `base`, by the recipe in the documentation.
export function buildSite(generator, base) {
  const { copyTo, blocks } = recipe(generator.recipe, base);
  const source = join(install(generator) ?? WORK, "source", generator.name); // below node_modules' parent
  const out = join(HOST, base);
  for (const folder of [source, out]) rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(generator.files({ base, blocks, origin: ORIGIN }))) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
  if (copyTo) cpSync(`${repo}/build/site`, join(source, copyTo), { recursive: true });
  else
    execFileSync(process.execPath, [
      `${repo}/web/npm.mjs`,
      `${repo}/build/site`,
      join(source, "node_modules/vram-gauge"),
    ]);
  const command = generator.build(out, source);
  if (!command) return;
  const [program, ...args] = command;
  const env = { ...environment(generator), LANG: "C.UTF-8", LC_ALL: "C.UTF-8", OUT: out, DO_NOT_TRACK: "1" };
  execFileSync(program, args, { cwd: source, env: { ...env, ASTRO_TELEMETRY_DISABLED: "1" }, stdio: "pipe" });
}
