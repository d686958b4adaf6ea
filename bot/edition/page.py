"""An edition as a page of HTML: pictures drawn in it as SVG, no script, nothing from elsewhere, fit for paper."""

from collections.abc import Iterator
from html import escape

from bot.edition.contents import OPEN, TABLES, UNKNOWN, Edition
from bot.render import said
from handlers.desk.suppression import Table
from handlers.messages import Term, Word
from locales import Catalogue, catalogue

FILES = {"id": "index.html", "en": "en.html"}
OTHER = {"id": "en", "en": "id"}
# Whatever is put into the page, no browser runs it or fetches anything for it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --ink: #10272c; --paper: #fcf9f3; --bar: #0e5a61; --line: #cfdcd8; --quiet: #4b5f63 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #fcf9f3; --paper: #10272c; --bar: #5fc0b2; --line: #2c464b; --quiet: #9fb8b5 }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem } h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem }
p { margin: .4rem 0 } .quiet { color: var(--quiet) } section + .quiet { margin-top: 2rem }
.total { font-size: 1.35rem; font-weight: 700; margin-top: 1.2rem }
table { width: 100%; border-collapse: collapse } th { text-align: left; font-weight: 400; width: 45% }
th, td { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: middle }
td:last-child { text-align: right; font-variant-numeric: tabular-nums; width: 3.5rem; padding-right: 0 }
svg { display: block; width: 100%; height: .8rem } rect { fill: var(--bar) } a { color: var(--bar) }
@media print {
  :root { --ink: #000; --paper: #fff; --bar: #0e5a61; --line: #bbb; --quiet: #444 }
  main { max-width: none; padding: 0 } section, tr { break-inside: avoid } nav { display: none }
}
"""


def page(edition: Edition, language: str) -> str:
    """Write the page in one language."""
    words = catalogue(language)
    title = escape(words.say("edition-title"))
    return "\n".join(
        (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
            f"<h1>{title}</h1>",
            *_body(edition, words),
            *_foot(language, words),
            "</main>\n</body>\n</html>\n",
        )
    )


def _body(edition: Edition, words: Catalogue) -> Iterator[str]:
    about: dict[str, Word] = {"office": edition.office, "until": edition.until}
    yield f'<p class="quiet">{_said(words, Term("edition-about", about))}</p>'
    if edition.total is None:
        yield f"<p>{_said(words, Term('edition-none'))}</p>"
        return
    yield f'<p class="total">{_said(words, Term("edition-total", {"count": edition.total}))}</p>'
    for name, days in (("read", edition.read), ("closed", edition.closed)):
        if days is not None:
            yield f"<p>{_said(words, Term(f'edition-days-{name}', {'days': f'{days:g}'}))}</p>"
    for name in TABLES:
        if one := edition.tables.get(name):
            yield f"<section>\n<h2>{_said(words, Term(f'edition-{name}'))}</h2>\n<table>"
            yield from _rows(name, one, words)
            yield "</table>\n</section>"


def _rows(name: str, one: Table, words: Catalogue) -> Iterator[str]:
    ordered = one.cells if name == "months" else sorted(one.cells, key=lambda cell: -one.cells[cell])
    rows = [(label(name, cell, words), one.cells[cell]) for cell in ordered]
    rows += [(words.say("edition-others"), one.others)] if one.others else []
    most = max(count for _, count in rows)
    for told, count in rows:
        bar = f'<rect width="{100 * count / most:.1f}" height="8" rx="1"/>'
        picture = f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{bar}</svg>'
        yield f'<tr><th scope="row">{escape(told)}</th><td>{picture}</td><td>{count}</td></tr>'


def label(name: str, cell: str, words: Catalogue) -> str:
    """Say a cell of a table in the reader's language."""
    if cell == UNKNOWN:
        return words.say("edition-unknown")
    match name:
        case "kinds":
            return said(f"what-{cell}", {}, words)
        case "outcomes" if cell == OPEN:
            return words.say("edition-open")
        case "outcomes":
            return said(f"desk-status-{cell}", {}, words)
        case "sanctions":
            return said(f"desk-sanction-{cell}", {}, words)
        case _:
            return cell


def _foot(language: str, words: Catalogue) -> Iterator[str]:
    yield f'<p class="quiet">{_said(words, Term("edition-rule"))}</p>'
    yield f'<p class="quiet">{_said(words, Term("edition-guilt"))}</p>'
    other = OTHER[language]
    name = escape(words.say("edition-language"))
    yield f'<nav><p><a href="{FILES[other]}" lang="{other}">{name}</a> · '
    yield '<a href="report.csv">CSV</a> · <a href="report.json">JSON</a></p></nav>'


def _said(words: Catalogue, term: Term) -> str:
    return escape(said(term.key, term.words, words)).replace("\n", "<br>")
