// How long a moved slider takes to show in the page: Chromium, its CPU slowed down four times. Prints; judges nothing,
// since machines differ.
import { home, sum, traced, withBrowser } from "./browser.mjs";

const ROUNDS = 5;
const STEPS = 12;

const SCENES = {
  "as it opens": { fragment: "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192", open: [] },
  "what would fix it": { fragment: "#m=meta-llama/Llama-3.3-70B-Instruct&g=h100-sxm-80gb&ctx=32768", open: [] },
  "details open": { fragment: "#m=Qwen/Qwen3-8B&g=l4-24gb&ctx=8192", open: ["weights", "kv", "terms"] },
};

// [{ task, frame }] of each input event, in ms of the main thread: the task that answers it, and with it everything up to
// the frame that shows it. Thread time, so that other work on the machine doesn't count. And tasks over 50 ms.
function read(events) {
  const main = events.find(isInput);
  const mine = events.filter(({ ph, pid, tid }) => ph === "X" && pid === main.pid && tid === main.tid);
  mine.sort((a, b) => a.ts - b.ts);
  const tasks = mine.filter(({ name }) => name.endsWith("RunTask"));
  const steps = mine.filter(isInput).map((input) => {
    const task = tasks.find(({ ts, dur }) => ts <= input.ts && input.ts < ts + dur);
    const shown = mine.find(({ name, ts }) => name === "Layerize" && ts > task.ts + task.dur);
    const until = tasks.filter(({ ts }) => ts >= task.ts && ts <= (shown?.ts ?? task.ts));
    return { task: task.tdur / 1000, wall: task.dur / 1000, frame: sum(until.map(({ tdur = 0 }) => tdur / 1000)) };
  });
  return { steps, long: tasks.map(({ tdur = 0 }) => tdur / 1000).filter((time) => time > 50) };
}

const isInput = ({ name, args }) => name === "EventDispatch" && args?.data?.type === "input";

async function measure(browser, { fragment, open }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${home}${fragment}`);
  await page.locator("vram-gauge .top [data-verdict]").waitFor();
  for (const id of open) await page.locator(`vram-gauge #${id} > summary`).click();
  await page.locator("vram-gauge input[type=range]").first().focus();
  await page.waitForTimeout(1000);
  const events = await traced(page, async () => {
    for (let step = 0; step < STEPS; step++) {
      await page.keyboard.press(step % 2 ? "ArrowLeft" : "ArrowRight");
      await page.waitForTimeout(150);
    }
  });
  await page.close();
  return read(events);
}

const quantile = (list, share) =>
  list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const said = (list) => `median ${quantile(list, 0.5).toFixed(0)} ms, p95 ${quantile(list, 0.95).toFixed(0)} ms`;

await withBrowser(async (browser) => {
  for (const [name, scene] of Object.entries(SCENES)) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(browser, scene));
    const of = (name) => said(rounds.flatMap(({ steps }) => steps.map((step) => step[name])));
    const long = rounds.flatMap((round) => round.long).map(Math.round);
    console.log(
      `${name}: input to updated page ${of("task")} (goal p95 50 ms; by the clock ${of("wall")}), painted ${of("frame")}`,
    );
    console.log(`  long tasks in ${ROUNDS * STEPS} steps: ${long.length ? long.join(" ms, ") : "none"}`);
  }
});
