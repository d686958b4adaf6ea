/*
 * The demo page: two reporters' phones and the officers' screen, kept equal to what /sim/state says.
 *
 * Hooks for browser tests, as data-testid:
 *   phone-telegram, phone-whatsapp, desk-group, desk-private   the four conversations
 *     .message[data-id]            one message, id as in /sim/state (an album holds several)
 *     button.choice[data-value]    an inline or reply button; its value is the callback data, reply id or link
 *     button.choice.open-list      WhatsApp's button that opens list-sheet, whose rows are button.choice[data-value]
 *     button.acts                  menu of one message (reply, edit, delete) with role=menuitem entries
 *   telegram-start, whatsapp-start, desk-start                 the big button of an empty conversation
 *   telegram-input, whatsapp-input, desk-input                 text; Enter sends, Shift+Enter breaks the line
 *   telegram-send, whatsapp-send, desk-send                    send what is written and what is in the tray
 *   telegram-commands, desk-commands                           menu of the bot's commands, when it has set any
 *   telegram-files, whatsapp-files                             file inputs; chosen files wait in the tray until sent
 *   list-sheet                                                 WhatsApp's open list of choices
 *   officer, reporter, language                                <select>: whom one acts as, the page's tongue (id, en)
 *   room-group, room-private                                   tabs inside the officers' screen
 *   tab-telegram, tab-whatsapp, tab-desk                       tabs of a small screen (body[data-panel] says which)
 *   new-reporter, behind, poster, gone                         header buttons and the banner of a stopped demo
 */

import { cast, messagesOf, privateKey, remember, remembered, stranger } from "./cast.js";
import { Desk } from "./desk.js";
import { draw, el, shown } from "./dom.js";
import { TelegramPhone } from "./reporter.js";
import { act, watch } from "./sim.js";
import { Unread } from "./unread.js";
import { WhatsAppPhone } from "./whatsapp.js";
import { language, recall, say, speak, translate } from "./words.js";

const byId = (id) => document.getElementById(id);
const panel = (name) => document.querySelector(`.panel.${name}`);

class Page {
  constructor() {
    this.chosen = remembered();
    this.unread = new Unread();
    this.state = null;
    const telegram = (url) => this.follow(url, "telegram");
    this.telegram = new TelegramPhone(panel("phone.telegram"), { look: enlarge, follow: telegram });
    this.whatsapp = new WhatsAppPhone(panel("phone.whatsapp"), { look: enlarge, follow: (url) => this.follow(url, "whatsapp") });
    this.desk = new Desk(panel("desk"), {
      look: enlarge,
      follow: (url) => this.follow(url, "desk"),
      changed: () => this.draw(),
      choose: (group) => this.choose({ group: group.id, officer: null }),
    });
  }

  start() {
    this.listen();
    translate();
    watch((state) => this.receive(state), (gone) => this.warn(gone));
  }

  receive(state) {
    this.state = state;
    this.unread.begin([...state.telegram.chats, ...(state.whatsapp?.chats ?? [])]);
    this.draw();
  }

  draw() {
    if (!this.state) return;
    const people = cast(this.state, this.chosen);
    this.people = people;
    this.telegram.show(this.state, people);
    this.whatsapp.show(this.state, people);
    this.desk.show(this.state, people, (key) => this.newIn(key));
    this.fillChoices(people);
    this.mark();
    this.guide();
  }

  // Every conversation by the key unread.js knows it by, with what shows it and who "I" am in it.
  conversations() {
    const { reporter, intake, caller, officer, desk, group } = this.people;
    const list = [];
    if (reporter && intake) list.push({ tab: "telegram", key: privateKey(reporter, intake), place: this.telegram.log.list.parentNode, own: `person:${reporter.id}` });
    if (caller) list.push({ tab: "whatsapp", key: String(caller.id), place: this.whatsapp.log.list.parentNode, own: "person" });
    if (officer && group) list.push({ tab: "desk", key: String(group.id), place: byId("desk-group"), own: `person:${officer.id}` });
    if (officer && desk) list.push({ tab: "desk", key: privateKey(officer, desk), place: byId("desk-private"), own: `person:${officer.id}` });
    return list.map((one) => ({ ...one, messages: messagesOf(one.tab === "whatsapp" ? this.state.whatsapp : this.state.telegram, one.key) }));
  }

  newIn(key) {
    const found = this.conversations().find((one) => one.key === key);
    return found ? this.unread.count(key, found.messages, found.own) : 0;
  }

  mark() {
    const news = { telegram: 0, whatsapp: 0, desk: 0 };
    for (const { tab, key, place, own, messages } of this.conversations()) {
      if (shown(place)) this.unread.look(key, messages);
      else news[tab] += this.unread.count(key, messages, own);
    }
    for (const [tab, count] of Object.entries(news)) badge(document.querySelector(`.tabs [data-panel=${tab}]`), count);
  }

  guide() {
    const [telegram, whatsapp, group, officer] = ["telegram", "whatsapp", "group", "private"].map((name) => this.spoken(name));
    const done = {
      start: Boolean(telegram || whatsapp || group),
      tell: group,
      open: group && officer,
    };
    // What this is was said; from now on the conversation needs the room on a small screen.
    document.body.classList.toggle("begun", done.start);
    const open = ["start", "tell", "open"].find((step) => !done[step]);
    for (const step of byId("steps").children) {
      step.classList.toggle("done", Boolean(done[step.dataset.step]));
      step.classList.toggle("next", step.dataset.step === open);
      if (step.dataset.step === open) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
  }

  // Whether the thing a step waits for has happened: a reporter wrote, a card stands in the group, a tip was opened.
  spoken(name) {
    const [telegram, whatsapp] = ["telegram", "whatsapp"].map((tab) => this.conversations().find((one) => one.tab === tab)?.messages ?? []);
    const desk = this.conversations().filter((one) => one.tab === "desk");
    if (name === "telegram") return telegram.length > 0;
    if (name === "whatsapp") return whatsapp.length > 0;
    if (name === "group") return desk[0]?.messages.some(({ from, buttons }) => from.startsWith("bot:") && buttons?.length) ?? false;
    return desk[1]?.messages.some((message) => message.protected) ?? false;
  }

  fillChoices({ reporters, reporter, officers, officer }) {
    byId("reporters").hidden = reporters.length < 2;
    options(byId("reporter"), reporters, reporter);
    options(byId("officer"), officers, officer);
    const poster = this.state.page?.poster?.url ?? this.state.page?.poster ?? null;
    byId("poster").hidden = !poster;
    if (poster) byId("poster").href = poster;
  }

  choose(change) {
    Object.assign(this.chosen, change);
    if (change.reporter) remember(this.chosen);
    this.draw();
  }

  async newcomer() {
    const someone = stranger(say("newcomerName", { n: this.people.reporters.length + 1 }));
    try {
      await act("telegram/people", someone.telegram);
      if (this.state.whatsapp) await act("whatsapp/people", someone.whatsapp);
    } catch (error) {
      this.telegram.notices.refused(error);
      return;
    }
    this.choose({ reporter: String(someone.telegram.id) });
    for (const phone of [this.telegram, this.whatsapp]) phone.notices.snack(say("newcomerDone", { name: someone.telegram.name }));
  }

  /** Keeps links to the demo's own accounts on this page; returns whether it did. */
  follow(url, from) {
    const path = url.pathname.slice(1);
    if (url.hostname === "wa.me" && path === String(this.state.whatsapp?.number)) return this.toWhatsApp(url.searchParams.get("text") ?? "");
    const bot = url.hostname === "t.me" ? this.people.bots.find(({ username }) => username.toLowerCase() === path.toLowerCase()) : null;
    if (!bot) return false;
    const payload = url.searchParams.get("start") ?? "";
    if (from === "desk" && bot === this.people.desk) this.desk.open(bot, payload);
    else if (bot === this.people.intake) this.toTelegram(payload);
    else return false;
    return true;
  }

  toTelegram(payload) {
    this.turnTo("telegram");
    this.telegram.chat.attempt(() => this.telegram.chat.start(payload));
  }

  toWhatsApp(text) {
    this.turnTo("whatsapp");
    this.whatsapp.composer.write(text);
    return true;
  }

  turnTo(name) {
    document.body.dataset.panel = name;
    if (name !== "desk") document.body.dataset.phone = name;
    for (const tab of document.querySelectorAll(".tabs button")) {
      tab.classList.toggle("phone-here", tab.dataset.panel === document.body.dataset.phone);
      tab.setAttribute("aria-current", String(tab.dataset.panel === name));
    }
    for (const log of [this.telegram.log, this.whatsapp.log, this.desk.logs.group, this.desk.logs.private]) log.settle();
    this.draw();
  }

  warn(gone) {
    const banner = byId("gone");
    if (banner.hidden !== gone) return;
    banner.textContent = gone ? say("gone") : "";
    banner.hidden = !gone;
  }

  listen() {
    for (const tab of document.querySelectorAll(".tabs button")) tab.addEventListener("click", () => this.turnTo(tab.dataset.panel));
    byId("officer").addEventListener("change", ({ target }) => this.choose({ officer: target.value }));
    byId("reporter").addEventListener("change", ({ target }) => this.choose({ reporter: target.value }));
    byId("newcomer").addEventListener("click", () => this.people && this.newcomer());
    byId("behind").addEventListener("click", () => byId("story").showModal());
    byId("language").value = language();
    byId("language").addEventListener("change", ({ target }) => this.translate(target.value));
    // Widening the window or coming back to it shows a conversation that was waiting unread.
    addEventListener("resize", () => this.draw());
    document.addEventListener("visibilitychange", () => this.draw());
    for (const dialog of document.querySelectorAll("dialog")) dismissible(dialog);
    this.turnTo("telegram");
    this.wind();
    setInterval(() => this.wind(), 10_000);
  }

  translate(tongue) {
    speak(tongue);
    translate();
    this.draw();
  }

  wind() {
    const time = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
    for (const clock of document.querySelectorAll(".glass .clock")) clock.textContent = time;
  }
}

function options(select, people, current) {
  const wanted = people.map(({ id, name }) => `${id} ${name}`).join("\n");
  if (select.dataset.of !== wanted) {
    select.replaceChildren(...people.map(({ id, name }) => el("option", { value: id }, name)));
    select.dataset.of = wanted;
  }
  if (current) select.value = String(current.id);
}

function badge(tab, count) {
  const dot = tab.querySelector(".dot");
  dot.hidden = count === 0;
  dot.textContent = count || "";
  dot.setAttribute("aria-label", say("unread", { n: count }));
}

function enlarge(url) {
  const dialog = byId("lightbox");
  dialog.querySelector("img").src = url;
  dialog.showModal();
}

function dismissible(dialog) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
}

draw();
recall();
new Page().start();
