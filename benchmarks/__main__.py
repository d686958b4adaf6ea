"""Measure everything, or the parts that are named; print tables; end with 1 where something could not be measured."""

import sys
import time
from collections.abc import Callable

from benchmarks import (
    cleaning,
    desk,
    growth,
    hour,
    machine,
    posters,
    reports,
    rest,
    rush,
    slow,
    talking,
    understanding,
)
from benchmarks.table import Table

PARTS: dict[str, Callable[[], list[Table]]] = {
    "understanding": understanding.measured,
    "talking": talking.measured,
    "cleaning": cleaning.measured,
    "posters": posters.measured,
    "reports": reports.measured,
    "rush": rush.measured,
    "slow": slow.measured,
    "growth": growth.measured,
    "hour": hour.measured,
    "rest": rest.measured,
    "desk": desk.measured,
}


def main(*wanted: str) -> int:
    if unknown := set(wanted) - PARTS.keys():
        print(f"bench: no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"# Benchmarks\n\n{machine.described()}\n", flush=True)
    begun, missing = time.monotonic(), list[str]()
    for name in wanted or PARTS:
        try:
            tables = PARTS[name]()
        except Exception as error:  # noqa: BLE001  # the other parts are measured all the same, and it is told
            tables = [Table(name, ("",), missing=[f"{name}: {type(error).__name__}: {error}"])]
        for table in tables:
            print(table.text(), end="\n\n", flush=True)
            missing += table.missing
    print(f"{time.monotonic() - begun:.0f} seconds; {len(missing) or 'nothing'} not measured")
    for it in missing:
        print(f"bench: not measured: {it}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
