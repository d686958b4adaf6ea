"""`make canary`: people report in a town full of faults; then every byte of it is searched for what they left.

Prints what was searched, and for what. Ends with 1 where something is found, or where the search itself would miss it.
"""

import argparse
import asyncio
import gzip
import io
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.anonymity.places import Watched, dump, on_disk, plant_in_database, with_officers
from tests.anonymity.planting import Planted
from tests.anonymity.poisoned import LEAK, NEVER, ROOT, TURN, functions
from tests.anonymity.search import Search, Searched
from tests.anonymity.spellings import Canary, spellings
from tests.anonymity.story import Story
from tests.storage import postgres

Print = Callable[[str], None]
FIELDS_OF_LOG = re.compile(r"^\| (\w+) \| \w+ \|", re.MULTILINE)
FIELD = re.compile(r"(?:^| )(\w+)=")
# Of each place, so that all places are named.
MOST_TOLD = 10
APART = b"\0" * 8


def zipped(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("control", data)
    return whole.getvalue()


FOLDS: dict[str, Callable[[bytes], bytes]] = {"plain": bytes, "in gzip": gzip.compress, "in zip": zipped}


class Found(Exception):
    """Something of a reporter is where it must not be, or the search cannot find it where it is."""


@dataclass
class Proof:
    """One town on one database, and what was searched of it."""

    town: Watched
    data: Path | None
    tell: Print
    brief: bool = False
    planted: Planted = field(default_factory=Planted)
    files: int = 0
    bytes: int = 0

    async def run(self) -> None:
        """Let everything happen, then search. Raises Found at the first hit."""
        async with self.town as town:
            town.start()
            story = Story(town, self.planted, self.look)
            await (story.told_briefly() if self.brief else story.told())
            town.command("backup", str(town.folder / "saksi-backup.age"))
            if self.data:
                dump(town)
            self.look("everything done and backed up, both processes at work")
            await self.look_at_officers()
        self.town.stop()
        self.look("both processes stopped")
        self.look_at_log()
        self.tell_faults()
        self.control()

    @property
    def secrets(self) -> dict[str, Canary]:
        """What must stand nowhere on a disk: all canaries, and the tokens that open the chats they stood in."""
        own = self.town.secrets
        tokens = {"token of intake": own.intake, "token of desk": own.desk, "token of WhatsApp": own.whatsapp}
        return {**self.planted.all, **tokens, "secret of WhatsApp": own.app}

    def look(self, moment: str) -> None:
        """Search everything that is on the disk, or in the runtime folder, at this moment."""
        search = Search(self.secrets)
        self.tell(f"\n  {moment}:")
        self.town.checkpoint()
        self._count({place.name: place.searched(search) for place in on_disk(self.town, self.data)})

    async def look_at_officers(self) -> None:
        """Search what officers have received for who reported, and for what they have not opened."""
        self.tell("\n  what officers received, for whoever reported and for every word they did not open:")
        hidden, told, opened = Search(self.planted.hidden), Search(self.planted.told), set[str]()
        kinds: dict[str, Searched] = {}
        for name, data in (await with_officers(self.town)).items():
            kind = "pictures" if name.startswith("picture ") else name
            kinds[kind] = kinds.get(kind, Searched())
            kinds[kind] += hidden.data(data, name)
            opened |= {hit.label for hit in told.data(data, name).hits}
        self._count(kinds)
        if unread := self.planted.told.keys() - opened:
            raise Found(f"the search of officers' messages misses what they have opened: {sorted(unread)}")
        self.tell(f"    ... and the same search finds there all {len(opened)} words that they did open")

    def _count(self, places: dict[str, Searched]) -> None:
        """Tell of each place what was searched. Raises Found with the first finds in each."""
        found: list[str] = []
        for name, searched in places.items():
            files, hits = f"{searched.files:>5} files {searched.bytes:>12,} bytes", len(searched.hits)
            self.tell(f"    {name:<64} {files} {hits:>3} hits")
            found += [f"{hit}" for hit in searched.hits[:MOST_TOLD]]
            self.files += searched.files
            self.bytes += searched.bytes
        if found:
            raise Found("\n".join(found))

    def look_at_log(self) -> None:
        """No line of the log has a field that docs/log-fields.md does not list."""
        known = set(FIELDS_OF_LOG.findall((ROOT / "docs/log-fields.md").read_text()))
        lines = (self.town.folder / "log").read_text().splitlines()
        for line in lines:
            if not line.startswith("level=") or not known.issuperset(FIELD.findall(line)):
                raise Found(f"a line of the log that is none of ours: {line}")
        events = Counter(match[1] for line in lines if (match := re.search(r"event=(\S+)", line)))
        self.tell(f"\n  log: {len(lines)} lines, all of listed fields: " + told(events))

    def tell_faults(self) -> None:
        """Say where exceptions were thrown."""
        failed = set(self.town.failed.read_text().splitlines())
        there = set(functions())
        missed = sorted(name for name in there - failed - NEVER if name.startswith(TURN))
        if missed and not self.brief:
            raise Found(f"no exception came out of {', '.join(missed)}: the story does not reach all of a turn")
        self.tell(
            f"  faults: exceptions came out of {len(failed & there)} of {len(there)} functions of handlers/, "
            f"bot/turn.py and bot/writing.py, of {len(failed - there)} kinds of delivery, and of every try of a "
            "poisonous message"
        )

    def control(self) -> None:
        """Plant everything on purpose: in every spelling, folded, and in the database. Raises Found where missed."""
        search = Search(self.secrets)
        for name, fold in FOLDS.items():
            seen = set[tuple[str, str]]()
            for label, canary in self.secrets.items():
                every = APART.join(needle for _, needle in spellings(canary))
                seen |= {(hit.label, hit.spelling) for hit in search.data(fold(every), label).hits}
            if missing := search.pairs - seen:
                raise Found(f"the search misses, {name}: {sorted(missing)[:MOST_TOLD]}")
        plant_in_database(self.town.database, self.planted.all)
        self.town.checkpoint()
        [database] = [place for place in on_disk(self.town, self.data) if place.name.startswith("database")]
        seen_there = {hit.label for hit in database.searched(search).hits}
        if unseen := self.planted.all.keys() - seen_there:
            raise Found(f"the search misses in the database: {sorted(unseen)[:MOST_TOLD]}")
        self.tell(
            f"  control: planted on purpose, all {len(search.pairs)} pairs of canary and spelling are found plain, in "
            f"gzip and in zip, and all {len(self.planted.all)} canaries in a table of the database"
        )
        self.tell(
            f"\n  {len(self.planted.all)} canaries and {len(self.secrets) - len(self.planted.all)} tokens as "
            f"{search.needles:,} needles ({told(search.spelled)})"
        )
        self.tell(f"  {self.files} files and {self.bytes:,} bytes searched: 0 hits")


def told(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.most_common())


def prove(backend: str, tell: Print, *, brief: bool = False, leak: bool = False) -> None:
    """Run the proof on one kind of database, `leak`: of a program that does. Raises Found."""
    began = time.monotonic()
    tell(f"\n{backend}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="saksi-canary-")))
        url, data = "", None
        if backend == "PostgreSQL":
            where = postgres.programs()
            if where is None:
                tell(f"  skipped: no PostgreSQL below {postgres.PROGRAMS} (Debian: apt install postgresql)")
                return
            url = stack.enter_context(postgres.running(where)).empty()
            data = Path(url.partition("host=")[2]) / "data"
        town = Watched(folder, url)
        town.environment[LEAK] = "yes" if leak else ""
        try:
            asyncio.run(Proof(town, data, tell, brief).run())
        except Exception:
            tell(town.logged()[-3000:])
            raise
        finally:
            town.end()
    tell(f"  {time.monotonic() - began:.0f} s")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("backend", nargs="*", default=["SQLite", "PostgreSQL"], help="SQLite, PostgreSQL or both")
    for backend in asked.parse_args().backend:
        try:
            prove(backend, lambda line: print(line, flush=True))  # noqa: T201  # a command line prints
        except Found as found:
            sys.exit(f"FOUND: {found}")


if __name__ == "__main__":
    main()
