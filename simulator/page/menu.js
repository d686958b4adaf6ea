// A small menu beside the button that opened it; the browser's popover closes it by Escape or a click elsewhere.

import { el, icon } from "./dom.js";

const EDGE = 8;

/** Opens `items` ({label, about, drawing, run, grave}) next to `anchor`. */
export function openMenu(anchor, label, items) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label }, items.map((item) => option(item)));
  anchor.closest(".device").append(menu);
  menu.addEventListener("keydown", (event) => walk(menu, event));
  menu.addEventListener("toggle", ({ newState }) => newState === "closed" && closed(menu, anchor));
  menu.addEventListener("click", () => menu.hidePopover());
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  beside(menu, anchor.getBoundingClientRect(), anchor.closest(".device").getBoundingClientRect());
  menu.firstChild.focus();
}

function option({ label, about, drawing, run, grave }) {
  return el("button", { type: "button", role: "menuitem", class: grave ? "grave" : null, onclick: run }, icon(drawing), el("span", {}, label, about ? el("small", {}, about) : null));
}

function closed(menu, anchor) {
  anchor.setAttribute("aria-expanded", "false");
  menu.remove();
}

function beside(menu, anchor, device) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(device.left + EDGE, anchor.right - width), device.right - width - EDGE);
  const above = anchor.top - height - 6;
  menu.style.left = `${left}px`;
  menu.style.top = `${above >= EDGE ? above : Math.min(anchor.bottom + 6, innerHeight - height - EDGE)}px`;
}

function walk(menu, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...menu.children];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}
