// Building nodes: text is only ever text, so nothing anybody types is interpreted.

/** A new element; properties starting with "on" become listeners, the rest attributes. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** A fresh copy of a drawing from the page's template. */
export function icon(name) {
  const drawing = document.getElementById("icons").content.querySelector(`[data-icon="${name}"]`).cloneNode(true);
  drawing.setAttribute("aria-hidden", "true");
  return drawing;
}

/** Puts the drawings into the places index.html left for them. */
export function draw(root = document) {
  for (const place of root.querySelectorAll("svg[data-icon]:empty")) {
    const drawing = icon(place.dataset.icon);
    drawing.setAttribute("class", place.getAttribute("class") ?? "");
    place.replaceWith(drawing);
  }
}

export function shown(node) {
  return node.isConnected && node.getClientRects().length > 0;
}
