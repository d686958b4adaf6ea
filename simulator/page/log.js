// A scrolling conversation: draws only what changed, stays at the newest message unless the reader went up.

import { el, icon } from "./dom.js";
import { say } from "./words.js";

const NEAR = 80;

export class Log {
  /** `root` is the scrolling place; `below` what sits under it when nothing has been said. */
  constructor(root) {
    this.key = null;
    this.rows = new Map();
    this.list = el("div", { class: "list", role: "log", "aria-live": "off", tabindex: "0" });
    this.hollow = el("div", { class: "hollow" });
    this.jump = el("button", { class: "jump", type: "button", hidden: true, onclick: () => this.toEnd() }, icon("down"));
    root.append(this.list, this.hollow, this.jump);
    this.stuck = true;
    this.top = 0;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.watcher = new ResizeObserver(() => this.settle());
    this.watcher.observe(this.list);
  }

  /** Shows `entries` ({id, stamp, build}) of the conversation `key`; a new key starts afresh. */
  show(key, name, entries) {
    if (key !== this.key) this.clear(key);
    const fresh = this.rows.size === 0;
    this.list.setAttribute("aria-label", say("messages", { name }));
    this.list.setAttribute("aria-live", fresh ? "off" : "polite");
    this.forget(new Set(entries.map(({ id }) => id)));
    const grown = this.place(entries, !fresh);
    this.list.hidden = entries.length === 0;
    this.jump.setAttribute("aria-label", say("latest"));
    if (grown && !this.stuck) this.jump.classList.add("news");
    this.settle();
  }

  /** What an empty conversation shows instead; null for nothing. */
  empty(content) {
    this.hollow.hidden = content === null;
    if (content !== null) this.hollow.replaceChildren(content);
  }

  clear(key) {
    this.key = key;
    this.rows.clear();
    this.list.replaceChildren();
    this.stuck = true;
  }

  forget(wanted) {
    for (const [id, row] of this.rows) {
      if (wanted.has(id)) continue;
      row.node.remove();
      this.rows.delete(id);
    }
  }

  place(entries, arriving) {
    let cursor = this.list.firstChild;
    let grown = false;
    for (const entry of entries) {
      const known = this.rows.get(entry.id);
      const node = known?.stamp === entry.stamp ? known.node : this.built(entry, known, arriving);
      grown ||= !known;
      if (known && node !== known.node && cursor === known.node) cursor = this.swap(known.node, node);
      else if (node === cursor) cursor = cursor.nextSibling;
      else this.list.insertBefore(node, cursor);
    }
    return grown;
  }

  built(entry, known, arriving) {
    const node = entry.build();
    if (!known && arriving) node.classList.add("arriving");
    this.rows.set(entry.id, { node, stamp: entry.stamp });
    if (node.nodeType === Node.ELEMENT_NODE) this.watcher.observe(node);
    return node;
  }

  // A bubble changed under the reader's finger: the focus stays on the same choice, or else in the conversation.
  swap(old, node) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const after = old.nextSibling;
    this.watcher.unobserve(old);
    old.replaceWith(node);
    if (focused) this.refocus(node, focused.dataset.value);
    return after;
  }

  refocus(node, value) {
    const same = [...node.querySelectorAll(".choice")].find((choice) => choice.dataset.value === value);
    (same ?? this.list).focus({ preventScroll: true });
  }

  find(id) {
    return this.list.querySelector(`.message[data-id="${CSS.escape(String(id))}"]`);
  }

  /** Brings an older message into view and points it out. */
  reveal(id) {
    const node = this.find(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    node.classList.remove("pointed");
    requestAnimationFrame(() => node.classList.add("pointed"));
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    // A place that is not shown has no height, and hiding it must not count as the reader having gone up.
    if (clientHeight === 0) return;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    // Growing pictures also leave the end behind; only a movement upwards is the reader's.
    if (near || scrollTop < this.top) this.stuck = near;
    this.top = scrollTop;
    this.jump.hidden = this.stuck;
    if (this.stuck) this.jump.classList.remove("news");
  }

  settle() {
    if (this.stuck) this.list.scrollTop = this.list.scrollHeight;
    this.jump.hidden = this.stuck;
  }

  /** Whoever says something wants to see it, however far up they were reading. */
  stick() {
    this.stuck = true;
    this.settle();
  }

  toEnd() {
    this.stick();
    this.jump.classList.remove("news");
    this.list.focus({ preventScroll: true });
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
