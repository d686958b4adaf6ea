"""Nobody can count to fewer than five from what is published, however cleverly they subtract."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from handlers.desk.figures import LEAST
from handlers.desk.suppression import Table, table

CELLS = ("a", "b", "c", "d")
MOST = 19


def published(counts: tuple[int, ...]) -> tuple[object, ...]:
    """What the public sees of a table, or of its absence."""
    made = table(dict(zip(CELLS, counts, strict=False)))
    return (made.total, tuple(sorted(made.cells.items())), made.others) if made else ()


def test_no_small_cell_follows_from_a_table_even_for_who_knows_how_it_was_made() -> None:
    # Every table of up to four cells and so many people; what looks alike published could each have been the truth.
    for width in (1, 2, 3, 4):
        alike = defaultdict[tuple[object, ...], list[tuple[int, ...]]](list)
        for counts in product(range(MOST + 1), repeat=width):
            if LEAST <= sum(counts) <= MOST:
                alike[published(counts)].append(counts)
        for seen, truths in alike.items():
            if width == 1:
                continue  # a single cell is the total itself, and that has five at least
            for place in range(width):
                values = {one[place] for one in truths}
                assert len(values) > 1 or not 0 < min(values) < LEAST, (seen, truths)


def test_no_more_is_hidden_than_hides_the_few() -> None:
    # Four and one are five together, and nobody can tell which of the two was four.
    assert table({"a": 4, "b": 1, "c": 9}) == Table(14, {"c": 9}, 5)


COUNTS = st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 40), max_size=12)


@given(COUNTS)
def test_what_is_shown_is_true_and_adds_up_and_is_never_small(counts: dict[str, int]) -> None:
    made = table(counts)
    if made is None:
        assert sum(counts.values()) < LEAST
        return
    assert made.total == sum(counts.values()) == sum(made.cells.values()) + made.others
    assert all(counts[name] == count >= LEAST for name, count in made.cells.items())
    assert made.others == 0 or made.others >= LEAST


@given(COUNTS)
def test_no_small_cell_is_left_alone_with_a_difference(counts: dict[str, int]) -> None:
    made = table(counts)
    if made is None:
        return
    hidden = [count for name, count in counts.items() if name not in made.cells]
    small = [count for count in hidden if 0 < count < LEAST]
    assert not small or len(hidden) > 1
    assert made.others not in small


def test_a_lone_small_cell_takes_the_smallest_shown_one_along() -> None:
    assert table({"a": 30, "b": 12, "c": 3, "d": 0}) == Table(45, {"a": 30}, 15)


def test_where_all_are_large_nothing_is_hidden_and_empty_cells_tell_of_nobody() -> None:
    assert table({"a": 30, "b": 12, "c": 0}) == Table(42, {"a": 30, "b": 12}, 0)
