"""Says what the table of violations knows: which laws a category rests on, what may come after, and since when.

Only what was verified is said to the public: a rule that was remembered, or a part of one marked (R), stays in the
table for officers and lawyers.
"""

import re
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from bot.data import tables
from bot.data.tables import Rule
from handlers.messages import Fact, Known
from locales import Catalogue, Value

VERIFIED, REMEMBERED = "V", "R"
# From the mildest to the hardest, with the mark in the table by which each is known.
SANCTIONS = {"moral": "moral", "medium": "sedang", "severe": "berat", "dismissal": "ptdh", "crime": "pidana"}
_LAW = re.compile(r"(?:UU|PP) \d+/\d{4}")
_ARTICLE = re.compile(r"(?:Ps|,) (\d+[A-Z]?)")
# "(1)" and "(3)j" are parts of an article; "(was UU 5/2014 ...)" is a remark.
_PARAGRAPH, _REMARK = re.compile(r"(?:-?\(\d+\))+[a-z]?"), re.compile(r" \(.*\)")


def known(word: Known, catalogue: Catalogue) -> Value:
    """Say one thing that the table knows. Raises KeyError for a category that it does not have."""
    match word.fact:
        case Fact.CHECKED:
            return tables.violations().checked
        case Fact.AFTER:
            return "\n".join(f"• {catalogue.say(f'sanction-{name}')}" for name in sanctions(rules(word.category)))
        case Fact.LAWS:
            return "; ".join(_law(law, articles, catalogue) for law, articles in laws(rules(word.category)).items())


def rules(category: str) -> tuple[Rule, ...]:
    """Return the verified rules behind a category. Raises KeyError for one that is not in the menu."""
    table = tables.violations()
    codes = {one.id: one.legal_codes for one in table.menu}[category]
    return tuple(rule for rule in table.legal if rule.code in codes and rule.confidence.startswith(VERIFIED))


def sanctions(some: Iterable[Rule]) -> tuple[str, ...]:
    """Name what may come after, mildest first, as far as nothing about the rule is only remembered."""
    said = "; ".join(rule.sanction for rule in some if not re.search(rf"\b{REMEMBERED}\b", rule.confidence))
    return tuple(name for name, mark in SANCTIONS.items() if mark in said)


def laws(some: Iterable[Rule]) -> dict[str, list[str]]:
    """Return the articles of each law, both in the order of the table."""
    cited: dict[str, list[str]] = {}
    for law, article in (pair for rule in some for pair in _cited(rule.rule)):
        articles = cited.setdefault(law, [])
        if article and article not in articles:
            articles.append(article)
    return cited


def _cited(rule: str) -> Iterator[tuple[str, str]]:
    """Read "UU 10/2016 Ps 73(4); Ps 187A" as pairs of law and article. A law without an article has an empty one."""
    law = ""
    for part in rule.split(";"):
        if f"({REMEMBERED})" in part:
            continue
        text = _REMARK.sub("", _PARAGRAPH.sub("", part))
        for piece in re.split(rf"(?={_LAW.pattern})", text):
            found = _LAW.match(piece)
            law = found[0] if found else law
            articles = _ARTICLE.findall(piece)
            yield from ((law, article) for article in (articles or [""] if found else articles))


def _law(law: str, articles: list[str], catalogue: Catalogue) -> str:
    """Say "PP 94/2021 Pasal 5, 14"."""
    ordered = sorted(articles, key=lambda article: int(article.rstrip(ascii_uppercase)))
    return catalogue.say("law", {"law": law, "articles": ", ".join(ordered)}) if ordered else law
