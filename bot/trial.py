"""`saksi try`: what the bot understands of some words, for people who tune the names of their town. Keeps nothing."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import render
from bot.data import tables
from bot.settings import SettingsError
from bot.zones import WESTERN, Zone
from handlers import moments, self_disclosure
from handlers.answers import Draft, is_open
from handlers.moments import Ask, Moment
from handlers.people import Person
from handlers.places import Found, Places
from handlers.report import REPORT
from handlers.scene import Fresh, Scene
from handlers.understand import understand
from locales import catalogue

KINDS = ("tip", "moment", "place", "disclosure")
# The questions that a story may answer, as handlers/report.py names them.
SLOTS = ("what", "post", "who", "where", "when")

Json = dict[str, Any]


def results(words: tuple[str, ...], lines: Iterable[str], now: datetime, places: Places, within: str) -> Iterator[Json]:
    """Understand the words, or each line where the last word is "-". Raises SettingsError.

    The first word may say what to look for, one of KINDS; "tip", the default, is everything.
    """
    kind, *rest = words if len(words) > 1 and words[0] in KINDS else ("tip", *words)
    if not any(word.strip() for word in rest):
        raise SettingsError('say what to understand, such as: saksi try "kemarin lurah bagi beras"')
    if within and not places.knows(within):
        raise SettingsError(f"--within: {within} is not in the table of places")
    read = _READERS[kind]
    texts = (line.rstrip("\r\n") for line in lines) if rest == ["-"] else (" ".join(rest),)
    return ({"text": text, **read(text, now, places, within)} for text in texts)


def moment_of(now: str, zone: Zone = WESTERN) -> datetime:
    """Read the --now option; without one it is now where the deployment is. Raises SettingsError."""
    try:
        at = datetime.fromisoformat(now) if now else datetime.now(ZoneInfo(zone))
    except ValueError:
        raise SettingsError(f"--now: {now!r} is no time; it should look like 2026-11-18T14:30") from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def read_places(path: Path | None) -> Places:
    """Read a deployment's table, or the pilots'. Raises SettingsError."""
    try:
        places = tables.places(path)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
    except (KeyError, ValueError) as error:
        raise SettingsError(f"{path} is no table of places ({error}); make one with: saksi places import") from None
    return places


def _tip(text: str, now: datetime, places: Places, within: str) -> Json:
    found = understand(text, now, places, within, tables.holidays())
    return {
        "what": found.category,
        "categories": list(found.categories),
        "who": [_person(one) for one in found.who],
        "where": _found(found.where) if found.where else None,
        "when": _moment(found.when) if found.when else None,
        "links": list(found.links),
        "ask": _asked(text, now, places, within),
    }


def _asked(text: str, now: datetime, places: Places, within: str) -> list[str]:
    """Name the questions that the conversation would still ask after this message."""
    before = Draft(hint=within)
    scene = Scene(places, "", "", holidays=tables.holidays())
    heard = REPORT.hear(before, before.put(*before.told_more(text)), Fresh(now, scene))
    return [slot for slot in SLOTS if is_open(heard[slot])]


def _moment_alone(text: str, now: datetime, _places: Places, _within: str) -> Json:
    found = moments.read(text, now, tables.holidays())
    return _moment(found) if found else {"kind": None}


def _place_alone(text: str, _now: datetime, places: Places, within: str) -> Json:
    found = places.find(text, within)
    return _found(found) if found else {"matches": [], "sure": False}


def _disclosure(text: str, _now: datetime, _places: Places, _within: str) -> Json:
    spans = self_disclosure.find(text)
    return {"spans": [{"start": span.start, "end": span.end, "kind": span.kind} for span in spans]}


_READERS: Mapping[str, Callable[[str, datetime, Places, str], Json]] = {
    "tip": _tip,
    "moment": _moment_alone,
    "place": _place_alone,
    "disclosure": _disclosure,
}


def _person(one: Person) -> Json:
    return {"post": one.post, "title": one.title, "name": one.name, "office": one.office}


def _found(found: Found) -> Json:
    matches = [{"code": one.code, "name": one.name, "score": round(one.score, 3)} for one in found.matches]
    return {"matches": matches, "sure": found.sure}


def _moment(found: Moment | Ask) -> Json:
    if isinstance(found, Ask):
        return {"kind": "ask", "options": [_moment(one) for one in found.options]}
    return {
        "kind": found.kind,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "time": found.time,
        "part": found.part,
        "said": render.moment(found, catalogue("id")),
    }


# --- for people -----------------------------------------------------------------------------------------------------


def told(result: Json) -> Iterator[str]:
    """Say a result in plain lines."""
    rest = {key: value for key, value in result.items() if key != "text"}
    if "spans" in rest:
        yield from _spans(result["text"], rest["spans"])
    elif "matches" in rest:
        yield f"where  {_told_place(rest)}"
    elif "categories" in rest:
        yield from _told_tip(rest)
    else:
        yield f"when   {_told_moment(rest)}"


def _told_tip(tip: Json) -> Iterator[str]:
    names = [f"{name} ({catalogue('id').say(f'what-{name}')})" for name in tip["categories"]]
    yield f"what   {names[0] if tip['what'] else _doubtful(names)}"
    yield from (f"who    {_told_person(one)}" for one in tip["who"] or [{}])
    yield f"where  {_told_place(tip['where'] or {'matches': []})}"
    yield f"when   {_told_moment(tip['when'] or {'kind': None})}"
    if tip["links"]:
        yield f"links  {', '.join(tip['links'])}"
    yield f"asked  {', '.join(tip['ask']) or 'nothing more'}"


def _doubtful(names: list[str]) -> str:
    return f"asked: {' or '.join(names)}" if names else "-"


def _told_person(one: Json) -> str:
    post = f"{catalogue('id').say('post-' + one['post'])}:" if one.get("post") else ""
    return " ".join(filter(None, (post, one.get("title"), one.get("name"), one.get("office")))) or "-"


def _told_place(place: Json) -> str:
    names = [f"{one['code']} {one['name']} ({one['score']:.2f})" for one in place["matches"]]
    return names[0] if place.get("sure") else _doubtful(names)


def _told_moment(moment: Json) -> str:
    match moment["kind"]:
        case None:
            return "-"
        case "ask":
            return _doubtful([one["said"] for one in moment["options"]]) if moment["options"] else "asked"
        case _:
            return str(moment["said"])


def _spans(text: str, spans: list[Json]) -> Iterator[str]:
    for span in spans:
        yield f"{span['kind']:<10} {text[span['start'] : span['end']]}"
    if not spans:
        yield "nothing that shows who wrote it"


def as_json(result: Json) -> str:
    return json.dumps(result, ensure_ascii=False)
