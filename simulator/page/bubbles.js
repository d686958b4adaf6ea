// One message as it looks on a screen: words, media, quote, time and marks. Both platforms draw with these parts.

import { el, icon } from "./dom.js";
import { clock, say, weight } from "./words.js";

const TALLEST = 0.75;
const WIDEST = 2;
const PLAIN = new Set(["text", "buttons", "list", "template"]);
const DRAWINGS = { sticker: "sticker", contact: "contact", contacts: "contact", location: "location", venue: "location", "live-location": "live" };

/** A row of the conversation: the sender's side, a face where several people talk, and the message. */
export function row({ id, own, first, face, label }, ...content) {
  const message = el("div", { class: "message", "data-id": id, role: "article", "aria-label": label }, content);
  return el("div", { class: `row ${own ? "own" : "other"}${first ? " first" : ""}` }, face ?? null, message);
}

export function dayRow(words) {
  return el("div", { class: "day" }, el("span", {}, words));
}

export function face(name, bot) {
  const tint = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % 5;
  const inside = bot ? icon("eye") : [...name.trim()][0]?.toUpperCase() ?? "?";
  return el("span", { class: `face ${bot ? "bot" : `tint${tint}`}`, "aria-hidden": "true" }, inside);
}

export function quote(original, name, reveal) {
  const words = original ? gist(original) : say("deletedOriginal");
  return el("button", { type: "button", class: "quote", onclick: reveal }, el("b", {}, name), el("span", {}, words));
}

/** One line that stands for a message: in a quote, in the list of chats. */
export function gist(message) {
  return message.text || message.caption || kindName(message.media?.kind ?? message.kind);
}

export function kindName(kind) {
  const names = {
    photo: "photo", image: "photo", video: "video", video_note: "video", animation: "video", voice: "voice", audio: "audio",
    document: "document", sticker: "sticker", contact: "contact", contacts: "contact", location: "location", venue: "location",
    "live-location": "live",
  };
  return say(names[kind] ?? "odd");
}

/** Time and marks in the corner; `tick` is null or one of sent, delivered, read, failed. */
export function meta({ at, edited, locked, tick }) {
  return el("span", { class: "meta" },
    locked ? el("span", { class: "locked", title: say("locked") }, icon("lock"), unseen(say("locked"))) : null,
    edited ? el("span", { class: "edited" }, say("edited")) : null,
    el("time", { datetime: new Date(at * 1000).toISOString() }, clock(at)),
    tick ? el("span", { class: `tick ${tick}`, title: say(tick) }, icon(TICKS[tick]), unseen(say(tick))) : null);
}

const TICKS = { sent: "tick", delivered: "ticks", read: "ticks", failed: "warn" };

/** The thing a message carries; null when it carries words alone. */
export function media(message, look) {
  const thing = message.media;
  if (!thing) return PLAIN.has(message.kind ?? "text") ? null : oddity(message);
  if (!thing.url) return oddity({ kind: thing.kind });
  const make = MAKERS[thing.kind] ?? file;
  return make(thing, look);
}

/** What a person sends that has no bytes here: a sticker, a card, a place. */
export function oddity({ kind }) {
  return el("span", { class: "oddity" }, icon(DRAWINGS[kind] ?? "spark"), el("span", {}, kindName(kind)));
}

const MAKERS = {
  photo: picture,
  image: picture,
  sticker,
  video: film,
  video_note: film,
  animation: (thing, look) => (thing.mime.startsWith("image/") ? picture(thing, look) : film(thing)),
  voice: sound,
  audio: sound,
};

function sticker(thing) {
  if (!thing.mime.startsWith("image/")) return oddity(thing);
  const image = el("img", { class: "sticker", src: thing.url, alt: say("sticker"), draggable: "false" });
  // The simulator's own stand-in may be a single pixel, which nobody could see.
  image.addEventListener("load", () => image.naturalWidth < 8 && image.replaceWith(oddity(thing)));
  return image;
}

function picture(thing, look) {
  const image = el("img", { src: thing.url, alt: say("photo"), draggable: "false" });
  const frame = el("button", { type: "button", class: "picture", "aria-label": say("photo"), onclick: () => look(thing.url) }, image);
  image.addEventListener("load", () => frame.style.setProperty("--shape", shape(image)));
  image.addEventListener("error", () => frame.replaceWith(file(thing)));
  return frame;
}

function shape({ naturalWidth, naturalHeight }) {
  return Math.min(WIDEST, Math.max(TALLEST, naturalWidth / naturalHeight));
}

function film({ url }) {
  return el("video", { class: "film", src: url, controls: true, preload: "metadata", playsinline: true, "aria-label": say("video") });
}

function sound({ kind, url }) {
  return el("audio", { class: "sound", src: url, controls: true, preload: "metadata", "aria-label": kindName(kind) });
}

// Saved, never opened here: a page inside somebody's file must not run as this page.
function file({ url, name, size }) {
  return el("a", { class: "file", href: url, download: name || true }, el("span", { class: "file-icon" }, icon("file")),
    el("span", { class: "file-name" }, el("b", {}, name || say("document")), el("span", {}, weight(size ?? 0))));
}

export function unseen(words) {
  return el("span", { class: "unseen" }, words);
}
