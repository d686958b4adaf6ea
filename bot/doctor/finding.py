"""What a check says: a light, what was found, and what to do about it."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


class Light(Enum):
    """How bad it is; a question is for somebody to look at and has no weight."""

    GREEN = 0
    AMBER = 1
    RED = 2
    ASK = -1


COLOURS = {Light.GREEN: 32, Light.AMBER: 33, Light.RED: 31, Light.ASK: 36}


class Finding(NamedTuple):
    """One line of the report."""

    light: Light
    about: str
    found: str
    do: str = ""

    def line(self, *, colour: bool = False) -> str:
        """Say it in one line; the word says what the colour says."""
        word = f"{self.light.name:<5}"
        shown = f"\033[{COLOURS[self.light]}m{word}\033[0m" if colour else word
        return f"{shown}  {self.about}: {self.found}" + (f" -> {self.do}" if self.do else "")


def green(about: str, found: str) -> Finding:
    return Finding(Light.GREEN, about, found)


def amber(about: str, found: str, do: str) -> Finding:
    return Finding(Light.AMBER, about, found, do)


def red(about: str, found: str, do: str) -> Finding:
    return Finding(Light.RED, about, found, do)


def ask(about: str, question: str, do: str = "") -> Finding:
    return Finding(Light.ASK, about, question, do)


def worst(findings: Iterable[Finding]) -> int:
    """Give the exit code: 0 all green, 1 something amber, 2 something red."""
    return max((max(0, one.light.value) for one in findings), default=0)
