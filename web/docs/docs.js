// The playground: its fields are the element's attributes.

const play = document.getElementById("play");
const shown = document.getElementById("shown");
const snippet = document.getElementById("snippet");

const escapeText = (text) =>
  text.replace(/[&"<>]/g, (c) => ({ "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" })[c]);

function apply() {
  const parts = [];
  for (const field of play.elements) {
    const value = field.type === "checkbox" ? (field.checked ? "" : null) : field.value.trim() || null;
    if (value === null) shown.removeAttribute(field.name);
    else {
      if (shown.getAttribute(field.name) !== value) shown.setAttribute(field.name, value);
      parts.push(value ? `${field.name}="${escapeText(value)}"` : field.name);
    }
  }
  snippet.textContent = `<vram-gauge ${parts.join(" ")}></vram-gauge>`;
}

play.addEventListener("input", apply);
apply();
