// Many requests through one process of the command line; answers come back in order.
import { spawn } from "node:child_process";

export function askAll(cli, requests) {
  return new Promise((done, fail) => {
    const child = spawn(cli, ["--batch"], { stdio: ["pipe", "pipe", "inherit"] });
    const chunks = [];
    child.on("error", fail);
    child.stdin.on("error", () => {});
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.on("close", (status) => {
      const rows = Buffer.concat(chunks).toString("utf8").split("\n").filter(Boolean);
      if (rows.length !== requests.length)
        fail(new Error(`${cli} --batch answered ${rows.length} of ${requests.length} lines and ended with ${status}`));
      else done(rows.map((row) => JSON.parse(row).report));
    });
    child.stdin.end(requests.map((request, id) => `${JSON.stringify({ id, request })}\n`).join(""));
  });
}
