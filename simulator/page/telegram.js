// A Telegram conversation as one person sees it; the reporter's phone and the officers' screen both hold one.

import { dayRow, face, gist, media, meta, quote, row } from "./bubbles.js";
import { el, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { act, upload } from "./sim.js";
import { telegramText, webAddress } from "./text.js";
import { clock, day, language, midnight, say } from "./words.js";

const PICTURES = ["image/jpeg", "image/png", "image/webp"];

export class TelegramChat {
  /** `follow(url)` may keep a link inside the demo by returning true; `look(url)` shows a picture large. */
  constructor({ log, composer, notices, look, follow }) {
    Object.assign(this, { log, composer, notices, look, follow });
  }

  /** `view`: {key, title, person, chat, messages, group, now}; chat is what the simulator calls this chat. */
  show(view) {
    this.view = view;
    this.byId = new Map(view.messages.map((message) => [message.id, message]));
    this.log.show(view.key, view.title, this.entries(view));
  }

  entries({ messages, person, now }) {
    const out = [];
    let before = null;
    for (const unit of units(messages)) {
      const [head] = unit;
      if (!before || midnight(before.at) !== midnight(head.at)) {
        const words = day(head.at, now);
        out.push({ id: `day-${midnight(head.at)}`, stamp: words, build: () => dayRow(words) });
        before = null;
      }
      const first = before?.from !== head.from;
      const answered = this.byId.get(head.reply_to) ?? null;
      const stamp = JSON.stringify([unit, first, answered && gist(answered), person.id, language()]);
      out.push({ id: unit.length > 1 ? `album-${head.album}` : head.id, stamp, build: () => this.unit(unit, first) });
      before = head;
    }
    return out;
  }

  unit(messages, first) {
    const own = messages[0].from === this.me();
    if (messages.length === 1) return this.single(messages[0], own, first);
    const worded = messages.find(({ caption }) => caption);
    const pictures = messages.map((message) => el("div", { class: "message", "data-id": message.id, role: "article", "aria-label": this.label(message) }, media(message, this.look)));
    const album = el("div", { class: `bubble album of${Math.min(pictures.length, 4)}` },
      this.who(messages[0], own, first), el("div", { class: "mosaic" }, pictures),
      worded ? this.words(worded) : null, meta(this.marks(messages.at(-1))), this.actions(messages[0], own));
    return el("div", { class: `row ${own ? "own" : "other"}${first ? " first" : ""}` }, this.face(messages[0], own, first), el("div", { class: "cluster" }, album));
  }

  single(message, own, first) {
    const thing = media(message, this.look);
    const bubble = el("div", { class: `bubble${thing ? " bearing" : ""}` },
      this.who(message, own, first), this.quoted(message), thing, this.words(message), meta(this.marks(message)), this.actions(message, own));
    if (message.protected) bubble.addEventListener("contextmenu", (event) => event.preventDefault());
    const about = { id: message.id, own, first, face: this.face(message, own, first), label: this.label(message) };
    return row(about, bubble, this.keyboard(message));
  }

  marks(message) {
    return { at: message.at, edited: message.edited, locked: message.protected };
  }

  me() {
    return `person:${this.view.person.id}`;
  }

  label(message) {
    const name = message.from === this.me() ? say("you") : message.name;
    return `${name}, ${clock(message.at)}`;
  }

  face(message, own, first) {
    if (!this.view.group || own) return null;
    return first ? face(message.name, message.from.startsWith("bot:")) : el("span", { class: "face blank" });
  }

  who(message, own, first) {
    return this.view.group && !own && first ? el("p", { class: "who" }, message.name) : null;
  }

  words(message) {
    const text = message.text || message.caption;
    return text ? el("span", { class: "text" }, telegramText(text, message.entities, this.follow)) : null;
  }

  quoted(message) {
    if (!message.reply_to) return null;
    const original = this.byId.get(message.reply_to) ?? null;
    return quote(original, original?.name ?? "", () => this.log.reveal(message.reply_to));
  }

  keyboard(message) {
    if (!message.buttons?.length) return null;
    const rows = message.buttons.map((keys) => el("div", { class: "keys" }, keys.map((key) => this.key(message, key))));
    return el("div", { class: "keyboard" }, rows);
  }

  key(message, { text, data, url }) {
    if (url) return this.linkKey(text, url);
    return el("button", { type: "button", class: "choice", "data-value": data, onclick: ({ currentTarget }) => this.press(message, data, currentTarget) }, text);
  }

  linkKey(text, target) {
    const url = webAddress(target);
    const onclick = () => url && !this.follow(url) && window.open(url, "_blank", "noopener,noreferrer");
    return el("button", { type: "button", class: "choice link", "data-value": target, onclick }, text, icon("link"));
  }

  async press(message, data, button) {
    const { person, chat } = this.view;
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    await this.attempt(() => act("telegram/press", { person: person.id, chat, message: message.id, data }));
    button.removeAttribute("aria-busy");
  }

  actions(message, own) {
    const open = ({ currentTarget }) => openMenu(currentTarget, say("actions"), this.choices(message, own));
    return el("button", { type: "button", class: "acts", "aria-label": say("actions"), "aria-haspopup": "menu", "aria-expanded": "false", onclick: open }, icon("more"));
  }

  choices(message, own) {
    const regard = (kind) => () => this.composer.regard({ kind, message, name: own ? say("you") : message.name, line: gist(message) });
    const list = [{ label: say("reply"), drawing: "reply", run: regard("reply") }];
    if (own && message.text) list.push({ label: say("edit"), drawing: "pencil", run: regard("edit") });
    if (own) list.push({ label: say("delete"), drawing: "trash", grave: true, run: () => this.erase(message) });
    return list;
  }

  erase(message) {
    const { person, chat, messages } = this.view;
    const gone = message.album ? messages.filter(({ album }) => album === message.album) : [message];
    return this.attempt(() => Promise.all(gone.map(({ id }) => act("telegram/delete", { person: person.id, chat, message: id }))));
  }

  /** Sends words: a new message, an answer to one, or one's own message changed. */
  send(text, about) {
    const { person, chat } = this.view;
    const where = { person: person.id, chat, text };
    if (about?.kind !== "edit") this.log.stick();
    if (about?.kind === "edit") return act("telegram/edit", { ...where, message: about.message.id });
    const answer = about ? { reply_to: about.message.id, ...(about.message.thread ? { thread: about.message.thread } : {}) } : {};
    const start = /^\/start(?:\s+(.*))?$/s.exec(text.trim());
    return start && !about ? this.start(start[1] ?? "") : act("telegram/message", { ...where, ...answer });
  }

  start(payload, chat = this.view.chat) {
    return act("telegram/start", { person: this.view.person.id, chat, payload });
  }

  async sendFiles(files, caption, asFile) {
    const { person, chat } = this.view;
    let words = caption;
    this.log.stick();
    for (const { kind, batch } of batches(files, asFile ? () => "document" : kindOf)) {
      await upload("telegram/files", { person: person.id, chat, caption: words, as: kind }, batch);
      words = "";
    }
  }

  odd(kind) {
    const { person, chat } = this.view;
    return this.attempt(() => act("telegram/odd", { person: person.id, chat, kind }));
  }

  async attempt(deed) {
    try {
      await deed();
    } catch (error) {
      this.notices.refused(error);
    }
  }
}

/** Messages in order, those of one album together. */
function units(messages) {
  const out = [];
  for (const message of messages) {
    const last = out.at(-1)?.[0];
    if (message.album && last?.album === message.album && last.from === message.from) out.at(-1).push(message);
    else out.push([message]);
  }
  return out;
}

/** Files in order, neighbours of one kind together: each batch becomes one message or one album. */
export function batches(files, kindFor) {
  const out = [];
  for (const file of files) {
    const kind = kindFor(file);
    if (out.at(-1)?.kind === kind) out.at(-1).batch.push(file);
    else out.push({ kind, batch: [file] });
  }
  return out;
}

function kindOf({ type }) {
  if (PICTURES.includes(type)) return "photo";
  if (type === "image/gif") return "animation";
  if (type.startsWith("video/")) return "video";
  if (type === "audio/ogg") return "voice";
  return type.startsWith("audio/") ? "audio" : "document";
}
