"""What `make mutants` breaks is really otherwise, and one thing alone."""

import ast

from tests.house.mutants import drawn

MANY = 40


def test_each_mutant_can_be_read_and_is_otherwise() -> None:
    sample, every = drawn(MANY, 7, "handlers/status")
    assert len(sample) == min(MANY, every)
    for one in sample:
        assert ast.dump(ast.parse(one.source)) != ast.dump(ast.parse(one.source.replace(one.after, one.before)))
        assert one.before != one.after.strip("()")
        assert one.near


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(MANY, 1, "handlers/steps") == drawn(MANY, 1, "handlers/steps")
    assert drawn(MANY, 1, "handlers/steps") != drawn(MANY, 2, "handlers/steps")
