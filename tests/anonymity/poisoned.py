"""Intake or desk, as they are, with exceptions thrown into the functions that handle what people say.

    python -m tests.anonymity.poisoned intake

A message is tried three times. In the first two tries the first function of handlers/, bot/turn.py and bot/writing.py
that has not failed yet in this town fails (in the second one of the latter two, as long as there is one), with all that
there is to know of the reporter in its exception; a message with POISON in it fails every time. Each carrier fails for
the first parcel of each kind. What has failed is listed, by the names of functions, in the file that the environment
names.
"""

import gzip
import inspect
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from sqlalchemy import Connection

from bot import courier
from bot.channels.base import Arrived
from bot.cli import main
from bot.courier import Settle
from bot.parcels import Parcel, packed
from bot.turn import Committed, House, Made, Wanted
from bot.turns import POISON as TRIES
from storage import outbox

POISON = "racunkanari"
FAILED = "CANARY_FAILED"
# Set where the proof itself is to be proved: what somebody says is then also left in the log, the database and a file.
LEAK = "CANARY_LEAK"
ROOT = Path(__file__).parents[2]
TURN = ("bot/turn.py:", "bot/writing.py:")
# Outside of all tries: says sorry once they have failed.
NEVER = frozenset({"bot/turn.py:House.apologise"})
FILES = tuple(ROOT / name.rstrip(":") for name in TURN)
HANDLING = (f"{ROOT / 'handlers'}{os.sep}", *map(str, FILES))

Handle = Callable[[House, Connection, Arrived, Made], Wanted | Committed]
Deliver = Callable[[Any, Parcel, str], Awaitable[Settle]]


class Planned(Exception):
    """What a fault in our own code may look like, with everything in its words."""


class Failing:
    """Which functions have failed already, also in an earlier life of the process."""

    def __init__(self, written: Path) -> None:
        self._written = written
        self._done = set(written.read_text().splitlines()) if written.exists() else set[str]()
        self._tries: Counter[tuple[str, str]] = Counter()
        self._left = {name for name in functions() if name.startswith(TURN)} - self._done - NEVER

    def once(self, name: str) -> bool:
        """Tell whether this has still to fail; it has then."""
        if name in self._done:
            return False
        self._done.add(name)
        self._left.discard(name)
        with self._written.open("a") as file:
            file.write(f"{name}\n")
        return True

    def handling(self, healthy: Handle) -> Handle:
        """Wrap the handling of one message."""

        def turn(house: House, tx: Connection, arrived: Arrived, made: Made) -> Wanted | Committed:
            about = f"{arrived.reporter.channel} {arrived.reporter.id} {arrived!r} {made!r}"
            if POISON in about:
                raise Planned(about)
            if not arrived.id or self._tries[arrived.reporter.id, arrived.id] >= TRIES - 1:
                return healthy(house, tx, arrived, made)
            with self._armed((arrived.reporter.id, arrived.id), about):
                return healthy(house, tx, arrived, made)

        return turn

    @contextmanager
    def _armed(self, message: tuple[str, str], about: str) -> Iterator[None]:
        def fail(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and (name := handler(frame.f_code)) and self._may(name, message) and self.once(name):
                self._tries[message] += 1
                # What is raised here comes out of the function that was called.
                raise Planned(f"{about} {frame.f_locals.get('draft')!r}")

        sys.setprofile(fail)
        try:
            yield
        finally:
            sys.setprofile(None)

    def _may(self, name: str, message: tuple[str, str]) -> bool:
        """Tell whether it is this function's turn to fail."""
        return not self._tries[message] or name.startswith(TURN) or not self._left

    def carrying(self, name: str, healthy: Deliver) -> Deliver:
        """Wrap the delivery of one parcel."""

        async def deliver(carrier: Any, parcel: Parcel, owed: str) -> Settle:
            if self.once(f"{name}.deliver {type(parcel).__name__}"):
                raise Planned(f"{packed(parcel)!r} {parcel!r}")
            return await healthy(carrier, parcel, owed)

        return deliver


def handler(code: CodeType) -> str:
    """Name a function that handles; nothing for any other."""
    if not code.co_filename.startswith(HANDLING) or "<" in code.co_name:
        return ""
    return f"{Path(code.co_filename).relative_to(ROOT)}:{code.co_qualname}"


def functions() -> Iterator[str]:
    """Name every function that handles."""
    for path in (*sorted((ROOT / "handlers").rglob("*.py")), *FILES):
        yield from _within(compile(path.read_text(), path, "exec"))


def _within(code: CodeType) -> Iterator[str]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            # A class is no function: its body runs once, when the module is read.
            if inner.co_flags & inspect.CO_OPTIMIZED and (name := handler(inner)):
                yield name
            yield from _within(inner)


def leaking(healthy: Handle) -> Handle:
    """Wrap the handling of one message as careless changes of ours might."""

    def turn(house: House, tx: Connection, arrived: Arrived, made: Made) -> Wanted | Committed:
        said = repr(arrived.incoming)
        sys.stderr.write(f"level=info event=heard why={arrived.reporter.id}\n")
        outbox.owe(tx, f"heard {arrived.id}", "nowhere", said.encode(), 0)
        (Path(os.environ["TMPDIR"]) / f"heard {arrived.id}").write_bytes(gzip.compress(said.encode("utf-16-le")))
        return healthy(house, tx, arrived, made)

    return turn


def poison(failing: Failing) -> None:
    """Put the faults in their places."""
    from bot import carriers, desk_carrier  # noqa: PLC0415  # each pulls in what the other process does not need

    wrapped: tuple[tuple[type, str, Any], ...] = (
        (House, "turn", failing.handling(leaking(House.turn) if os.environ.get(LEAK) else House.turn)),
        *(
            (kind, "deliver", failing.carrying(kind.__name__, kind.deliver))
            for kind in (carriers.ToReporters, carriers.Home, carriers.Back, carriers.ToWhoAsked)
        ),
        (desk_carrier.ToOfficers, "deliver", failing.carrying("ToOfficers", desk_carrier.ToOfficers.deliver)),
    )
    for kind, name, wrapper in wrapped:
        setattr(kind, name, wrapper)
    # What has failed is tried again at once; and on PostgreSQL a killed courier's leases only end with time.
    vars(courier)["AGAIN"] = 0.1
    vars(outbox)["LEASE"] = 5.0


if __name__ == "__main__":
    poison(Failing(Path(os.environ[FAILED])))
    main()
