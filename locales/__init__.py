"""WORDS: what the bot says, one folder a language, behind a loader that forgives nothing.

`fluent.runtime` itself is silent about junk, doubles, gaps and unknown variables; a bot that says "{ $name }" to a
frightened person is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

Value = str | int | date


class BrokenCatalogue(Exception):
    """A catalogue has junk, a double, a gap or an unknown variable; the message names the place."""


# Every folder here; which of them people are offered stands in handlers/languages.py.
LANGUAGES = tuple(sorted(one.name for one in files("locales").iterdir() if (one / "lobby.ftl").is_file()))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language."""

    language: str
    bundle: FluentBundle
    keys: frozenset[str]
    _plain: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def say(self, key: str, words: Mapping[str, Value] | None = None) -> str:
        """Say a key with its words filled in. Raises BrokenCatalogue where either is missing."""
        if words:
            return self._said(key, words)
        # Most of what is said are labels, which never change: no bubble needs them resolved anew.
        if key not in self._plain:
            self._plain[key] = self._said(key, {})
        return self._plain[key]

    def _said(self, key: str, words: Mapping[str, Value]) -> str:
        if key not in self.keys:
            raise BrokenCatalogue(f"{self.language}: nothing under {key!r}")
        name, _, attribute = key.partition(".")
        message = self.bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise BrokenCatalogue(f"{self.language}: {key} says nothing")
        text, errors = self.bundle.format_pattern(pattern, dict(words))
        if errors:
            raise BrokenCatalogue(f"{self.language}: {key}: {type(errors[0]).__name__}: {errors[0]}")
        return str(text)


@cache
def catalogue(language: str) -> Catalogue:
    """Load a language, once. Raises BrokenCatalogue for anything that is not in order."""
    bundle = FluentBundle([language], use_isolating=False)
    keys: set[str] = set()
    for path in _pages(language):
        resource = FluentResource(path.read_text("utf8"))
        for key in _keys(resource, f"{language}/{path.name}"):
            if key in keys:
                raise BrokenCatalogue(f"{language}/{path.name}: {key} is there twice")
            keys.add(key)
        bundle.add_resource(resource)
    if not keys:
        raise BrokenCatalogue(f"there is no language {language!r}")
    return Catalogue(language, bundle, frozenset(keys))


def _pages(language: str) -> list[Traversable]:
    folder = files("locales") / language
    pages = [page for page in folder.iterdir() if page.name.endswith(".ftl")] if folder.is_dir() else []
    return sorted(pages, key=lambda page: page.name)


def _keys(resource: ast.Resource, place: str) -> Iterator[str]:
    for entry in resource.body:
        match entry:
            case ast.Junk():
                raise BrokenCatalogue(f"{place}: {entry.annotations[0].message}")
            case ast.Message():
                if entry.value:
                    yield entry.id.name
                yield from (f"{entry.id.name}.{attribute.id.name}" for attribute in entry.attributes)
            case _:
                continue
