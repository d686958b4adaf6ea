// What has arrived in a conversation nobody is looking at.

export class Unread {
  constructor() {
    this.seen = null;
  }

  /** The first look at the world counts as read: a page opened late should not shout. */
  begin(chats) {
    this.seen ??= new Map(chats.map(({ key, messages }) => [key, ids(messages)]));
  }

  look(key, messages) {
    this.seen.set(key, ids(messages));
  }

  count(key, messages, own) {
    const seen = this.seen.get(key) ?? new Set();
    return messages.filter((message) => message.from !== own && !seen.has(message.id)).length;
  }
}

function ids(messages) {
  return new Set(messages.map(({ id }) => id));
}
