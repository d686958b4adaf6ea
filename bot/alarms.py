"""Tells somebody when nobody acts, and the group each morning how things stand. All of it is rows, not timers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from msgspec.structs import replace
from sqlalchemy import Connection

from bot.courier import Settle
from bot.desk import Desk
from bot.group import Group
from bot.parcels import Alarm, Charts, Late, Morning, Note
from handlers.desk import Entry, counts, late, late_say
from handlers.messages import Say, Word
from storage.committer import Committer

HOUR = 3600.0
MORNING = time(7)
# Seconds in which alarms of several tips become one message.
TOGETHER = 60.0
# A tip that came so many days ago and whose alarm is gone (with a machine, say) is told of in the morning.
OVERDUE = timedelta(days=2)
ANCHOR = 16


def next_morning(now: datetime) -> datetime:
    """Say when the morning's message is due after this moment."""
    today = now.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)


def owe_first(desk: Desk, tx: Connection, tip: str, *, live: bool) -> Collection[str]:
    """Owe the first alarm of a tip that nobody has read."""
    alarms = desk.deadlines.alarms
    after = HOUR * (min(alarms.live, alarms.group) if live else alarms.group)
    return desk.owe(tx, Alarm(tip), name=_name(desk, tip), after=after)


def begin(desk: Desk, tx: Connection) -> Collection[str]:
    """Owe the next morning's message, or today's where it was missed; a process does so as it starts."""
    now = desk.clock()
    last = desk.notes.room(tx).morning
    # A desk that has had no morning yet is new, and has missed none.
    missed = last is not None and last != now.date() and now.time() >= MORNING
    after = 0.0 if missed else (next_morning(now) - now).total_seconds()
    return desk.owe(tx, Morning(), name=f"morning-{desk.name}", after=after)


def _name(desk: Desk, tip: str) -> str:
    return f"alarm-{desk.buttons.hidden(tip)}"


@dataclass(frozen=True, slots=True)
class Watch:
    """Carries the alarms."""

    desk: Desk
    group: Group
    committer: Committer

    def alarm(self, alarm: Alarm) -> Settle:
        """Climb one rung, unless somebody has read the tip."""
        return lambda tx: self._climb(tx, alarm)

    def _climb(self, tx: Connection, alarm: Alarm) -> Collection[str]:
        desk, entry = self.desk, self.desk.entry(tx, alarm.tip)
        if entry is None or not entry.card.is_unread(entry.status):
            return ()
        desk.notes.put(tx, alarm.tip, replace(entry.card, alarm=alarm.rung))
        alarms = desk.deadlines.alarms
        wait = alarms.supervisor - alarms.group if alarm.rung == 1 else alarms.again
        following = Alarm(alarm.tip, alarm.rung + 1)
        return {
            *desk.owe(tx, following, name=_name(desk, alarm.tip), after=wait * HOUR),
            *(self._tell(tx, supervisors=True) if alarm.rung > 1 else self._tell(tx, supervisors=False)),
            *(self._tell(tx, supervisors=False) if alarm.rung > 2 else ()),  # noqa: PLR2004  # from the third on, both
        }

    def _tell(self, tx: Connection, *, supervisors: bool) -> Collection[str]:
        name = f"late-{self.desk.name}-{'supervisors' if supervisors else 'group'}"
        return self.desk.owe(tx, Late(supervisors, 2 if supervisors else 1), name=name, after=TOGETHER)

    async def late(self, told: Late, *, clean: bool) -> Settle:
        """Say what is late: to the group (only that something is, where it is not clean), or to the supervisors.

        Raises Later or Never.
        """
        desk = self.desk
        entries = await self.committer.commit(desk.entries)
        overdue = late(entries, told.rung)
        if not overdue:
            return lambda _tx: ()
        text = desk.say(late_say(overdue, desk.clock().date()))
        if told.supervisors:
            return lambda tx: self._to_supervisors(tx, text)
        await self.group.say(text if clean else desk.say(Say("desk-unclean-group")))
        return lambda _tx: ()

    def _to_supervisors(self, tx: Connection, text: str) -> Collection[str]:
        """Tell each supervisor who can be reached; where none can, the group hears that as well."""
        desk = self.desk
        chats = [chat for chat in desk.supervisors() if chat in desk.notes.room(tx).chats]
        if not chats:
            text = "\n\n".join((text, desk.say(Say("desk-no-supervisor"))))
        lanes = set[str]()
        for chat in chats or [desk.room(tx)]:
            lanes |= set(desk.owe(tx, Note(chat, text)))
        return lanes

    async def morning(self) -> Settle:
        """Say how things stand, and the audit's head. Raises Later or Never."""
        desk, today = self.desk, self.desk.clock().date()
        entries, room = await self.committer.commit(lambda tx: (desk.entries(tx), desk.notes.room(tx)))
        if room.morning != today:
            words: dict[str, Word] = {**counts(entries), "late": len(late(entries))}
            anchor: dict[str, Word] = {"length": room.length, "head": room.head.hex()[:ANCHOR], "day": today}
            text = "\n\n".join((desk.say(Say("desk-morning", words)), desk.say(Say("desk-anchor", anchor))))
            await self.group.say(text)
        return lambda tx: self._after_morning(tx, entries, told=room.morning != today)

    def _after_morning(self, tx: Connection, entries: Collection[Entry], *, told: bool) -> Collection[str]:
        desk, now = self.desk, self.desk.clock()
        desk.notes.keep(tx, replace(desk.notes.room(tx), morning=now.date()))
        wait = (next_morning(now) - now).total_seconds()
        lanes = set(desk.owe(tx, Morning(), name=f"morning-{desk.name}", after=wait))
        if told and now.weekday() == 0:
            lanes |= set(desk.owe(tx, Charts(desk.room(tx)), name=f"charts-{desk.name}"))
        still = [one for one in entries if told and not one.status.closed and one.card.message]
        # Every clock has moved; half of what the group takes stays free for what is new.
        apart = 2 * self.group.bucket.seconds / self.group.bucket.most
        for place, entry in enumerate(still):
            lanes |= set(desk.owe_refresh(tx, entry.tip, after=place * apart))
        for entry in entries:
            if entry.card.is_unread(entry.status) and not entry.card.alarm and now.date() - entry.card.day >= OVERDUE:
                lanes |= set(desk.owe(tx, Alarm(entry.tip), name=_name(desk, entry.tip)))
        return lanes
