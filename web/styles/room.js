// Room that each view keeps until its answer is there, by the width it has, so that what stands below doesn't move.

const WIDTHS = [Infinity, 660, 480]; // px: the first of them, and up to the others
const ROOM = [
  ["", 1213, 1844, 2186],
  ["[compact]", 673, 1161, 1367],
  ['[view="verdict"]', 165, 206, 280],
  ['[view="bar"]', 375, 414, 494],
  ['[view="table"]', 720, 902, 1233],
];

const css = (query, select, room) =>
  WIDTHS.map((width, at) => {
    const text = ROOM.map(([view, ...px]) => `${select(view)}{min-height:${room(px[at])}}`).join("\n");
    return at ? `${query}(max-width:${width}px){\n${text}\n}` : text;
  }).join("\n");

// Within the element, as long as its class "room" is there.
export const room = () =>
  [
    ":host{display:block;container-type:inline-size}:host([hidden]){display:none}.room{display:flow-root}",
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
