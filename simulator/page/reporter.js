// The reporter's Telegram phone: one private chat with the intake bot.

import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { Log } from "./log.js";
import { Notices, ToastFeed } from "./notice.js";
import { messagesOf, privateKey } from "./cast.js";
import { extras } from "./sample.js";
import { TelegramChat } from "./telegram.js";
import { say } from "./words.js";

const ODDITIES = [["sticker", "sticker"], ["contact", "contact"], ["location", "location"], ["live-location", "live"]];

export class TelegramPhone {
  constructor(panel, { look, follow }) {
    this.panel = panel;
    const device = panel.querySelector(".device");
    this.title = panel.querySelector("h3");
    this.caption = panel.querySelector(".caption");
    this.notices = new Notices(device);
    this.toasts = new ToastFeed();
    this.log = new Log(panel.querySelector(".talk"));
    this.composer = new Composer(panel.querySelector(".foot"), {
      name: "telegram",
      send: (text, about) => this.chat.send(text, about),
      sendFiles: (...parcel) => this.chat.sendFiles(...parcel),
      extras: () => extras(this.composer, ODDITIES, (kind) => this.chat.odd(kind)),
      failed: (error) => this.notices.refused(error),
    });
    this.chat = new TelegramChat({ log: this.log, composer: this.composer, notices: this.notices, look, follow });
  }

  show(state, { reporter, intake }) {
    this.panel.inert = !reporter || !intake;
    if (this.panel.inert) return;
    const key = privateKey(reporter, intake);
    const messages = messagesOf(state.telegram, key);
    this.payload = state.page?.start ?? "";
    this.title.textContent = intake.name;
    this.caption.textContent = say("onTelegram", { name: reporter.name });
    this.composer.turn(key);
    this.chat.show({ key, title: intake.name, person: reporter, chat: intake.username, messages, group: false, now: state.clock });
    this.composer.offerCommands(intake.commands);
    this.greet(messages.length === 0, intake.description);
    this.tell(state.telegram.toasts, reporter);
  }

  greet(hollow, about) {
    const hint = el("div", { class: "hint" }, about ? el("p", { class: "about" }, about) : null, el("p", {}, say("beginHint")));
    this.log.empty(hollow ? hint : null);
    const begin = () => this.chat.attempt(() => this.chat.start(this.payload));
    this.composer.offer(hollow ? el("button", { type: "button", class: "begin", "data-testid": "telegram-start", onclick: begin }, say("begin")) : null);
  }

  tell(toasts, reporter) {
    for (const { person, text, alert } of this.toasts.fresh(toasts ?? [])) {
      if (String(person) !== String(reporter.id) || !text) continue;
      if (alert) this.notices.alert(text);
      else this.notices.snack(text);
    }
  }
}
