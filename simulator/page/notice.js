// Short words that appear on one screen and go: what a bot answers to a press, and what went wrong.

import { el } from "./dom.js";
import { say } from "./words.js";

const LEAST = 3500;
const PER_LETTER = 45;

export class Notices {
  constructor(device) {
    this.device = device;
    this.stack = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    device.append(this.stack);
  }

  snack(text) {
    const toast = el("p", { class: "toast" }, text);
    this.stack.append(toast);
    setTimeout(() => toast.remove(), LEAST + PER_LETTER * text.length);
  }

  /** A notice that waits until it is put away, as Telegram's show_alert does. */
  alert(text) {
    const before = document.activeElement;
    const close = () => {
      veil.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
    const ok = el("button", { type: "button", class: "ok", onclick: close }, say("ok"));
    const box = el("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text }, el("p", {}, text), ok);
    const veil = el("div", { class: "veil", onkeydown: (event) => event.key === "Escape" && close() }, box);
    this.device.append(veil);
    ok.focus({ preventScroll: true });
  }

  refused(error) {
    this.snack(say("unsent", { why: error.message || say("unreachable") }));
  }
}

/** Toasts newer than those already there when the page opened, each shown once. */
export class ToastFeed {
  constructor() {
    this.last = null;
  }

  fresh(toasts) {
    const newest = Math.max(0, ...toasts.map(({ n }) => n));
    // The simulator counts anew when it is set up again.
    const since = this.last === null ? newest : this.last > newest ? 0 : this.last;
    this.last = newest;
    return toasts.filter(({ n }) => n > since);
  }
}
