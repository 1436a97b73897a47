// About the numbers: what is exact, what is estimated, what isn't covered, where it comes from.

import { h } from "../kit.js";
import { accuracy } from "./accuracy.js";

const PARTS = { exact: 3, estimated: 3, missing: 3, sources: 3, privacy: 1 };

export function render(vm) {
  const { app, catalog, t, fmt } = vm;
  const models = catalog.models.length;
  const values = {
    gpus: fmt.int(catalog.gpus.length),
    measured: fmt.int(measured(catalog)),
    models: fmt.int(models),
    versions: catalog.vllm_versions.length,
  };
  const prose = h(
    "div",
    { class: "prose" },
    Object.entries(PARTS).map(([part, count]) => [
      h("h3", {}, t(`about.${part}`)),
      h(
        "ul",
        {},
        Array.from({ length: count }, (_, i) => h("li", {}, t(`about.${part}.${i + 1}`, values))),
      ),
    ]),
  );
  return [prose, accuracy(vm), h("p", { class: "quiet small" }, t("about.version", { version: app.core.version }))];
}

const measured = ({ gpus }) => gpus.filter(({ confidence }) => confidence === "measured").length;
