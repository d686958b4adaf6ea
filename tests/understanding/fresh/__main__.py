"""`python -m tests.understanding.fresh [FOLDER]`: judge a set and show every line that is not right."""

import sys
from pathlib import Path

from tests.understanding.fresh.folder import HERE, Judged, counted, judged
from tests.understanding.fresh.judge import ASKED, LESS, RIGHT, VERDICTS, WRONG

_ROW = "{:<24}{:>7}" + "{:>8}" * len(VERDICTS) + "\n"


def main(arguments: list[str]) -> None:
    """Print the lines that are not right, worst last, and the table. `--table` prints the table alone."""
    folders = [argument for argument in arguments if argument != "--table"]
    lines = judged(Path(folders[0]) if folders else HERE)
    if len(folders) == len(arguments):
        sys.stdout.writelines(map(_shown, _worst_last(lines)))
    sys.stdout.write(_ROW.format("", "lines", *VERDICTS))
    for name, verdicts in counted(lines).items():
        sys.stdout.write(_ROW.format(name, verdicts.total(), *(verdicts[verdict] for verdict in VERDICTS)))


def _worst_last(lines: list[Judged]) -> list[Judged]:
    return [line for verdict in (ASKED, LESS, WRONG) for line in lines if line.verdict == verdict != RIGHT]


def _shown(line: Judged) -> str:
    return f"{line.verdict} {line.what}: {line.text!r}\n    wanted {line.wanted}\n    got {line.answer}\n"


main(sys.argv[1:])
