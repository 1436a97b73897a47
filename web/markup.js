// vdom nodes -> text, for files: an SVG picture of the bar, the example in the page. DOM-free.

import { light } from "./kit.js";

const escapeText = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

export function toMarkup(node) {
  if (typeof node === "string") return escapeText(node);
  const { tag, props, kids } = node;
  const attributes = Object.entries(props)
    .filter(([name, value]) => !/^(on|\.|flash)/.test(name) && value !== null && value !== undefined && value !== false)
    .map(([name, value]) => ` ${name}="${escapeText(String(value))}"`);
  return `<${tag}${attributes.join("")}>${kids.map(toMarkup).join("")}</${tag}>`;
}

// Drawings one under the other as one SVG file, in the light theme's colours, with the style sheet inside.
export function toSvgFile(title, drawings, css) {
  const gap = 12;
  const width = Math.max(...drawings.map(({ props }) => props.width)) + 2 * gap;
  let y = 36;
  const parts = drawings.map((drawing) => {
    const part = `<g class="bars" transform="translate(${gap} ${y})">${drawing.kids.map(toMarkup).join("")}</g>`;
    y += drawing.props.height + gap;
    return part;
  });
  const style = css.replace(/var\(--([\w-]+)\)/g, (all, name) => light[name] ?? all);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="system-ui,sans-serif" font-size="13">`,
    `<style>${style}</style><rect width="100%" height="100%" fill="${light.back}"/>`,
    `<text x="${gap}" y="24" font-size="15" font-weight="600" fill="${light.text}">${escapeText(title)}</text>`,
    ...parts,
    "</svg>\n",
  ].join("");
}
