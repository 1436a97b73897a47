// A virtual DOM in one page: views are pure functions that return h(...) nodes, patch() makes the document agree
// with them. Nothing here assigns an HTML string or an inline style, so it runs under Trusted Types and a strict CSP.

const SVG = "http://www.w3.org/2000/svg";
const KIDS = Symbol("kids");

// Props: "onclick" & co. are handlers, ".value" is a property, everything else an attribute (true = present, null or
// false = absent). `flash` lets a changed text fade from the accent colour once.
export function h(tag, props, ...kids) {
  return { tag, props: props ?? {}, kids: flat(kids) };
}

// A node that is built again only when `signature` differs from the last one at the same place.
export function memo(signature, make) {
  return { signature, make };
}

// Absent children keep their place as empty text, so that their neighbours keep their element (and focus).
function flat(kids) {
  return kids.flat(Number.POSITIVE_INFINITY).map((kid) => {
    if (kid === null || kid === undefined || kid === false) return "";
    return typeof kid === "object" ? kid : String(kid);
  });
}

export function patch(parent, kids, ns = parent.namespaceURI) {
  const before = parent[KIDS] ?? [];
  const after = flat([kids]).map((kid, i) => resolve(kid, before[i]));
  if (!before.length && parent.firstChild) parent.textContent = "";
  after.forEach((kid, i) => {
    const node = parent.childNodes[i];
    if (!node) parent.append(create(kid, ns));
    else if (kid !== before[i]) update(node, before[i], kid, ns);
  });
  while (parent.childNodes.length > after.length) parent.lastChild.remove();
  parent[KIDS] = after;
}

function resolve(kid, old) {
  if (!kid.make) return kid;
  if (old?.signature === kid.signature) return old;
  return { ...kid.make(), signature: kid.signature };
}

function create(kid, ns) {
  if (typeof kid === "string") return document.createTextNode(kid);
  const own = kid.tag === "svg" ? SVG : ns === SVG ? SVG : undefined;
  const node = own ? document.createElementNS(own, kid.tag) : document.createElement(kid.tag);
  patch(node, kid.kids, own ?? node.namespaceURI);
  setProps(node, {}, kid.props);
  return node;
}

function update(node, old, kid, ns) {
  if (typeof kid === "string" && typeof old === "string") {
    node.data = kid;
  } else if (kid.tag && kid.tag === old.tag) {
    const text = kid.props.flash ? node.textContent : null;
    patch(node, kid.kids);
    setProps(node, old.props, kid.props);
    if (text !== null && text !== node.textContent) flash(node);
  } else {
    node.replaceWith(create(kid, ns));
  }
}

function setProps(node, old, props) {
  for (const name in old) if (!(name in props)) setProp(node, name, null);
  for (const name in props) {
    if (name[0] === "." || props[name] !== old[name]) setProp(node, name, props[name]);
  }
}

function setProp(node, name, value) {
  if (name === "flash") return;
  if (name[0] === ".") setProperty(node, name.slice(1), value);
  else if (name.startsWith("on")) node[name] = value;
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}

// What a person is typing is theirs: a focused text field keeps its text until they leave it.
function setProperty(node, name, value) {
  if (node[name] === value) return;
  const typing = name === "value" && /^(text|search|textarea)$/.test(node.type) && node.matches(":focus");
  if (!typing) node[name] = value;
}

// The end of the fade is whatever colour the node has; nothing is measured. While changes follow each other, as under a
// moving slider, only the first fades.
const QUIET_MS = 500;
let still;
let faded;
let changed = -QUIET_MS;
function flash(node) {
  const now = document.timeline.currentTime; // one for all changes of a frame
  if (now !== faded && now - changed >= QUIET_MS) faded = now;
  changed = now;
  still ??= matchMedia("(prefers-reduced-motion: reduce)");
  if (now === faded && !still.matches) node.animate?.([{ color: "var(--accent)", offset: 0 }], 300);
}
