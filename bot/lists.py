"""The lists officers ask for: made as things stand now, and shown."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from sqlalchemy import Connection

from bot import gallery, likenesses, reassigning, spam
from bot.channels.base import Button
from bot.channels.refusals import Lost
from bot.courier import Settle
from bot.data import tables
from bot.desk import Desk
from bot.group import Group
from bot.page import LIST, Page, work
from bot.parcels import Listing
from bot.render import said
from handlers.desk import PAGE, Entry, Officer, counts, is_meant, late, late_say, line, urgent
from handlers.messages import Say, Term, Word
from storage import scans

# From so many scans on they are told by tens.
ROUGH = 100


async def show(group: Group, listing: Listing) -> Settle:
    """Show a list, or bring it up to date; in a group that is not clean it tells nothing. Raises Later or Never."""
    desk, in_group = group.desk, listing.chat < 0
    shown, room = await group.committer.commit(lambda tx: (page(desk, tx, listing), desk.room(tx)))
    if in_group and listing.chat != room:
        return _nothing  # asked for in a group that has another id now: it can be asked for again
    if in_group and listing.kind != "bantuan" and not await group.is_clean():
        shown = Page(Say("desk-unclean-group"), [])
    text = desk.say(shown.say)
    with suppress(Lost):
        if listing.message and in_group:
            await group.change(listing.message, text, shown.rows)
        elif listing.message:
            await group.bot.change(listing.chat, listing.message, text, shown.rows)
        if listing.message:
            return _nothing
    if in_group:
        await group.say(text, shown.rows, thread=listing.thread)
    else:
        await group.bot.say(listing.chat, text, shown.rows)
    return gallery.after(desk, listing)


def page(desk: Desk, tx: Connection, listing: Listing) -> Page:
    """Make a list as things stand now."""
    entries, officer = desk.entries(tx), desk.officers.get(listing.user)
    match listing.kind:
        case "terlambat":
            return _late(desk, entries)
        case reassigning.KIND:
            return reassigning.page(desk, entries, listing)
        case likenesses.KIND:
            return likenesses.page(desk, entries, officer)
        case spam.KIND | spam.SURE:
            return spam.page(desk, entries, officer, listing)
        case "saya":
            return _mine(desk, [one for one in entries if officer and one.card.holder == officer.alias])
        case "cari":
            return _found(desk, entries, listing.words)
        case "statistik":
            return Page(_numbers(entries), [])
        case "poster":
            return Page(_posters(scans.counted(tx)), [])
        case "bantuan":
            return Page(Say("desk-commands"), [])
        case _:
            return _queue(desk, entries, listing.page, officer)


def _lines(desk: Desk, entries: Sequence[Entry]) -> tuple[Word, ...]:
    today = desk.clock().date()
    shown = tuple(line(one, today) for one in entries[:PAGE])
    return (*shown, Term("desk-more-lines", {"count": len(entries) - PAGE})) if len(entries) > PAGE else shown


def _queue(desk: Desk, entries: Sequence[Entry], number: int, officer: Officer | None) -> Page:
    waiting = urgent(entries)
    if not waiting:
        return Page(Say("desk-queue-empty"), [])
    last = (len(waiting) - 1) // PAGE
    number = min(max(0, number), last)
    today = desk.clock().date()
    lines = tuple(line(one, today) for one in waiting[number * PAGE : (number + 1) * PAGE])
    found = counts(entries)
    words: dict[str, Word] = {
        "unread": found["unread"], "open": found["open"], "lines": lines, "page": number + 1, "pages": last + 1,
    }  # fmt: skip
    before = desk.buttons.of_list("list-page", str(number - 1), desk.words.say("desk-list-before"))
    after = desk.buttons.of_list("list-page", str(number + 1), desk.words.say("desk-list-after"))
    turn = [*([before] if number else []), *([after] if number < last else [])]
    return Page(
        Say("desk-queue", words), [*work(desk, LIST), _together(desk, entries, officer), *([turn] if turn else [])]
    )


def _together(desk: Desk, entries: Sequence[Entry], officer: Officer | None) -> list[Button]:
    """Lay out the buttons for several tips at once."""
    alike = sum(len(group) for group in likenesses.found(entries, officer))
    label = desk.words.say("desk-list-alike", {"count": alike})
    junk = desk.buttons.of_list("list-spam", "0")
    return [*([desk.buttons.of_list("list-alike", "-", label)] if alike else []), junk]


def _late(desk: Desk, entries: Sequence[Entry]) -> Page:
    overdue = late(entries)
    if not overdue:
        return Page(Say("desk-nothing-late"), [])
    row = [desk.buttons.of_list("list-remind"), desk.buttons.of_list("list-reassign")]
    return Page(late_say(overdue, desk.clock().date()), [row])


def _mine(desk: Desk, held: Sequence[Entry]) -> Page:
    mine = urgent(held)
    if not mine:
        return Page(Say("desk-nothing-mine"), work(desk))
    return Page(Say("desk-mine", {"count": len(mine), "lines": _lines(desk, mine)}), work(desk))


def _found(desk: Desk, entries: Sequence[Entry], sought: str) -> Page:
    if not sought:
        return Page(Say("desk-seek"), [])
    found = [one for one in entries if is_meant(one, sought, _words(desk, one))]
    if not found:
        return Page(Say("desk-nothing-found"), [])
    found.sort(key=lambda one: (one.status.closed, one.card.day, one.card.reference))
    rows = [[desk.buttons.opening(one.tip, one.card, one.status)] for one in found[:PAGE]]
    return Page(Say("desk-found", {"count": len(found), "lines": _lines(desk, found)}), rows)


def _words(desk: Desk, entry: Entry) -> tuple[str, ...]:
    return tuple(said(key, {}, desk.words) for key in (f"desk-status-{entry.status}", f"what-{entry.card.what}"))


def _numbers(entries: Sequence[Entry]) -> Say:
    """Count by status, kind and place. Of a single tip the group sees as much on its card."""
    by_status = Counter(f"desk-status-{one.status}" for one in entries)
    by_what = Counter(f"what-{one.card.what}" for one in entries)
    by_place = Counter(one.card.place for one in entries if one.card.place)
    nothing = (Term("nothing"),)
    return Say(
        "desk-numbers",
        {
            "count": len(entries),
            "statuses": _counted(by_status) or nothing,
            "kinds": _counted(by_what) or nothing,
            "places": tuple(_row(place, many) for place, many in by_place.most_common(PAGE)) or nothing,
        },
    )


def _posters(scanned: Mapping[scans.Poster, int]) -> Say:
    """Tell how often posters were followed. The table holds full fives, so what is small is not there."""
    if not scanned:
        return Say("desk-posters-none")
    names = tables.regencies()
    lines = tuple(_followed(names.get(code, code), month, many) for (code, month), many in scanned.items())
    more = (Term("desk-more-lines", {"count": len(lines) - PAGE}),) if len(lines) > PAGE else ()
    return Say("desk-posters", {"lines": (*lines[:PAGE], *more)})


def _followed(name: str, month: str, many: int) -> Term:
    """Tell of one poster, rounded down: to fives, as it is stored, and large numbers to tens."""
    year, number = month.split("-")
    return Term(
        "desk-poster",
        {"name": name, "month": f"{number}/{year}", "count": many if many < ROUGH else many // 10 * 10},
    )


def _counted(found: Counter[str]) -> tuple[Word, ...]:
    return tuple(_row(Term(key), many) for key, many in found.most_common())


def _row(name: Term | str, many: int) -> Term:
    return Term("desk-count", {"name": name, "count": many})


def _nothing(_tx: Connection) -> Collection[str]:
    return ()
