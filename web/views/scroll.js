// A table that may be wider than the page: it scrolls in a place of its own, which the keyboard reaches.

export const scrolling = (name, more = "") => ({
  class: `scroll ${more}`.trim(),
  tabindex: "0",
  role: "region",
  "aria-label": name,
});
