// WhatsApp's list of choices: a sheet that rises from the bottom of the phone.

import { el, icon } from "./dom.js";
import { say } from "./words.js";

/** Opens the rows of `list` over `device`; calls `choose(id)` for the one taken. */
export function openSheet(device, list, choose) {
  const before = document.activeElement;
  const close = () => {
    veil.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const take = (id) => {
    close();
    choose(id);
  };
  const rows = (list.rows ?? []).map((row) => el("li", {}, choice(row, () => take(row.id))));
  const shut = el("button", { type: "button", class: "round quiet", "aria-label": say("close"), onclick: close }, icon("close"));
  const sheet = el("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": list.button || say("sheet"), "data-testid": "list-sheet" },
    el("header", {}, el("h4", {}, list.button || say("sheet")), shut), el("ul", {}, rows));
  const veil = el("div", { class: "veil low", onkeydown: (event) => keys(event, sheet, close), onclick: ({ target }) => target === veil && close() }, sheet);
  device.append(veil);
  (sheet.querySelector(".choice") ?? shut).focus({ preventScroll: true });
  return close;
}

function choice({ id, title, description }, onclick) {
  return el("button", { type: "button", class: "choice", "data-value": id, onclick },
    el("span", {}, el("b", {}, title), description ? el("span", {}, description) : null), el("i", { "aria-hidden": "true" }));
}

function keys(event, sheet, close) {
  if (event.key === "Escape") close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? (event.key === "Tab" ? (event.shiftKey ? -1 : 1) : 0);
  if (!step) return;
  event.preventDefault();
  const all = [...sheet.querySelectorAll("button")];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}
