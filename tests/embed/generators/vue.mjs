import { viteSite } from "../vite.mjs";

export * from "../vite.mjs";
export const lane = "fast";
export const recipe = "vue";

const HOST = `<script setup>
import { ref } from "vue";
import Gauge from "./Gauge.vue";
import { changed, follow, here } from "./pages.js";

const page = ref(here());
const context = ref(8192);
const heard = ref(null);
changed(() => (page.value = here()));
</script>

<template>
  <main :key="page">
    <h1>{{ page }}</h1>
    <a href="two" @click="follow">second</a>
    <button @click="context = 4096">shorter</button>
    <button @click="context = 8192">longer</button>
    <output>{{ heard }}</output>
    <Gauge :context="context" @change="heard = $event.detail.report.resolved.max_model_len" />
  </main>
</template>
`;
const MAIN = `import { createApp } from "vue";
import Host from "./Host.vue";

createApp(Host).mount("#app");
`;

export const files = viteSite("vue", { "Host.vue": HOST, "main.jsx": MAIN });
