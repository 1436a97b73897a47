// Which known model a pasted config has the shape of: a fine-tune has the same parameters in the same places.

const FACTS = ["architecture", "params_total", "layers", "hidden_size", "attention_heads", "kv_heads", "head_dim"];
const keyOf = (model) => JSON.stringify(FACTS.map((name) => model?.[name] ?? null));

export const alike = (one, other) => keyOf(one) === keyOf(other);

let shapes;

// A fine-tune is told by its shape, when there is time for it.
export function recognise(app) {
  const { ui } = app;
  clearTimeout(ui.shapeTimer);
  ui.shape = null;
  if (!app.state.config || app.error) return;
  ui.shapeTimer = setTimeout(() => {
    ui.shape = sameShape(app.core, app.report);
    app.render();
  }, 300);
}

// The known model's id, or null. The known models are asked once for their shapes.
function sameShape(core, report) {
  if (!report?.model?.architecture) return null;
  const hardware = { memory_bytes: 2 ** 40 };
  shapes ??= new Map(
    core.catalog.models.map(({ id }) => [keyOf(core.report({ known_model: id, hardware }).model), id]).reverse(),
  );
  return shapes.get(keyOf(report.model)) ?? null;
}
