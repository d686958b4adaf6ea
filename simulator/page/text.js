// Rich text as nodes: Telegram's entities by offset, WhatsApp's marks by spelling; never HTML.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const MARKS = [
  { tag: "pre", pattern: /```([\s\S]+?)```/u, plain: true },
  { tag: "code", pattern: /`([^`\n]+)`/u, plain: true },
  { tag: "a", pattern: /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/u, plain: true },
  { tag: "strong", pattern: /(?<![\p{L}\p{N}*])\*(\S|\S[^*\n]*\S)\*(?![\p{L}\p{N}*])/u },
  { tag: "em", pattern: /(?<![\p{L}\p{N}_])_(\S|\S[^_\n]*\S)_(?![\p{L}\p{N}_])/u },
  { tag: "s", pattern: /(?<![\p{L}\p{N}~])~(\S|\S[^~\n]*\S)~(?![\p{L}\p{N}~])/u },
];

/** Text with Telegram entities; offsets count UTF-16 units, which is what JavaScript's strings count too. */
export function telegramText(text, entities, follow) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return within(text, 0, text.length, ordered, follow);
}

function within(text, start, end, entities, follow) {
  const out = document.createDocumentFragment();
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, at);
    const until = Math.min(entity.offset + entity.length, end);
    const inner = others.filter((one) => one.offset < until);
    rest = others.filter((one) => one.offset >= until);
    if (until <= from) continue;
    out.append(text.slice(at, from));
    out.append(dressed(entity, text.slice(from, until), within(text, from, until, inner, follow), follow));
    at = until;
  }
  out.append(text.slice(at, end));
  return out;
}

function dressed(entity, words, content, follow) {
  if (entity.type === "url") return link(words, content, follow);
  if (entity.type === "text_link") return link(entity.url, content, follow);
  if (entity.type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, content);
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, content);
  return content;
}

/** Text with WhatsApp's own marks (*bold*, _italic_, ~struck~, ```fixed```) and bare links. */
export function whatsappText(text, follow) {
  const out = document.createDocumentFragment();
  let rest = text;
  for (let found = earliest(rest); found; found = earliest(rest)) {
    const { mark, match } = found;
    out.append(rest.slice(0, match.index));
    out.append(marked(mark, match[1], follow));
    rest = rest.slice(match.index + match[0].length);
  }
  out.append(rest);
  return out;
}

function earliest(text) {
  const found = MARKS.map((mark) => ({ mark, match: mark.pattern.exec(text) })).filter(({ match }) => match);
  return found.sort((a, b) => a.match.index - b.match.index)[0];
}

function marked(mark, inner, follow) {
  if (mark.tag === "a") return link(inner, inner, follow);
  return el(mark.tag, {}, mark.plain ? inner : whatsappText(inner, follow));
}

/** A link that can only lead to a web page: any other scheme stays plain text. */
export function link(target, content, follow) {
  const url = webAddress(target);
  if (!url) return el("span", {}, content);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", onclick: caught(url, follow) }, content);
}

export function webAddress(target) {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(target) ? target : `https://${target}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && ["http:", "https:"].includes(url.protocol) ? url : null;
}

// A link to one of the demo's own bots stays on this page instead of leaving for the real service.
function caught(url, follow) {
  return (event) => {
    if (follow(url)) event.preventDefault();
  };
}
