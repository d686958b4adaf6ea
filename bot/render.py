"""Put a `Say` into words that a given channel can show, and take typed words for the button they name."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.channels.base import Button, Limits, Shown
from bot.citations import known
from handlers.messages import Chose, Incoming, Known, Option, Said, Say, Term, Word
from handlers.moments import Moment
from locales import Catalogue, Value

# fluent.runtime refuses words of more than 2,500 characters (resolver.MAX_PART_LENGTH), and stories are longer:
# long ones are put in by us, where two characters of nobody's alphabet mark their place.
MOST_PLACED = 2000
_PLACED = re.compile("\ue000(.*?)\ue001")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def show(say: Say, words: Catalogue, limits: Limits) -> tuple[Shown, ...]:
    """Say it in as many bubbles as the channel needs; words are never cut, and buttons stand below the last."""
    text = said(say.key, say.words, words)
    options = _roomy(say.options, limits)
    buttons = tuple(_button(option, words) for option in options)
    if not buttons:
        return tuple(Shown(piece) for piece in pieces(text, limits.text))
    if len(buttons) <= limits.buttons and _fits(buttons, limits.label):
        return _below(text, limits, buttons=buttons)
    if len(buttons) <= limits.rows and _fits(buttons, limits.row_label):
        return _below(text, limits, rows=buttons, menu=words.say("choose"))
    lettered = (f"{letter}. {button.label}" for letter, button in zip(LETTERS, buttons, strict=False))
    lines = (text, "", *lettered, "", words.say("choose-letter"))
    return tuple(Shown(piece) for piece in pieces("\n".join(lines), limits.text))


def _roomy(options: Sequence[Option], limits: Limits) -> Sequence[Option]:
    """Leave minor options to typing where that saves the buttons from becoming a list."""
    main = [option for option in options if not option.minor]
    return main if len(options) > limits.buttons >= len(main) else options


def _button(option: Option, words: Catalogue) -> Button:
    about = words.say(f"{option.key}.about") if f"{option.key}.about" in words.keys else ""  # not a mapping
    return Button(f"{option.step}:{option.value}", label(option, words), about)


def label(option: Option, words: Catalogue) -> str:
    return said(option.key, option.words, words)


def _fits(buttons: Sequence[Button], most: int) -> bool:
    labels = [button.label for button in buttons]
    return max(map(len, labels)) <= most and len(set(labels)) == len(labels)


def _below(
    text: str,
    limits: Limits,
    *,
    buttons: tuple[Button, ...] = (),
    rows: tuple[Button, ...] = (),
    menu: str = "",
) -> tuple[Shown, ...]:
    *before, last = pieces(text, limits.text_with_buttons)
    return (*(Shown(piece) for piece in before), Shown(last, buttons, rows, menu))


def pieces(text: str, most: int) -> list[str]:
    """Cut a text between lines, or between words where a line alone is too long, into pieces of at most `most`."""
    cut: list[str] = []
    rest = text
    while len(rest) > most:
        # From the middle on, so that an early line break does not make a tiny bubble.
        ends = (rest.rfind(mark, most // 2, most + 1) for mark in ("\n", " "))
        end = next((end for end in ends if end > 0), most)
        cut.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    # Whitespace can be longer than a bubble; a bubble of nothing is refused by every channel.
    return [piece for piece in (*cut, rest) if piece] or [text]


def said(key: str, words: Mapping[str, Word], catalogue: Catalogue) -> str:
    """Say a key with all its words, however long they are. Raises BrokenCatalogue."""
    values = resolve(words, catalogue)
    long = {name: str(value) for name, value in values.items() if len(str(value)) > MOST_PLACED}
    text = catalogue.say(key, {**values, **{name: f"\ue000{name}\ue001" for name in long}})
    return _PLACED.sub(lambda found: long.get(found[1], ""), text)


def resolve(words: object, catalogue: Catalogue) -> dict[str, Value]:
    """Fill nested terms, moments and lists of lines in the reader's language."""
    return {name: _value(word, catalogue) for name, word in dict(words).items()}  # type: ignore[call-overload]  # a mapping of words


def _value(word: Word, catalogue: Catalogue) -> Value:
    match word:
        case Term(key, words):
            return said(key, words, catalogue)
        case Moment():
            return moment(word, catalogue)
        case Known():
            return known(word, catalogue)
        case tuple():
            return "\n".join(str(_value(line, catalogue)) for line in word)
        case _:
            return word


def moment(when: Moment, catalogue: Catalogue) -> str:
    """Say a moment in words: "Jumat, 13 November 2026, sekitar pukul 09.00 WIB"."""
    if when.kind == "unknown":
        return catalogue.say("moment-unknown")
    day = catalogue.say("moment-day", {"day": when.first})
    if when.first != when.last:
        day = catalogue.say("moment-range", {"first": when.first, "last": when.last})
    return ", ".join((day, *_hour(when, catalogue)))


def _hour(when: Moment, catalogue: Catalogue) -> Iterator[str]:
    if when.time:
        key = "moment-about" if when.about else "moment-time"
        yield catalogue.say(key, {"time": when.time.replace(":", "."), "zone": when.zone}).rstrip()
    elif when.part:
        yield catalogue.say(f"part-{when.part}")


def take(incoming: Incoming, prompt: Say, catalogue: Catalogue, limits: Limits | None = None) -> Incoming:
    """Take typed words for a press where they are the label of a button on offer, or the letter before it.

    With a channel's limits, letters count only where that channel shows them.
    """
    if not isinstance(incoming, Said):
        return incoming
    typed = incoming.text.strip().strip("[]().").casefold()
    lettered = len(typed) == 1 and (limits is None or _is_lettered(prompt, catalogue, limits))
    for letter, option in zip(LETTERS, prompt.options, strict=False):
        if typed == label(option, catalogue).casefold() or (lettered and typed == letter.casefold()):
            return Chose(option.step, option.value)
    return incoming


def take_any(incoming: Incoming, prompts: Sequence[Say], catalogue: Catalogue, limits: Limits) -> Incoming:
    """Take typed words for a press below the first of these prompts that they fit."""
    taken = (take(incoming, prompt, catalogue, limits) for prompt in prompts)
    return next((one for one in taken if isinstance(one, Chose)), incoming)


def _is_lettered(prompt: Say, catalogue: Catalogue, limits: Limits) -> bool:
    """Tell whether a prompt's choices stand in its text, by letters. Only then is "b" a choice and not a word."""
    last = show(prompt, catalogue, limits)[-1]
    return bool(prompt.options) and not last.buttons and not last.rows
