// Room that each view keeps until its answer is there, by the width it has, so that what stands below doesn't move.

const WIDTHS = [Infinity, 950, 750, 659.98, 480]; // px: the first of them, and up to the others
const ROOM = [
  ["", 1200, 1240, 1530, 1920, 2100],
  ["[compact]", 650, 695, 940, 1236, 1370],
  ['[view="verdict"]', 165, 206, 206, 255, 330],
  ['[view="bar"]', 375, 420, 420, 470, 540],
  ['[view="table"]', 720, 785, 785, 902, 1233],
];

const css = (query, select, room) =>
  WIDTHS.map((width, at) => {
    const text = ROOM.map(([view, ...px]) => `${select(view)}{min-height:${room(px[at])}}`).join("\n");
    return at ? `${query}(max-width:${width}px){\n${text}\n}` : text;
  }).join("\n");

// Within the element, as long as its class "room" is there.
export const room = () =>
  [
    // The size of the letters as in base.js: Chromium would go on asking by the one that was there first.
    ":host{display:block;container-type:inline-size;font-size:var(--vram-gauge-font-size,15px)}",
    ":host([hidden]){display:none}.room{display:flow-root}",
    css(
      "@container",
      (view) => `:host(${view || "*"}) .room`,
      (px) => `var(--vram-gauge-room,${px}px)`,
    ),
    "@media print{:host .room{min-height:0!important}}",
  ].join("\n");

// For a host's own style sheet: until the script has run, by the width of the window. Answers that come with the page
// (class "example") need no more room than they take.
const waiting = (view) => `vram-gauge${view}:not(:defined,:has(.example))`;
export const roomBefore = () => `${waiting("")}{display:flow-root}\n${css("@media", waiting, (px) => `${px}px`)}`;
