"""What stands in a dossier: the tip in the order of Bawaslu's form, the clocks, and what officers did.

A dossier is an Indonesian office's paper, whatever language the deployment speaks.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import Connection

from bot import letters, transcripts
from bot.data import tables
from bot.data.tables import Rule
from bot.desk import Desk
from bot.reading import Reading
from bot.render import moment, resolve, said
from bot.whole import Opened
from handlers.desk import clock
from handlers.messages import Term, Word
from handlers.moments import Moment
from handlers.places import Places
from handlers.status import Status
from handlers.tip import Tip
from locales import catalogue
from storage.ledger import Entry, entries

WORDS = catalogue("id")
NOTHING = "tidak disebut"
REMEMBERED = " (perlu diperiksa)"
STATUSES = frozenset(status.value for status in Status)
# What officers do, as the form says it; a legal code or a reason follows where there is one.
DEEDS: Mapping[str, str] = {
    "taken": "diambil", "released": "dilepas", "opened": "dibuka", "noted": "catatan ditulis", "undone": "dibatalkan",
    "asked": "pertanyaan dikirim ke pelapor", "transcribed": "suara ditulis",
    "question-written": "pertanyaan menunggu setuju",
    "question-refused": "pertanyaan tidak dikirim", "linked": "dihubungkan dengan laporan lain",
    "unlinked": "hubungan dilepas", "exported": "berkas diekspor", "tag": "kode hukum", "sanction": "sanksi dicatat",
    "reopened": "dibuka lagi", "excluded": "petugas dikecualikan", "reassigned": "dialihkan",
}  # fmt: skip


class Case(Struct, frozen=True):
    """A dossier before its evidence is read; `sheet` is what the paper says, by the names its template uses."""

    opened: Opened
    sheet: dict[str, object]


def read(desk: Desk, tx: Connection, tip: str, reading: Reading) -> Case:
    """Gather a case as things stand now. Raises Gone, Sealed."""
    opened, room = reading.opened(tx, tip), desk.notes.room(tx)
    events, today = entries(tx, tip), desk.clock().date()
    sheet: dict[str, object] = {
        "office": desk.title or desk.name,
        "reference": opened.card.reference,
        "day": _day(today),
        "accused": _accused(opened.tip),
        "event": _event(opened.tip, reading.places),
        "story": _story(opened),
        "letters": [_text(line) for line in letters.thread(opened.card, opened.replies)],
        "codes": [_rule(rule) for rule in _rules(opened)],
        "tagged": bool(opened.card.codes),
        "clocks": _clocks(desk, opened, today),
        "history": _history(opened, events),
        "audit": [[_day(one.day), one.officer, _deed(one.action), one.link[:16]] for one in events],
        "anchor": [room.length, room.head.hex()[:16]],
        "recused": [desk.offices[name].title for name in opened.card.barred or () if name in desk.offices],
    }
    return Case(opened, sheet)


def _text(word: Word) -> str:
    return str(resolve({"it": word}, WORDS)["it"])


def _day(day: date) -> str:
    return WORDS.say("moment-day", {"day": day})


def _moment(when: Moment | None, otherwise: str = "") -> str:
    return moment(when, WORDS) if when else otherwise or NOTHING


def _accused(tip: Tip) -> list[list[str]]:
    post = said(f"post-{tip.post}", {}, WORDS) if tip.post else NOTHING
    return [["Nama atau ciri", tip.who or NOTHING], ["Jabatan atau instansi", post]]


def _event(tip: Tip, places: Places) -> list[list[str]]:
    named = " · ".join(part for part in (places.named(tip.place) if tip.place else "", tip.place_words) if part)
    where = said("where-online", {}, WORDS) if tip.online else named
    return [
        ["Peristiwa", said(f"what-{tip.what}", {}, WORDS)],
        ["Tempat kejadian", where or NOTHING],
        ["Waktu kejadian", _moment(tip.when, tip.when_words)],
        ["Diketahui pelapor", _moment(tip.known or tip.when)],
        *([["Keterlibatan kantor pembaca", said(f"conflict-{tip.conflict}", {}, WORDS)]] if tip.conflict else []),
        *([_text(Term(f"field-{one.of}")), _text(one.text or Term(f"{one.of}-{one.value}"))] for one in tip.more),
    ]


def _story(opened: Opened) -> list[str]:
    told = (opened.tip.story, *(_text(one) for one in transcripts.said(opened.card, opened.spoken)))
    return [line for text in told for line in text.splitlines() if line.strip()]


def _rules(opened: Opened) -> Sequence[Rule]:
    """Name the codes that officers tagged, or else those that the kind of event suggests."""
    table = tables.violations()
    codes = opened.card.codes or next((one.legal_codes for one in table.menu if one.id == opened.tip.what), ())
    return [rule for rule in table.legal if rule.code in codes]


def _rule(rule: Rule) -> list[str]:
    doubt = "" if rule.confidence.startswith("V") else REMEMBERED
    return [rule.code, rule.label_id, rule.rule + doubt, rule.sanction]


def _clocks(desk: Desk, opened: Opened, today: date) -> list[list[str]]:
    card, rules = opened.card, desk.deadlines
    known = card.known or card.day
    rows = [["Diketahui", _day(known)], ["Masuk", _day(card.day)], ["Hari ini", _text(clock(card, today, rules))]]
    if rules.report and not rules.working:
        last = known + timedelta(days=rules.report)
        rows.append(["Batas laporan resmi", f"{_day(last)} ({rules.report} hari)"])
    elif rules.report:
        rows.append(["Batas laporan resmi", f"{rules.report} hari kerja sejak diketahui"])
    return [*rows, *([["Dasar", rules.rule]] if rules.report else [])]


def _history(opened: Opened, events: Sequence[Entry]) -> list[list[str]]:
    """Say how its status went, the last one as it stands now."""
    moves = [(one.day, one.action.partition(" ")[0]) for one in events if one.action.partition(" ")[0] in STATUSES]
    rows = [[_day(opened.card.day), said("desk-status-received", {}, WORDS)]]
    rows += [[_day(day), said(f"desk-status-{status}", {}, WORDS)] for day, status in moves]
    if opened.card.sanction:
        rows.append(["Sanksi", said(f"desk-sanction-{opened.card.sanction}", {}, WORDS)])
    return rows


def _deed(action: str) -> str:
    """Say what an event of the audit was; one that has no words here stays as the chain has it."""
    name, _, about = action.partition(" ")
    if name in STATUSES:
        return f"status: {said(f'desk-status-{name}', {}, WORDS)}"
    kind, _, detail = name.partition("-")
    deed = DEEDS.get(name) or DEEDS.get(kind)
    if deed is None:
        return action
    more = about or (detail if name not in DEEDS else "")
    return " ".join(filter(None, (deed, more.upper() if kind == "tag" else _reason(kind, more))))


def _reason(kind: str, name: str) -> str:
    match kind:
        case "sanction" if name:
            return said(f"desk-sanction-{name}", {}, WORDS)
        case "reopened" if name:
            return said(f"desk-reopen-{name}", {}, WORDS)
        case _:
            return name
