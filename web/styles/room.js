// Room that each view keeps until its answer is there, by the width it has, so that what stands below doesn't move.

const WIDTHS = [Infinity, 660, 480]; // px: the first of them, and up to the others
const ROOM = [
  ["", 1213, 1844, 2186],
  ["[compact]", 673, 1161, 1367],
  ['[view="verdict"]', 165, 206, 280],
  ['[view="bar"]', 375, 414, 494],
  ['[view="table"]', 720, 902, 1233],
];

const rules = (select, at) => ROOM.map(([view, ...px]) => `${select(view)}{min-height:${px[at]}px}`);

const css = (query, select) =>
  WIDTHS.map((width, at) => {
    const text = rules(select, at).join("\n");
    return at ? `${query}(max-width:${width}px){\n${text}\n}` : text;
  }).join("\n");

// Within the element, as long as its class "room" is there.
export const room = () =>
  `:host{display:block;container-type:inline-size}:host([hidden]){display:none}.room{display:flow-root}\n${css("@container", (view) => `:host(${view || "*"}) .room`)}`;

// For a host's own style sheet: until the script has run, by the width of the window. Answers that come with the page
// (class "example") need no more room than they take.
const waiting = (view) => `vram-gauge${view}:not(:defined,:has(.example))`;
export const roomBefore = () => `${waiting("")}{display:flow-root}\n${css("@media", waiting)}`;
