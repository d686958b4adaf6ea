"""What a story already answers is not asked again: it is read back once, and can be changed before sending."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from handlers.answers import Answer, Dated, Draft, Located, Picked, WhichMoment, WhichPlace, Words
from handlers.messages import Say, Term, Word
from handlers.moments import Ask, Moment, read
from handlers.people import Person
from handlers.places import Found
from handlers.review import summed_up
from handlers.scene import Fresh
from handlers.spoken import listed
from handlers.understand import Understood, understand

MOST_PLACES = 5
_SHORT = 6  # words: a moment and no more
_FILLERS = listed("hari hr tanggal tgl jam jm pukul pkl pas waktu kejadiannya sekitar kira kak min pak bu ya kok itu")
_CORRECTS = re.compile(r"\s*(?:eh|ralat|koreksi|maaf|salah|bukan|keliru|sorry|correction|no,|not)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:bukan|bkn|not)\s+(?:(?!\b(?:tapi|tetapi|melainkan|but)\b)[^,.;])+", re.IGNORECASE)


def hear(before: Draft, after: Draft, fresh: Fresh) -> Draft:
    """Take from what was added to the story whatever answers a question that nobody has answered yet.

    Of the words for who and where only the time counts: an office there is not yet where it happened.
    """
    heard = take(after, _text(after)[len(_text(before)) :], fresh)
    for name in ("who", "where"):
        if heard["when"] is None and (words := _own(after[name])) and words != _own(before[name]):
            heard = _take_time(heard, name, words, fresh)
    return heard


def _take_time(draft: Draft, beside: str, words: str, fresh: Fresh) -> Draft:
    """Hear "di aula, kemarin sore"; "kemarin" alone is no place that nobody knows, but when it was."""
    when = _moment(read(words, fresh.now, fresh.scene.holidays))
    if when is None:
        return draft
    unshown = (*draft.unshown, "when")
    if draft[beside] == WhichPlace(words) and _is_only_time(words, fresh):
        return replace(draft.drop(beside).put("when", replace(when, words=words)), unshown=unshown)
    return replace(draft.put("when", when), unshown=unshown)


def _is_only_time(text: str, fresh: Fresh) -> bool:
    """Whether each word says when; "lapangan 17 agustus" has one that does not."""

    def reading(*words: str) -> Moment | Ask | None:
        return read(" ".join(words), fresh.now, fresh.scene.holidays)

    said = text.split()
    telling = (
        word.lower() in _FILLERS or reading(word) or reading(*said[:at], *said[at + 1 :]) != reading(*said)
        for at, word in enumerate(said)
    )
    return len(said) <= _SHORT and all(telling)


def take(draft: Draft, words: str, fresh: Fresh) -> Draft:
    """Take from some words of the story whatever answers a question that nobody has answered yet."""
    if not words.strip():
        return draft
    understood = understand(words, fresh.now, fresh.scene.places, draft.hint, fresh.scene.holidays)
    found = tuple((name, answer) for name, answer in _answers(understood) if draft[name] is None)
    return replace(draft.told(found), unshown=(*draft.unshown, *(name for name, _ in found)), misses=draft.misses)


def correct(draft: Draft, text: str, fresh: Fresh) -> Draft | None:
    """Take "eh bukan kemarin, jumat" for what it is: other answers to questions long past. None where it is not."""
    if not _CORRECTS.match(text):
        return None
    understood = understand(_DENIED.sub(" ", text), fresh.now, fresh.scene.places, draft.hint, fresh.scene.holidays)
    other = tuple((name, answer) for name, answer in _answers(understood) if draft[name] not in {None, answer})
    if not other:
        return None
    told = draft.told((draft.told_more(text), *other))
    return replace(told, unshown=(*draft.unshown, *(name for name, _ in other)))


def _own(answer: Answer | None) -> str:
    match answer:
        case Words(text=words) | Located(words=words) | WhichPlace(words=words):
            return words
        case _:
            return ""


def _text(draft: Draft) -> str:
    story = draft["story"]
    return story.text if isinstance(story, Words) else ""


def _answers(understood: Understood) -> Iterator[tuple[str, Answer]]:
    if understood.category:
        yield "what", Picked(understood.category)
    posts = {person.post for person in understood.who if person.post}
    if len(posts) == 1:
        yield "post", Picked(posts.pop())
    if said := "; ".join(filter(None, map(_called, understood.who))):
        yield "who", Words(said)
    if understood.where:
        yield "where", _place(understood.where)
    if when := _moment(understood.when):
        yield "when", when


def _called(person: Person) -> str:
    """Say who it is; a title alone ("lurah") is anybody."""
    known = person.name or person.office
    return ", ".join(filter(None, (person.title, person.name, person.office))) if known else ""


def _place(found: Found) -> Answer:
    """The person's own words for it stand in the story."""
    if found.sure:
        return Located(found.matches[0].code)
    return WhichPlace("", tuple(match.code for match in found.matches[:MOST_PLACES]))


def _moment(when: Moment | Ask | None) -> Dated | WhichMoment | None:
    match when:
        case Moment(kind="unknown"):
            return None
        case Moment():
            return Dated(when)
        case Ask(options=options) if options:
            return WhichMoment("", options)
        case _:
            return None


def readback(names: Iterable[str], draft: Draft, fresh: Fresh, question: Say, left: int) -> Say:
    """Say what was heard, and in the same bubble what is asked now."""
    fields = dict.fromkeys(names)
    lines = tuple(
        Term("heard-line", {"field": Term(f"field-{name}"), "value": summed_up(name, draft, fresh)})
        for name in fields
        if not isinstance(draft[name], WhichPlace | WhichMoment)
    )
    if not lines:
        return question
    words: dict[str, Word] = {"lines": lines, "left": left, "question": Term(question.key, question.words)}
    return Say("heard", words, question.options)
