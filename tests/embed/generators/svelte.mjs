import { viteSite } from "../vite.mjs";

export * from "../vite.mjs";
export const lane = "fast";
export const recipe = "svelte";

const HOST = `<script>
  import Gauge from "./Gauge.svelte";
  import { changed, follow, here } from "./pages.js";

  let page = $state(here());
  let context = $state(8192);
  let heard = $state(null);
  changed(() => (page = here()));
</script>

{#key page}
  <main>
    <h1>{page}</h1>
    <a href="two" onclick={follow}>second</a>
    <button onclick={() => (context = 4096)}>shorter</button>
    <button onclick={() => (context = 8192)}>longer</button>
    <output>{heard}</output>
    <Gauge {context} onchange={({ detail }) => (heard = detail.report.resolved.max_model_len)} />
  </main>
{/key}
`;
const MAIN = `import { mount } from "svelte";
import Host from "./Host.svelte";

mount(Host, { target: document.getElementById("app") });
`;

export const files = viteSite("svelte", { "Host.svelte": HOST, "main.jsx": MAIN });
