"""Looks at the officers' bot and their group: who is in it, and what can leave it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime

import msgspec

from bot.channels.asked import Answer
from bot.channels.base import Later, Never
from bot.doctor.finding import Finding, amber, green, red
from bot.doctor.platforms import Asking, Silent, clock, read, told
from bot.doctor.reporters import Hook, Me
from storage.roster import Officer

SETTING, GROUP = "SAKSI_DESK__TOKEN", "SAKSI_DESK__GROUP"
ABOUT = "Telegram, officers"
# Seconds of the shortest month.
MONTH = 28 * 24 * 3600
PRESENT = frozenset({"creator", "administrator", "member"})


class Group(msgspec.Struct):
    """What a group is; a `username` makes it public."""

    type: str = ""
    username: str = ""
    has_protected_content: bool = False
    has_visible_history: bool = False
    linked_chat_id: int = 0
    message_auto_delete_time: int = 0
    is_forum: bool = False


class User(msgspec.Struct):
    """Somebody, without any name."""

    id: int
    is_bot: bool = False


class Member(msgspec.Struct):
    """What somebody may do in the group; a restricted one may be in it or not."""

    status: str
    user: User
    is_member: bool = False
    can_delete_messages: bool = False
    can_manage_topics: bool = False

    @property
    def is_here(self) -> bool:
        return self.status in PRESENT or self.is_member


async def look(bot: Asking, group: int, officers: Sequence[Officer], now: datetime) -> AsyncIterator[Finding]:
    """Look at all of it. Raises Silent."""
    answer = await told(ABOUT, SETTING, bot.ask("getMe"))
    me = read(ABOUT, answer, Me)
    yield green(ABOUT, f"@{me.username} answers")
    for finding in (*clock("Telegram", answer.date, now), *_itself(me)):
        yield finding
    hook = read(ABOUT, (await told(ABOUT, SETTING, bot.ask("getWebhookInfo"))), Hook)
    if hook.url:
        yield red(ABOUT, "a webhook takes what officers press", "restart the desk; if it stays, have a new token made")
    chat = read(ABOUT, (await _of(bot, "getChat", group)), Group)
    for finding in _group(chat):
        yield finding
    async for finding in _people(bot, group, me, officers, forum=chat.is_forum):
        yield finding


async def _of(bot: Asking, method: str, group: int, **more: object) -> Answer:
    return await told("officers' group", GROUP, bot.ask(method, chat_id=group, **more))


def _itself(me: Me) -> Iterator[Finding]:
    if me.can_read_all_group_messages:
        do = "@BotFather: /setprivacy, Enable; then take the bot out of the group and put it in again"
        yield amber(ABOUT, f"@{me.username} is told all that is said in groups", do)


def _group(chat: Group) -> Iterator[Finding]:
    about = "officers' group"
    if chat.type not in {"group", "supergroup"}:
        yield red(about, "the id is no group's", f"correct {GROUP}: a negative number")
    if chat.username:
        yield red(about, "it is public: anybody can read it", "Group settings, Group type, Private")
    if chat.linked_chat_id:
        yield amber(about, "a channel is linked to it", "unlink it: what is posted there shows here, and back")
    if chat.has_visible_history:
        yield amber(about, "whoever joins reads its old cards", "Group settings, Chat history for new members, Hidden")
    if chat.message_auto_delete_time == 0:
        yield amber(
            about, "its messages stay for ever: cards outlive their tips", "Group settings, Auto-delete, 1 month"
        )
    elif chat.message_auto_delete_time < MONTH:
        yield amber(about, "its cards vanish while they are worked on", "Group settings, Auto-delete, 1 month")
    if chat.has_protected_content:
        yield green(about, "its content cannot be forwarded or saved")
    else:
        yield red(
            about, "its content can be forwarded and saved", "Group settings, Group type, Restrict saving content"
        )


async def _people(
    bot: Asking, group: int, me: Me, officers: Sequence[Officer], *, forum: bool
) -> AsyncIterator[Finding]:
    ids = {one.telegram: one.alias for one in officers}
    listed = await _of(bot, "getChatAdministrators", group, return_bots=True)
    bosses = read(ABOUT, listed, list[Member])
    for finding in (*_rights(bosses, me, forum=forum), *_strangers(bosses, me, ids)):
        yield finding
    here = 0
    for number, alias in ids.items():
        member = await _member(bot, group, number)
        here += member
        if not member:
            yield amber("officers' group", f"{alias} is on the roster and not in it", "invite them, or remove them")
    count = read(ABOUT, (await _of(bot, "getChatMemberCount", group)), int)
    others = count - here - 1
    if others > 0:
        do = "take them out: whoever is in it reads every card"
        yield red("officers' group", f"{others} in it besides this bot are not on the roster", do)
    else:
        yield green("officers' group", f"{here} officers and this bot, nobody else")


def _rights(bosses: Sequence[Member], me: Me, *, forum: bool) -> Iterator[Finding]:
    mine = next((one for one in bosses if one.user.id == me.id), None)
    if mine is None:
        yield red("officers' group", f"@{me.username} is no administrator", "make it one, with the right to delete")
    elif not mine.can_delete_messages:
        yield amber("officers' group", f"@{me.username} may not delete messages", "give it that right")
    elif forum and not mine.can_manage_topics:
        do = "give it the right to manage topics: until then cards go to General"
        yield amber("officers' group", f"@{me.username} may not make its topic", do)
    else:
        yield green("officers' group", f"@{me.username} has the rights it needs")


def _strangers(bosses: Sequence[Member], me: Me, ids: dict[int, str]) -> Iterator[Finding]:
    bots = sum(one.user.is_bot and one.user.id != me.id for one in bosses)
    people = sum(not one.user.is_bot and one.user.id not in ids for one in bosses)
    if bots:
        yield red("officers' group", f"{bots} other bots are administrators and read everything", "take them out")
    if people:
        do = "put them on the roster (saksi officer add), or take the right from them"
        yield amber("officers' group", f"{people} administrators are not on the roster", do)


async def _member(bot: Asking, group: int, number: int) -> bool:
    """Ask whether somebody is in it; of whom Telegram knows nothing, they are not."""
    try:
        answer = await bot.ask("getChatMember", chat_id=group, user_id=number)
    except Never:
        return False
    except Later as later:
        raise Silent(red(ABOUT, f"does not answer now (code {later.code})", "try again")) from None
    return read(ABOUT, answer, Member).is_here
