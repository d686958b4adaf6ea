"""People and places for the tests of words: a town, drafts half written and finished, and a ticket come back."""

from datetime import date, datetime, timedelta, timezone

from bot.channels.base import Limits
from bot.channels.whatsapp import LIMITS as WHATSAPP
from bot.data import tables
from handlers.answers import (
    Answer,
    Changing,
    Dated,
    Draft,
    Fate,
    Gathered,
    Item,
    Located,
    Picked,
    Receipt,
    Skipped,
    WhichMoment,
    WhichPlace,
    Words,
)
from handlers.messages import Kind
from handlers.moments import Moment
from handlers.scene import Fresh, Line, Scene, Timeline
from handlers.status import Status
from handlers.ticket import ALPHABET, spell

# As bot/channels/telegram.py has them; importing that file would load aiogram.
TELEGRAM = Limits(buttons=12, label=64, rows=0, row_label=0, row_about=0, text=4000, text_with_buttons=4000, columns=2)
CHANNELS = {"Telegram": TELEGRAM, "WhatsApp": WHATSAPP}
NOW = datetime(2026, 11, 18, 14, 30, tzinfo=timezone(timedelta(hours=7)))
FRIDAY = date(2026, 11, 13)
AT_NINE = Moment("time", FRIDAY, FRIDAY, time="09:00", part="pagi", zone="WIB", about=True)
DAYS = (Moment("day", FRIDAY, FRIDAY), Moment("range", date(2026, 11, 9), date(2026, 11, 15)))
DISTRICT, WARD = "62.71.01", "62.71.01.1001"
CODE = spell([ALPHABET.index(symbol) for symbol in "7KQ2M9XT0CVB4RH"])
OFFICE = "Bawaslu Kota Palangka Raya"


def fresh(channel: str = "Telegram", *, looked: Timeline | None = None, withdrawable: bool = True) -> Fresh:
    scene = Scene(tables.places(), channel, OFFICE, may_conflict=True, erasable=channel == "Telegram", most_files=20)
    return Fresh(
        NOW,
        scene,
        key="key",
        ticket=CODE,
        tip="tip",
        card="card",
        withdrawable=withdrawable,
        looked=looked,
    )


def files(*fates: Fate, done: bool = False) -> Gathered:
    return Gathered(tuple(Item(str(place), Kind.IMAGE, "key", fate) for place, fate in enumerate(fates)), done)


TIMED = Item("timed", Kind.IMAGE, "key", Fate.KEPT, "2026-11-13T09:15")
SPOKEN = Item("spoken", Kind.VOICE, "key", Fate.KEPT)


def draft(**answers: Answer) -> Draft:
    return Draft(answers=(("notice", Picked("go")), *answers.items()))


FINISHED: dict[str, Answer] = {
    "story": Words("panjang " * 29 + "selesai."),
    "what": Picked("jabatan"),
    "post": Picked("school"),
    "who": Words("Kepala dinas yang baru dilantik, namanya tidak saya tahu pasti"),
    "where": Located(WARD, "di aula belakang kantor kelurahan, dekat pasar besar"),
    "when": Dated(AT_NINE, "jumat jam 9an pagi", live=True),
    "known": Dated(DAYS[0], "kemarin"),
    "evidence": Gathered((*files(*[Fate.KEPT] * 12).items, TIMED, SPOKEN), done=True),
    "taken": Picked("yes"),
    "voice": Picked("yes"),
    "conflict": Picked("unknown"),
}
LONG = {**FINISHED, "story": Words("panjang " * 300 + "selesai.")}
NOTHING: dict[str, Answer] = {**dict.fromkeys(FINISHED, Skipped()), "evidence": Gathered(done=True)}
OLD = Dated(Moment("day", date(2026, 11, 2), date(2026, 11, 2)))


def up_to(name: str, **answers: Answer) -> Draft:
    """Answer every question before the named one."""
    before = list(FINISHED)[: list(FINISHED).index(name)]
    return draft(**{**{known: FINISHED[known] for known in before}, **answers})


# One draft for every prompt that the report can show.
OPEN: dict[str, Draft] = {
    "voice": draft(evidence=Gathered((SPOKEN,))),
    "story": draft(),
    "story, after a photo": draft(evidence=files(Fate.KEPT)),
    "what": up_to("what"),
    "post": up_to("post"),
    "who": up_to("who"),
    "where": up_to("where"),
    "where, several": up_to("where", where=WhichPlace("pahandut", (DISTRICT, WARD))),
    "where, none": up_to("where", where=WhichPlace("warung bu siti")),
    "when": up_to("when"),
    "when, several": up_to("when", when=WhichMoment("minggu kemarin", DAYS)),
    "known": up_to("when", when=OLD),
    "evidence": up_to("evidence"),
    "evidence, one here": up_to("evidence", evidence=files(Fate.KEPT)),
    "evidence, some here": up_to("evidence", evidence=files(Fate.KEPT, Fate.COMING)),
    "taken": up_to("taken", evidence=Gathered((TIMED,), done=True)),
    "conflict": up_to("conflict"),
    "disclosure": draft(**{**FINISHED, "story": Words("nama saya Budi, hp 0812-0000-0000")}),
    "send": draft(**FINISHED),
    "send, nothing said": draft(**NOTHING),
    "send, long": draft(**LONG),
    "send, changing": draft(**{**FINISHED, "when": OLD}, send=Changing()),
}
SENT = Draft(receipt=Receipt("tip", "card")).put("notice", Picked("go"))
COME_BACK = Timeline(
    "tip",
    "key",
    Status.TRACING,
    pushed=True,
    closed=False,
    lines=(
        Line("status-received", FRIDAY),
        Line("desk-asks", date(2026, 11, 16), "Jam berapa kejadiannya?"),
        Line("status-tracing", date(2026, 11, 17)),
    ),
)
