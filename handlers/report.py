"""The report itself: what, who, where, when, evidence. Add a question by adding a line."""

from collections.abc import Iterator

from handlers.answers import Answer, Dated, Draft, Located, Picked, Words
from handlers.dialogue import Dialogue, Ear
from handlers.disclosure import Disclosure
from handlers.files import Evidence, Taken, Voice, has_sound, has_time, kept_time
from handlers.heard import correct, hear, readback
from handlers.moments import Moment
from handlers.review import Review
from handlers.scene import Fresh
from handlers.steps import Choice, Place, Story, Text, When
from handlers.tip import Enclosure, More, Tip

# A formal report binds within seven days of knowing (the articles stand in bot/data/deadlines.json, with the day they
# were checked), so an older event needs the day on which it became known.
FORMAL_DAYS = 7


def is_old(draft: Draft, fresh: Fresh) -> bool:
    """Whether the event lies further back than a formal report may reach."""
    match draft["when"]:
        case Dated(Moment(last=last)):
            return (fresh.now.date() - last).days > FORMAL_DAYS
        case _:
            return False


def may_conflict(_draft: Draft, fresh: Fresh) -> bool:
    return fresh.scene.may_conflict


WHAT = Choice(
    name="what",
    values=(
        "medsos", "kampanye", "ajakan", "fasilitas", "uang", "apk", "simbol", "partai", "jabatan", "lain",
    ),
    other="lain",
)  # fmt: skip

QUESTIONS = (
    Voice(name="voice", part_of="evidence", asked_if=has_sound),
    Story(name="story", of=WHAT),
    WHAT,
    Choice(
        name="post",
        values=("head", "district", "school", "official", "staff", "village", "forces", "unknown"),
        other="unknown",
    ),
    Text(name="who"),
    Place(name="where"),
    When(name="when", live=True),
    When(name="known", asked_if=is_old),
    Evidence(name="evidence"),
    Taken(name="taken", part_of="evidence", asked_if=has_time),
    Choice(
        name="conflict",
        values=("no", "yes", "unknown"),
        other="unknown",
        names_office=True,
        asked_if=may_conflict,
    ),
    Disclosure(name="disclosure", part_of="story"),
)

# These have fields of their own in a tip, and lines wherever it is read; every other answer is told below them.
PLACED = frozenset({"story", "what", "post", "who", "where", "when", "known", "evidence", "conflict"})
MORE = tuple(step.name for step in QUESTIONS if not step.part_of and step.name not in PLACED)

REPORT = Dialogue("report", (*QUESTIONS, Review(name="send", steps=QUESTIONS, more=MORE)), Ear(hear, correct, readback))


def tip(draft: Draft, fresh: Fresh) -> Tip:
    """Make the tip of a finished draft."""
    where, when = draft["where"], draft["when"]
    known = draft["known"] if is_old(draft, fresh) else None
    return Tip(
        id=fresh.tip,
        day=fresh.now.date(),
        what=_picked(draft["what"]),
        post=_picked(draft["post"]),
        who=_words(draft["who"]),
        place=where.code if isinstance(where, Located) else "",
        place_words=where.words if isinstance(where, Located) else "",
        online=isinstance(where, Picked),
        when=when.moment if isinstance(when, Dated) else None,
        when_words=when.words if isinstance(when, Dated) else "",
        live=isinstance(when, Dated) and when.live,
        known=known.moment if isinstance(known, Dated) else None,
        story=_words(draft["story"]),
        conflict=_picked(draft["conflict"]),
        more=tuple(_more(draft)),
        recused=fresh.scene.recused,
        enclosures=tuple(Enclosure(item.id, item.kind, item.key, kept_time(item, draft)) for item in draft.files.held),
    )


def _more(draft: Draft) -> Iterator[More]:
    for name in MORE:
        match draft[name]:
            case Words(text):
                yield More(name, text=text)
            case Picked(value):
                yield More(name, value=value)
            case _:
                continue


def _picked(answer: Answer | None) -> str:
    return answer.value if isinstance(answer, Picked) else ""


def _words(answer: Answer | None) -> str:
    return answer.text if isinstance(answer, Words) else ""
