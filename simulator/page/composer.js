// The bottom of a chat: the text field, the tray of attachments, what is being answered or changed.

import { el, icon, shown } from "./dom.js";
import { openMenu } from "./menu.js";
import { say } from "./words.js";

const TALLEST = 172;
export const ACCEPTED = "image/*,video/*,audio/*,application/pdf";

export class Composer {
  /**
   * `name` prefixes the test hooks. `send(text, about)` and `sendFiles(files, caption, asFile)` do it and
   * may throw; `extras()` lists the menu of other things; without `sendFiles` nothing can be attached.
   */
  constructor(foot, { name, send, sendFiles = null, extras = null, failed }) {
    Object.assign(this, { foot, send, sendFiles, failed, about: null, files: [], drafts: new Map(), key: null });
    this.queue = Promise.resolve();
    this.starter = el("div", { class: "starter", hidden: true });
    this.context = el("div", { class: "context", hidden: true });
    this.tray = el("div", { class: "tray", role: "group", hidden: true });
    this.form = this.buildForm(name, extras);
    foot.append(this.starter, this.context, this.tray, this.form);
    if (sendFiles) this.welcomeDrops();
    this.translate();
  }

  buildForm(name, extras) {
    this.input = el("textarea", { rows: "1", "data-testid": `${name}-input`, "data-say-placeholder": "write", "data-say-label": "write", enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.grow(), onkeydown: (event) => this.typed(event), onpaste: (event) => this.pasted(event) });
    this.button = el("button", { class: "round send", "data-testid": `${name}-send`, "data-say-label": "send" }, icon("send"));
    this.menu = el("button", { type: "button", class: "round quiet", hidden: true, "data-testid": `${name}-commands`, "data-say-label": "commands", "data-say-title": "commands", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("command"));
    this.menu.addEventListener("click", () => openMenu(this.menu, say("commands"), this.commands.map((one) => this.order(one))));
    const parts = [this.input, this.menu, extras ? this.more(extras) : null, this.button];
    return el("form", { class: "compose", onsubmit: (event) => this.submit(event) }, this.sendFiles ? this.picker(name) : null, parts);
  }

  picker(name) {
    this.pick = el("input", { type: "file", class: "unseen", multiple: true, accept: ACCEPTED, tabindex: "-1", "aria-hidden": "true", "data-testid": `${name}-files`, onchange: () => this.picked() });
    const open = el("button", { type: "button", class: "round quiet", "data-say-label": "attach", "data-say-title": "attach", onclick: () => this.pick.click() }, icon("attach"));
    return [open, this.pick];
  }

  /** The bot's own commands, as it told the platform; none hides the menu. */
  offerCommands(commands) {
    this.commands = commands ?? [];
    this.menu.hidden = this.commands.length === 0;
  }

  order({ command, description }) {
    const run = () => {
      this.queue = this.queue.then(() => this.deliver(`/${command}`, null, [], false));
    };
    return { label: `/${command}`, about: description, drawing: "command", run };
  }

  more(extras) {
    return el("button", { type: "button", class: "round quiet", "data-say-label": "more", "data-say-title": "more", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: ({ currentTarget }) => openMenu(currentTarget, say("more"), extras()) }, icon("more"));
  }

  /** Turns to another conversation; what was half written in this one waits there. */
  turn(key) {
    if (key === this.key) return;
    this.drafts.set(this.key, this.input.value);
    this.key = key;
    this.input.value = this.drafts.get(key) ?? "";
    this.drop();
    this.clearTray();
    this.grow();
  }

  write(text) {
    this.input.value = text;
    this.grow();
    this.input.focus();
  }

  /** The next message answers or changes another: {kind: "reply" | "edit", message, name}. */
  regard(about) {
    this.about = about;
    if (about.kind === "edit") this.input.value = about.message.text;
    const head = about.kind === "edit" ? say("editing") : say("replying", { name: about.name });
    const cancel = el("button", { type: "button", class: "round quiet", "aria-label": say("cancel"), onclick: () => this.cancel() }, icon("close"));
    this.context.replaceChildren(icon(about.kind === "edit" ? "pencil" : "reply"), el("p", {}, el("b", {}, head), el("span", {}, about.line)), cancel);
    this.context.hidden = false;
    this.grow();
    this.input.focus();
  }

  cancel() {
    if (this.about?.kind === "edit") this.input.value = "";
    this.drop();
    this.grow();
    this.input.focus();
  }

  drop() {
    this.about = null;
    this.context.hidden = true;
  }

  typed(event) {
    if (event.key === "Escape" && this.about) this.cancel();
    // While an input method composes, Enter chooses a word and must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value;
    const { about, files } = this;
    if (!text.trim() && !files.length) return;
    const asFile = this.tray.querySelector("input")?.checked ?? false;
    this.input.value = "";
    this.drop();
    this.clearTray();
    this.grow();
    // One after the other, so that two quick messages cannot overtake each other on the wire.
    this.queue = this.queue.then(() => this.deliver(text, about, files, asFile));
  }

  async deliver(text, about, files, asFile) {
    try {
      await (files.length ? this.sendFiles(files, text, asFile) : this.send(text, about));
    } catch (error) {
      this.failed(error);
      this.giveBack(text, files);
    }
  }

  giveBack(text, files) {
    this.input.value = [text, this.input.value].filter(Boolean).join("\n");
    this.add(files);
    this.grow();
  }

  picked() {
    this.add([...this.pick.files]);
    this.pick.value = "";
    this.input.focus();
  }

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files.length || !this.sendFiles) return;
    event.preventDefault();
    this.add(files);
  }

  welcomeDrops() {
    const device = this.foot.closest(".device");
    device.addEventListener("dragover", (event) => {
      event.preventDefault();
      device.classList.add("dropping");
    });
    device.addEventListener("dragleave", () => device.classList.remove("dropping"));
    device.addEventListener("drop", (event) => {
      event.preventDefault();
      device.classList.remove("dropping");
      this.add([...event.dataTransfer.files]);
    });
  }

  add(files) {
    this.files = [...this.files, ...files];
    this.drawTray();
  }

  clearTray() {
    this.files = [];
    this.drawTray();
  }

  drawTray() {
    for (const image of this.tray.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    const asFile = this.tray.querySelector("input")?.checked ?? false;
    this.tray.hidden = this.files.length === 0;
    this.tray.setAttribute("aria-label", say("tray"));
    this.tray.replaceChildren(el("ul", {}, this.files.map((file) => this.sample(file))), asFileBox(asFile));
    this.form.classList.toggle("ready", this.files.length > 0 || this.input.value.trim() !== "");
  }

  sample(file) {
    const remove = el("button", { type: "button", "aria-label": say("remove", { name: file.name }), onclick: () => this.remove(file) }, icon("close"));
    const view = file.type.startsWith("image/") ? el("img", { src: URL.createObjectURL(file), alt: file.name }) : [icon("file"), el("span", {}, file.name)];
    return el("li", { title: file.name }, view, remove);
  }

  remove(file) {
    this.files = this.files.filter((one) => one !== file);
    this.drawTray();
    this.input.focus();
  }

  /** A big button above the field, for a chat nobody has begun; null takes it away. */
  offer(button) {
    this.starter.hidden = button === null;
    this.starter.replaceChildren(...(button ? [button] : []));
  }

  grow() {
    this.input.style.height = "auto";
    // A field on a hidden screen measures nothing and keeps its one line.
    if (shown(this.input)) this.input.style.height = `${Math.min(this.input.scrollHeight + 2, TALLEST)}px`;
    this.form.classList.toggle("ready", this.files.length > 0 || this.input.value.trim() !== "");
  }

  translate() {
    this.drawTray();
  }
}

function asFileBox(checked) {
  return el("label", { class: "as-file" }, el("input", { type: "checkbox", checked }), el("span", {}, say("asFile")));
}
