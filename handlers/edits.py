"""A message that is edited or taken back while its report is open: what it had told is told anew, or no more."""

from collections.abc import Iterator

from msgspec.structs import replace

from handlers import rest
from handlers.answers import Answer, Draft, Gathered, Part, Words
from handlers.dialogue import LONGEST, MOST_WORDS, Turn
from handlers.effects import Discard, Effect
from handlers.files import FILES, missing
from handlers.heard import take
from handlers.keywords import chosen
from handlers.messages import Chose, Incoming, Said, Say, Sent
from handlers.report import REPORT
from handlers.scene import Fresh
from handlers.standing import start
from handlers.steps import Refused, Step, Told

# So many messages of one report are followed; what is older stays as it was told.
FOLLOWED = 200
STORY, HELD = "story", "held"
_NOT_TOLD = frozenset({"notice", "send", FILES})


def noted(before: Draft, after: Draft, incoming: Incoming, fresh: Fresh) -> Draft:
    """Remember what a message told, while its report is open; what is told anew is no longer an older one's."""
    if not rest.unsent(after):
        return replace(after, parts=())
    changed = _changed(before, after)
    parts = tuple(replace(part, names=_without(part.names, changed)) for part in after.parts)
    if fresh.message and (part := _part(incoming, changed, fresh.message[0])):
        parts = (*parts, part)[-FOLLOWED:]
    return replace(after, parts=parts)


def turn(draft: Draft, text: str, fresh: Fresh) -> Turn:
    """Follow an edited message as long as its report is open; "" where it was taken back."""
    if not rest.unsent(draft):
        return Turn(draft, (rest.ASK,) if draft.aside in rest.ASIDES else _too_late(draft, text, fresh))
    if len(text) > LONGEST or draft.length + len(text) > MOST_WORDS:
        return Turn(draft, (Say("too-long", {"most": LONGEST}),))
    followed = _follow(draft, text, fresh)
    if followed is None and not text:
        return Turn(draft)
    if draft.aside in rest.ASIDES:
        return rest.keep(draft, text) if followed is None else Turn(followed, (rest.ASK,), _dropped(draft, followed))
    if followed is None:
        return Turn(draft, (Say("edit-late", options=start(draft, fresh).says[-1].options),))
    asked = start(followed, fresh)
    if asked.says == start(draft, fresh).says or asked.says[-1].key.startswith("notice"):
        asked = Turn(asked.draft, (Say("edit-noted" if text else "edit-gone", options=asked.says[-1].options),))
    return Turn(asked.draft, asked.says, _dropped(draft, followed))


def _too_late(draft: Draft, text: str, fresh: Fresh) -> tuple[Say, ...]:
    """Say what still can be done. Whoever takes messages back one by one is not answered each time."""
    if not text:
        return ()
    if draft.session:
        return (Say("edit-late"),)
    return (Say("edit-sent"),) if draft.receipt else start(draft, fresh).says


def _dropped(before: Draft, after: Draft) -> tuple[Effect, ...]:
    return tuple(Discard(item) for item in missing(before.files, after.files))


def _follow(draft: Draft, text: str, fresh: Fresh) -> Draft | None:
    """Tell anew what this message had told; without text it is taken back. None where nobody knows what it was."""
    part = next((one for one in reversed(draft.parts) if one.mark in fresh.message), None)
    if part is None:
        return None
    told = _held(draft, part, text) or _told(draft, part, text, fresh)
    if told is None:
        return None
    now = replace(part, text=text, names=_changed(draft.drop(*_answered(part)), told))
    parts = tuple(now if one is part else one for one in draft.parts)
    return replace(told, parts=parts if text else tuple(one for one in parts if one is not now))


def _part(incoming: Incoming, changed: tuple[str, ...], mark: str) -> Part | None:
    match incoming:
        case Said(text) if changed:
            return Part(mark, text, changed)
        case Chose() if changed:  # a label that was typed
            return Part(mark, "", changed)
        case Sent(item, caption=caption):
            return Part(mark, caption, changed, item)
        case _:
            return None


def _changed(before: Draft, after: Draft) -> tuple[str, ...]:
    names = dict.fromkeys(name for name, _ in (*before.answers, *after.answers) if name not in _NOT_TOLD)
    held = (HELD,) if before.held != after.held and after.held else ()
    return (*(name for name in names if before[name] != after[name]), *held)


def _without(names: tuple[str, ...], changed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in {STORY, HELD} or name not in changed)


def _answered(part: Part) -> Iterator[str]:
    return (name for name in part.names if name not in {STORY, HELD})


def _held(draft: Draft, part: Part, text: str) -> Draft | None:
    """Change what waits to be heard."""
    if not part.text or part.text not in draft.held:
        return None
    at = draft.held.index(part.text)
    return replace(draft, held=(*draft.held[:at], *((text,) if text else ()), *draft.held[at + 1 :]))


def _told(draft: Draft, part: Part, text: str, fresh: Fresh) -> Draft | None:
    opened = _without_file(draft.drop(*_answered(part)), part, text)
    story = f"\n{_text(opened)}\n"
    if part.text and f"\n{part.text}\n" in story:
        told = _retold(opened, _joined(story.replace(f"\n{part.text}\n", f"\n{text}\n", 1)))
    elif part.item:
        told = opened.put(*opened.told_more(text)) if text else opened
    else:
        return _reanswered(opened, part, text, fresh)
    return _shown(opened, take(told, text, fresh))


def _without_file(draft: Draft, part: Part, text: str) -> Draft:
    if text or not part.item or not draft.files.items:
        return draft
    files = draft.files
    return draft.put(FILES, Gathered(tuple(one for one in files.items if one.id != part.item), files.done))


def _reanswered(opened: Draft, part: Part, text: str, fresh: Fresh) -> Draft | None:
    """Answer the question again that this message had answered."""
    step = next((one for one in REPORT.steps if one.name in part.names), None)
    if step is None or not text:
        return opened if step else None
    told = opened.told(_reading(step, opened, text, fresh))
    return _shown(opened, REPORT.hear(opened, told, fresh))


def _reading(step: Step, draft: Draft, text: str, fresh: Fresh) -> tuple[tuple[str, Answer], ...]:
    match step.read(chosen(Said(text), step.ask(draft, fresh)), draft, fresh):
        case Told(answers) | Refused(kept=answers):
            return answers
        case _:
            return ()


def _shown(before: Draft, after: Draft) -> Draft:
    """Have read back what is told now."""
    names = tuple(name for name in _changed(before, after) if name not in {STORY, HELD} and after[name] is not None)
    return replace(after, unshown=tuple(dict.fromkeys((*after.unshown, *names))))


def _text(draft: Draft) -> str:
    story = draft[STORY]
    return story.text if isinstance(story, Words) else ""


def _retold(draft: Draft, text: str) -> Draft:
    return draft.put(STORY, Words(text)) if text else draft.drop(STORY)


def _joined(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())
