"""Writes the tables of docs/legal.md from those that run: `python -m tests.docs.law`."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from bot import citations
from bot.data import tables
from bot.data.tables import Category
from bot.doctor.words import CHECKED, PLACES
from locales import catalogue
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "legal.md"
LINE = "<!-- Below this line: python -m tests.docs.law -->\n"


class Source(msgspec.Struct):
    """A table that names where it is from."""

    checked: date
    source: str = ""


def row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    names = head.split(" | ")
    return "\n".join((row(names), "|" + "---|" * len(names), *map(row, rows)))


def deadlines() -> Iterator[tuple[object, ...]]:
    for name, one in tables.calendar().contexts.items():
        days = f"{one.report} {'working days' if one.working else 'days'}" if one.report else "none"
        yield name, days, one.rule, one.source, one.confidence


def shown() -> Iterator[tuple[str, ...]]:
    """What the card of each category says."""
    words = catalogue("id")
    for one in tables.violations().menu:
        if one.legal_codes:
            rules = citations.rules(one.id)
            after = "; ".join(words.say(f"sanction-{name}") for name in citations.sanctions(rules))
            laws = "; ".join(
                f"{law} {', '.join(filter(None, some))}".strip() for law, some in citations.laws(rules).items()
            )
            yield words.say(f"what-{one.id}"), laws, after, ", ".join(_unsaid(one)) or "none"


def _unsaid(category: Category) -> list[str]:
    said = {rule.code for rule in citations.rules(category.id)}
    return [code for code in category.legal_codes if code not in said]


def codes() -> Iterator[tuple[str, ...]]:
    for one in tables.violations().legal:
        yield one.code, one.label_id, one.subject, one.stage, one.rule, one.sanction, one.confidence, one.source


def others() -> Iterator[tuple[object, ...]]:
    for name in ("routes.json", "holidays.json"):
        found = msgspec.json.decode(tables.shipped(name), type=Source)
        yield f"`bot/data/{name}`", found.source, found.checked


def checks() -> Iterator[tuple[str, str]]:
    """Each file in which somebody wrote down a day of checking, as the doctor looks for them."""
    for place in PLACES:
        folder = ROOT / place.replace(".", "/")
        for path in sorted(one for one in folder.iterdir() if one.suffix in {".py", ".json", ".tsv", ".md"}):
            for day in sorted(set(CHECKED.findall(path.read_text("utf8")))):
                yield f"`{path.relative_to(ROOT).as_posix()}`", day


def written() -> str:
    """Write all tables."""
    parts = (
        "## Deadlines\n",
        f"`bot/data/deadlines.json`, checked on {tables.calendar().checked}.\n",
        table("SAKSI_CONTEXT | formal report within | rule | source | how sure", deadlines()),
        "\n## What reporters read about each category\n",
        (
            f"`bot/data/violations.json`, checked on {tables.violations().checked}. "
            "Every card also names the SKB of 22 September 2022.\n"
        ),
        table("category | laws and articles | what may follow | codes not told, because only remembered", shown()),
        "\n## All codes\n",
        "Officers tag a report with them (*Kode hukum*).\n",
        table("code | what | whom | stage | rule | sanction | how sure | source", codes()),
        "\n## Other tables\n",
        table("table | source | checked on", others()),
        "\n## Every place with a day of checking\n",
        table("file | checked on", checks()),
    )
    return "\n".join(parts) + "\n"


def head() -> str:
    """What people wrote."""
    return PAGE.read_text("utf8").partition(LINE)[0]


if __name__ == "__main__":
    PAGE.write_text(head() + LINE + "\n" + written(), "utf8")
