// The officers' screen: their group, and the private chat of the officer one acts as.

import { face, gist } from "./bubbles.js";
import { messagesOf, privateKey } from "./cast.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { Log } from "./log.js";
import { Notices, ToastFeed } from "./notice.js";
import { act } from "./sim.js";
import { TelegramChat } from "./telegram.js";
import { clock, say } from "./words.js";

export class Desk {
  /** `changed()` is called when another room is entered, `choose(group)` when it is another group's. */
  constructor(panel, { look, follow, changed, choose }) {
    Object.assign(this, { panel, changed, choose, room: "group" });
    this.notices = new Notices(panel.querySelector(".device"));
    this.toasts = new ToastFeed();
    this.rooms = panel.querySelector(".rooms");
    this.rooms.addEventListener("keydown", (event) => this.walk(event));
    this.logs = { group: this.log("desk-group"), private: this.log("desk-private") };
    this.composer = new Composer(panel.querySelector(".foot"), {
      name: "desk",
      send: (text, about) => this.chats[this.room].send(text, about),
      failed: (error) => this.notices.refused(error),
    });
    const chat = (room) => new TelegramChat({ log: this.logs[room], composer: this.composer, notices: this.notices, look, follow });
    this.chats = { group: chat("group"), private: chat("private") };
  }

  log(id) {
    return new Log(document.getElementById(id));
  }

  /** Draws both rooms; `unread(key)` counts what the officer has not seen. */
  show(state, people, unread) {
    Object.assign(this, { state, people });
    const ready = Boolean(people.group && people.officer && people.desk);
    this.panel.querySelector(".room").inert = !ready;
    if (!ready) return this.logs.group.empty(el("p", { class: "hint" }, say(people.group ? "nobody" : "noGroup")));
    const views = { group: this.groupView(), private: this.privateView() };
    for (const [room, view] of Object.entries(views)) this.chats[room].show(view);
    this.composer.offerCommands(people.desk.commands);
    this.greet(views);
    this.enter(views);
    this.list(views, unread);
    this.tell(state.telegram.toasts);
    return undefined;
  }

  groupView() {
    const { group, officer } = this.people;
    const messages = messagesOf(this.state.telegram, group.id);
    return { key: String(group.id), title: group.title, person: officer, chat: group.id, messages, group: true, now: this.state.clock };
  }

  privateView() {
    const { officer, desk } = this.people;
    const key = privateKey(officer, desk);
    return { key, title: desk.name, person: officer, chat: desk.username, messages: messagesOf(this.state.telegram, key), group: false, now: this.state.clock };
  }

  greet(views) {
    const hint = (words) => el("p", { class: "hint" }, say(words));
    this.logs.group.empty(views.group.messages.length ? null : hint("deskEmpty"));
    const fresh = views.private.messages.length === 0;
    this.logs.private.empty(fresh ? hint("deskPrivateEmpty") : null);
    const begin = () => this.chats.private.attempt(() => this.chats.private.start(""));
    const button = () => el("button", { type: "button", class: "begin", "data-testid": "desk-start", onclick: begin }, say("begin"));
    this.composer.offer(fresh && this.room === "private" ? button() : null);
  }

  /** Shows the room one is in: its messages, its name, its half-written words. */
  enter(views) {
    const view = views[this.room];
    const { group, officers, desk } = this.people;
    for (const room of ["group", "private"]) document.getElementById(`desk-${room}`).hidden = room !== this.room;
    const own = this.room === "group";
    document.getElementById("room-title").textContent = view.title;
    const facts = [say("members", { n: officers.length }), ...(group.protected ? [say("protectedGroup")] : [])];
    document.getElementById("room-about").textContent = own ? facts.join(" · ") : say("bot");
    document.getElementById("room-face").replaceWith(roomFace(own ? group.title : desk.name, !own));
    this.composer.turn(view.key);
  }

  list(views, unread) {
    const { groups, group, officer } = this.people;
    const tabs = groups.map((one) => {
      const messages = messagesOf(this.state.telegram, one.id);
      const here = one.id === group.id && this.room === "group";
      return { key: String(one.id), room: "group", title: one.title, about: one.title, messages, here, enter: () => this.visit("group", one), bot: false };
    });
    const mine = { ...views.private, room: "private", about: say("privateRoom", { name: officer.name }), here: this.room === "private", enter: () => this.visit("private", group), bot: true };
    const focused = this.rooms.contains(document.activeElement);
    this.rooms.replaceChildren(...[...tabs, mine].map((tab) => roomTab(tab, tab.here ? 0 : unread(tab.key))));
    if (focused) this.rooms.querySelector('[aria-selected="true"]').focus();
  }

  visit(room, group) {
    this.room = room;
    if (group.id !== this.people.group.id) this.choose(group);
    else this.changed();
  }

  walk(event) {
    if (!["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const all = [...this.rooms.children];
    const step = ["ArrowDown", "ArrowRight"].includes(event.key) ? 1 : -1;
    const at = all.indexOf(document.activeElement);
    all[(at + step + all.length) % all.length].click();
  }

  /** Presses Start at a bot on behalf of the officer, as a t.me link does. */
  open(bot, payload) {
    this.room = "private";
    this.changed();
    const { officer } = this.people;
    return this.chats.private.attempt(() => act("telegram/start", { person: officer.id, chat: bot.username, payload }));
  }

  tell(toasts) {
    for (const { person, text, alert } of this.toasts.fresh(toasts ?? [])) {
      if (String(person) !== String(this.people.officer.id) || !text) continue;
      if (alert) this.notices.alert(text);
      else this.notices.snack(text);
    }
  }
}

function roomFace(name, bot) {
  const node = face(name, bot);
  node.id = "room-face";
  return node;
}

function roomTab({ room, title, about, messages, here, enter, bot }, count) {
  const last = messages.at(-1);
  const words = el("span", { class: "room-words" }, el("b", {}, about), el("span", {}, last ? gist(last).replace(/\s+/g, " ") : ""));
  const side = el("span", { class: "room-side" }, last ? el("time", {}, clock(last.at)) : null,
    count ? el("b", { class: "dot", "aria-label": say("unread", { n: count }) }, String(count)) : null);
  return el("button", { type: "button", role: "tab", class: "room-tab", "data-testid": `room-${room}`, "aria-selected": String(here), "aria-controls": `desk-${room}`,
    tabindex: here ? "0" : "-1", onclick: enter }, face(title, bot), words, side);
}
