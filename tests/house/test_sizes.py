"""The sizes of the house stay what they are, and its page tells them as they are."""

import pytest

from tests.house.sizes import FOLDERS, PAGE, Sizes, figures, files, functions, table

# The median, nine of ten, the largest: whoever grows past these has something to part (docs/house.md).
FUNCTIONS = (6, 20, 65)
FILES = {
    **dict.fromkeys(("handlers", "storage", "bot"), (100, 250, 400)),
    "simulator": (120, 250, 400),
    "tests": (120, 275, 450),
}


@pytest.mark.parametrize("folder", FILES)
def test_functions_are_small(folder: str) -> None:
    found = functions(folder)
    assert all(figure <= most for figure, most in zip(found.figures[1:], FUNCTIONS, strict=True)), (
        found.figures,
        found.largest,
    )


@pytest.mark.parametrize("folder", FILES)
def test_files_are_small(folder: str) -> None:
    found = files(folder)
    assert all(figure <= most for figure, most in zip(found.figures[1:], FILES[folder], strict=True)), (
        found.figures,
        found.largest,
    )


def test_the_page_tells_the_sizes_as_they_are_to_a_tenth() -> None:
    told, now = figures(PAGE.read_text("utf8")), figures(table())
    assert [name for name, _ in told] == [name for name, _ in now]
    for (name, before), (_, after) in zip(told, now, strict=True):
        far = [(old, new) for old, new in zip(before, after, strict=True) if abs(old - new) > 2 + new / 10]
        assert not far, f"{name}: python -m tests.house writes docs/house.md anew"


def test_what_a_how_to_costs_is_told_exactly() -> None:
    told, now = figures(PAGE.read_text("utf8")), figures(table())
    assert told[len(FOLDERS) :] == now[len(FOLDERS) :]


def test_figures_are_counted_as_the_page_says() -> None:
    assert Sizes({"a": 1, "b": 2, "c": 3, "d": 40}).figures == (4, 2, 29, 40)
    assert Sizes({"a": 1, "b": 2, "c": 3, "d": 40}).largest == "d"
