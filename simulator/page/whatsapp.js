// The reporter's WhatsApp phone: one chat with the business account.

import { dayRow, gist, media, meta, quote, row } from "./bubbles.js";
import { messagesOf } from "./cast.js";
import { Composer } from "./composer.js";
import { el, icon, shown } from "./dom.js";
import { Log } from "./log.js";
import { Notices } from "./notice.js";
import { extras } from "./sample.js";
import { openSheet } from "./sheet.js";
import { act, upload } from "./sim.js";
import { batches } from "./telegram.js";
import { whatsappText } from "./text.js";
import { clock, day, language, midnight, say } from "./words.js";

const ODDITIES = [["sticker", "sticker"], ["contacts", "contact"], ["location", "location"], ["live-location", "live"]];
const PICTURES = ["image/jpeg", "image/png"];

export class WhatsAppPhone {
  constructor(panel, { look, follow }) {
    Object.assign(this, { panel, look, follow, read: null });
    this.device = panel.querySelector(".device");
    this.title = panel.querySelector("h3");
    this.caption = panel.querySelector(".caption");
    this.notices = new Notices(this.device);
    this.log = new Log(panel.querySelector(".talk"));
    this.composer = new Composer(panel.querySelector(".foot"), {
      name: "whatsapp",
      send: (text, about) => this.send(text, about),
      sendFiles: (...parcel) => this.sendFiles(...parcel),
      extras: () => extras(this.composer, ODDITIES, (kind) => this.attempt("whatsapp/odd", { kind })),
      failed: (error) => this.notices.refused(error),
    });
  }

  show(state, { caller }) {
    this.panel.inert = !caller;
    if (!caller) return;
    const { whatsapp } = state;
    // A message WhatsApp could not deliver never reached this phone.
    const arrived = messagesOf(whatsapp, caller.id).filter(({ from, status }) => from === "person" || status !== "failed");
    const messages = arrived.map(named);
    if (this.person?.id !== caller.id) this.closeSheet?.();
    Object.assign(this, { person: caller, name: whatsapp.name, prefilled: state.page?.prefilled || say("greeting"), byId: new Map(messages.map((one) => [one.id, one])) });
    this.title.textContent = whatsapp.name;
    this.caption.textContent = say("onWhatsApp", { name: caller.name });
    this.composer.turn(caller.id);
    this.log.show(caller.id, whatsapp.name, this.entries(messages, state.clock));
    this.greet(messages.length === 0);
    this.markRead(messages);
  }

  greet(hollow) {
    const poster = el("div", { class: "hint" }, el("p", {}, say("scanHint")), el("blockquote", {}, this.prefilled));
    this.log.empty(hollow ? poster : null);
    const scan = () => this.attempt("whatsapp/message", { text: this.prefilled });
    this.composer.offer(hollow ? el("button", { type: "button", class: "begin", "data-testid": "whatsapp-start", onclick: scan }, icon("qr"), say("scan")) : null);
  }

  /** Tells the business its messages were read, once for each newest one that is really in view. */
  markRead(messages) {
    const newest = messages.findLast(({ from }) => from === "business");
    if (!newest || newest.status === "read" || this.read === newest.id) return;
    if (!shown(this.log.list) || document.visibilityState !== "visible") return;
    this.read = newest.id;
    this.attempt("whatsapp/seen", {});
  }

  entries(messages, now) {
    const out = [];
    let before = null;
    for (const message of messages) {
      if (!before || midnight(before.at) !== midnight(message.at)) {
        const words = day(message.at, now);
        out.push({ id: `day-${midnight(message.at)}`, stamp: words, build: () => dayRow(words) });
        before = null;
      }
      const first = before?.from !== message.from;
      const answered = this.byId.get(message.reply_to) ?? null;
      const { status, ...lasting } = message;
      const tick = message.from === "person" ? status : null;
      const stamp = JSON.stringify([lasting, tick, first, answered && gist(answered), language()]);
      out.push({ id: message.id, stamp, build: () => this.bubble(message, first, answered, tick) });
      before = message;
    }
    return out;
  }

  bubble(message, first, answered, tick) {
    const own = message.from === "person";
    const thing = media(message, this.look);
    const name = own ? say("you") : this.name;
    const inside = el("div", { class: `bubble${thing ? " bearing" : ""}` },
      message.reply_to ? quote(answered && plain(answered), this.nameOf(answered), () => this.log.reveal(message.reply_to)) : null, thing,
      message.header ? el("b", { class: "head" }, message.header) : null,
      message.text ? el("span", { class: "text" }, whatsappText(message.text, this.follow)) : null,
      message.footer ? el("span", { class: "small" }, message.footer) : null,
      meta({ at: message.at, tick: own ? tick ?? "sent" : null }), this.replier(message, name), this.keyboard(message));
    return row({ id: message.id, own, first, label: `${name}, ${clock(message.at)}` }, inside);
  }

  nameOf(message) {
    if (!message) return "";
    return message.from === "person" ? say("you") : this.name;
  }

  replier(message, name) {
    const regard = () => this.composer.regard({ kind: "reply", message, name, line: gist(plain(message)) });
    return el("button", { type: "button", class: "acts", "aria-label": say("reply"), title: say("reply"), onclick: regard }, icon("reply"));
  }

  keyboard(message) {
    if (message.list) return el("div", { class: "keyboard" }, this.lister(message));
    if (!message.buttons?.length) return null;
    return el("div", { class: "keyboard" }, message.buttons.map(({ id, title }) =>
      el("button", { type: "button", class: "choice", "data-value": id, onclick: () => this.press(message, id) }, icon("reply"), title)));
  }

  lister(message) {
    const open = () => {
      this.closeSheet = openSheet(this.device, message.list, (id) => this.press(message, id));
    };
    return el("button", { type: "button", class: "choice open-list", "aria-haspopup": "dialog", onclick: open }, icon("list"), message.list.button || say("choose"));
  }

  press(message, id) {
    return this.attempt("whatsapp/press", { message: message.id, id });
  }

  send(text, about) {
    const answer = about ? { reply_to: about.message.id } : {};
    this.log.stick();
    return act("whatsapp/message", { person: this.person.id, text, ...answer });
  }

  async sendFiles(files, caption, asFile) {
    let words = caption;
    this.log.stick();
    for (const { kind, batch } of batches(files, asFile ? () => "document" : kindOf)) {
      await upload("whatsapp/files", { person: this.person.id, caption: words, as: kind }, batch);
      words = "";
    }
  }

  async attempt(path, body) {
    try {
      await act(path, { person: this.person.id, ...body });
    } catch (error) {
      this.notices.refused(error);
    }
  }
}

// The simulator calls a contact or a place "odd" and says which in the text, a place by its coordinates.
function named(message) {
  if (message.kind !== "odd") return message;
  const kind = /^-?[\d.]+, -?[\d.]+$/.test(message.text) ? "location" : message.text;
  return { ...message, kind, text: "" };
}

// A quote shows words without the marks that make them bold.
function plain(message) {
  return { ...message, text: whatsappText(message.text ?? "", () => false).textContent };
}

function kindOf({ type }) {
  if (PICTURES.includes(type)) return "image";
  if (type.startsWith("video/")) return "video";
  if (type === "audio/ogg") return "voice";
  return type.startsWith("audio/") ? "audio" : "document";
}
