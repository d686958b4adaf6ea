"""What civil servants may and may not do, to be read without reporting anything: a page, and a card a category."""

from handlers.messages import Fact, Known, Option, Say, Term, Word
from handlers.report import WHAT

# "Lainnya" stands for no rule, and with the way on below, nine cards fill the ten rows of WhatsApp's list.
CATEGORIES = tuple(value for value in WHAT.values if value != WHAT.other)
ALL = "all"
# What a draft remembers while the rules are the newest thing in the chat.
ASIDE = "rules"
OPEN = Option("rules", ALL, "rules-open")
MORE = Option("rules", ALL, "rules-more")


def read(value: str, onward: Option) -> Say:
    """Show the card of a category, or the page that leads to all of them; `onward` is the way back."""
    return _card(value, onward) if value in CATEGORIES else _page(onward)


def _page(onward: Option) -> Say:
    cards = tuple(Option("rules", value, f"what-{value}") for value in CATEGORIES)
    return Say("rules", {"checked": Known(Fact.CHECKED)}, (*cards, onward))


def _card(category: str, onward: Option) -> Say:
    words: dict[str, Word] = {
        "title": Term(f"what-{category}"),
        "card": Term(f"rule-{category}"),
        "after": Known(Fact.AFTER, category),
        "laws": Known(Fact.LAWS, category),
        "checked": Known(Fact.CHECKED),
    }
    return Say("rule-card", words, (onward, MORE))
