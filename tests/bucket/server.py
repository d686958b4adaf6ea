"""An S3 store of one's own: rclone serving a folder, which checks every signature; killed and started as told."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from pydantic import SecretStr

from bot import demo
from bot.settings import BucketSettings

if TYPE_CHECKING:
    from storage.s3 import S3

BUCKET = "saksi-test"
KEY_ID, SECRET = "fake-key-id", "fake-secret"
# Seconds until it answers.
PATIENCE = 20


class Server:
    """One server with one bucket; its files are those of a folder."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self.folder = program, folder
        self.endpoint = f"http://{demo.HOST}:{demo.free_port()}"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / BUCKET).mkdir(parents=True)

    def start(self) -> None:
        address = self.endpoint.removeprefix("http://")
        self._process = subprocess.Popen(  # noqa: S603  # a package's own program
            [
                str(self._program), "serve", "s3", "--addr", address, "--auth-key", f"{KEY_ID},{SECRET}",
                "--config", str(self.folder / "no.conf"), "--vfs-cache-mode", "off", "--dir-cache-time", "1s",
                str(self.folder),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < until, "the S3 server does not start"
            time.sleep(0.05)

    def stop(self) -> None:
        """As if its machine had died."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes what is asked and answers nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def store(
        self,
        bucket: str = BUCKET,
        *,
        prefix: str = "evidence",
        key: str = KEY_ID,
        secret: str = SECRET,
        longest: timedelta = timedelta(seconds=45),
    ) -> "S3":
        from storage.s3 import S3, Access  # noqa: PLC0415  # where its library is missing, these checks are skipped

        return S3(bucket, prefix, Access(key, secret, self.endpoint, "us-east-1"), longest)

    def settings(self, prefix: str = "evidence") -> dict[str, str]:
        """What an operator would write."""
        return {
            "SAKSI_STORE": f"s3://{BUCKET}/{prefix}", "SAKSI_BUCKET__ENDPOINT": self.endpoint,
            "SAKSI_BUCKET__KEY_ID": KEY_ID, "SAKSI_BUCKET__SECRET": SECRET,
        }  # fmt: skip

    def given(self, prefix: str) -> dict[str, object]:
        """The same as fields of our settings."""
        bucket = BucketSettings(key_id=KEY_ID, secret=SecretStr(SECRET), endpoint=self.endpoint)
        return {"store": f"s3://{BUCKET}/{prefix}", "bucket": bucket}

    def files(self) -> dict[str, bytes]:
        """What really lies there, by its path in the bucket."""
        bucket = self.folder / BUCKET
        return {str(path.relative_to(bucket)): path.read_bytes() for path in bucket.rglob("*") if path.is_file()}

    def _answers(self) -> bool:
        try:
            httpx.get(self.endpoint)  # unsigned: it refuses, and so it is there
        except httpx.TransportError:
            return False
        return True


def program() -> Path | None:
    """Find the server, which a package of requirements-dev.lock brings."""
    beside = Path(sys.executable).with_name("rclone")
    found = str(beside) if beside.exists() else shutil.which("rclone")
    return Path(found) if found else None


@contextmanager
def running(where: Path, folder: Path) -> Iterator[Server]:
    server = Server(where, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
