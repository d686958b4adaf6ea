// Who plays whom: reporters, officers and bots, read off the simulator's state.

import { keepText, recallText } from "./memory.js";

const REMEMBERED = "saksi.reporter";

/** Everybody on the page, given whom the visitor chose to be. */
export function cast(state, chosen) {
  const { telegram, whatsapp } = state;
  // A group that became a supergroup lives on under its new id.
  const groups = telegram.groups.filter((one) => !one.upgraded_to);
  const group = pick(groups, chosen.group, (one) => String(one.id));
  const insiders = new Set(telegram.groups.flatMap(memberIds));
  const taken = new Set(telegram.groups.flatMap((one) => one.bots.map(username)));
  const reporters = telegram.people.filter((one) => !insiders.has(one.id));
  const officers = group ? membersOf(group, telegram.people) : [];
  const reporter = pick(reporters, chosen.reporter, (one) => String(one.id));
  return {
    group,
    groups,
    reporters,
    officers,
    reporter,
    officer: pick(officers, chosen.officer, (one) => String(one.id)),
    intake: telegram.bots.find((bot) => !taken.has(bot.username)) ?? null,
    desk: group ? telegram.bots.find((bot) => bot.username === username(group.bots[0])) ?? null : null,
    caller: whatsapp ? pick(whatsapp.people, reporter?.name, (one) => one.name) : null,
    bots: telegram.bots,
  };
}

/** The messages of one chat; a chat nobody has written in yet is empty. */
export function messagesOf(side, key) {
  return side?.chats.find((chat) => String(chat.key) === String(key))?.messages ?? [];
}

export function privateKey(person, bot) {
  return `${person.id}:${bot.username}`;
}

export function remembered() {
  return { reporter: recallText("sessionStorage", REMEMBERED), officer: null, group: null };
}

export function remember(chosen) {
  keepText("sessionStorage", REMEMBERED, chosen.reporter);
}

/** A person nobody has met, for both platforms; ids are random as real ones look. */
export function stranger(name) {
  const [number, more] = crypto.getRandomValues(new Uint32Array(2));
  return {
    telegram: { id: 1_000_000_000 + (number % 1_000_000_000), name },
    whatsapp: { id: `ID.${number.toString(36)}${more.toString(36)}`, name, phone: null },
  };
}

function pick(list, wanted, keyOf) {
  return list.find((one) => keyOf(one) === String(wanted)) ?? list[0] ?? null;
}

function membersOf(group, people) {
  const ids = memberIds(group);
  return ids.map((id) => people.find((one) => one.id === id)).filter(Boolean);
}

function memberIds(group) {
  return group.members.filter(({ status }) => !["left", "kicked"].includes(status)).map(({ person }) => person);
}

function username(bot) {
  return typeof bot === "string" ? bot : bot.username;
}
