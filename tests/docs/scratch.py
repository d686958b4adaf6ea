"""A deployment to try commands in: made by the commands themselves, beside a make-believe Telegram and WhatsApp."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from handlers.status import Status
from tests.docs.pages import ROOT
from tests.docs.typist import GIVEN, Ended, Typist
from tests.retention.institution import TODAY, Institution
from tests.simulator.running import Running

TOKENS = {"intake.txt": "100:intake-token", "desk.txt": "200:desk-token"}
GROUP = "-1001000000001"
# What a page writes in capitals, or under a path of its own machine, and what stands for it here.
FILLED = {
    "FILE": "saksi.age", "FOLDER": "public", "LANE": "whatsapp", "CODE": "33.74", "NAME": "Sari",
    "TELEGRAM-ID": "9003", "NAME=@FILE": "TELEGRAM__TOKEN=@intake.txt", "+62...": "+62 800-0000-0000",
    "DESK__GROUP=-1001234567890": f"DESK__GROUP={GROUP}",
}  # fmt: skip
PATHS = {"/etc/saksi/": "", "/var/lib/saksi": "state", "/srv/": ""}


class Scratch:
    """A deployment with three officers, a tip and a backup; each command is tried in a copy of it."""

    def __init__(self, folder: Path, simulator: Running, typist: Typist) -> None:
        self.simulator = simulator
        self.typist = typist
        self.folder = folder
        self._files()
        orders = ("TELEGRAM__TOKEN=@intake.txt", "DESK__TOKEN=@desk.txt", f"DESK__GROUP={GROUP}")
        self._must("init", *(part for order in orders for part in ("--set", order)), *self.bases(*orders))
        self._must("migrate")
        self._must("officer", "add", "Rina", "9001", "--role", "supervisor")
        self._must("officer", "add", "Bagus", "9002")
        self._must("officer", "add", "Sari", "9003")
        self._receive()
        shutil.copy(folder / "state/keys/recovery-bawaslu.key", folder)
        self._must("backup", "made.age")
        self.mark = re.findall(r"head ([0-9a-f]{16})", self._must("audit", "verify"))[0]

    def _files(self) -> None:
        """What a page has somebody bring along."""
        for name, token in TOKENS.items():
            (self.folder / name).write_text(f"{token}\n")
            (self.folder / name).chmod(0o600)
        shutil.copy(ROOT / "bot/data/places.tsv", self.folder)
        (self.folder / GIVEN).write_text("kemarin pak lurah bagi sembako\n")
        orders = re.findall(
            r"^    (place,.+\n(?:    .+\n)+)", (ROOT / "docs/posters.md").read_text("utf8"), re.MULTILINE
        )
        (self.folder / "orders.csv").write_text(orders[0].replace("\n    ", "\n"))

    def _receive(self) -> None:
        office = Institution(self.folder / "state", f"sqlite:///{self.folder / 'state' / 'saksi.db'}")
        left = office.receive("tip-1")
        office.post(left)
        office.move(left, Status.ACKNOWLEDGED, TODAY)
        office.database.close()

    def _must(self, *words: str) -> str:
        ended = self.typist.type(self.folder, *words)
        assert ended.code == 0, (words, ended)
        return ended.said

    def bases(self, *words: str) -> list[str]:
        """Settings by which bots find their platform here, where these words give them a token."""
        names = [name for name in ("TELEGRAM", "DESK") if any(word.startswith(f"{name}__TOKEN=") for word in words)]
        return [part for name in names for part in ("--set", f"{name}__API_BASE={self.simulator.url}")]

    def adapted(self, words: tuple[str, ...]) -> list[str]:
        """Fill in what a page leaves open, and turn its paths into ours."""
        filled = [FILLED.get(word, self.mark if word == "MARK" else word) for word in words]
        for theirs, ours in PATHS.items():
            filled = [word.replace(theirs, ours) for word in filled]
        return [*filled, *(self.bases(*filled) if words[0] == "init" else ())]

    def try_out(self, words: tuple[str, ...], folder: Path) -> Ended:
        """Run a command of a page in a copy of this deployment."""
        shutil.copytree(self.folder, folder)
        adapted = self.adapted(words)
        BEFORE.get(words[0], _nothing)(folder, adapted)
        return self.typist.type(folder, *adapted)


def _nothing(_folder: Path, _words: list[str]) -> None:
    return


def _empty(folder: Path, _words: list[str]) -> None:
    """Begin with nothing but the tokens."""
    shutil.rmtree(folder / "state")
    (folder / ".env").unlink()


def _burnt(folder: Path, words: list[str]) -> None:
    """The database is gone, and a backup is there."""
    for path in (folder / "state").glob("saksi.db*"):
        path.unlink()
    shutil.copy(folder / "made.age", folder / words[1])


BEFORE: Mapping[str, Callable[[Path, list[str]], None]] = {"init": _empty, "restore": _burnt}
