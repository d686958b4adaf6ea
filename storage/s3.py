"""The store as a folder of a bucket, anywhere that speaks S3. What is put there is sealed already.

A file is one request, so that a crash leaves all of it or nothing; the store answers once it is durable. Unlike a
folder of our own it notes the hour in which a file came, and who runs it can read that.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import Final, TypeVar

import obstore
from msgspec import Struct
from obstore.exceptions import BaseError
from obstore.store import S3Store

from storage.errors import Gone, Unreached
from storage.evidence import NAME, key

T = TypeVar("T")
# A file of 25 MiB has to get through in this time, and a lease of the courier's is not much longer.
LONGEST: Final = timedelta(seconds=45)
CONNECT: Final = timedelta(seconds=5)
# Whoever brings the work tries again by themselves, and knows better when.
RETRIES: Final = 1
_STATUS: Final = re.compile(r"status code: ([0-9]{3})")
_CODE: Final = re.compile(r"<Code>([A-Za-z]+)</Code>")


class Access(Struct, frozen=True):
    """Who we are to the store, and where it is."""

    key_id: str
    secret: str
    endpoint: str | None
    region: str

    def __repr__(self) -> str:
        return "Access(•••)"


class S3:
    """The store as a folder of a bucket.

    While it does not answer, one at a time asks whether it is back; all others are told so at once, so that a store
    that swallows requests does not keep everybody who delivers anything busy.
    """

    def __init__(self, bucket: str, prefix: str, access: Access, longest: timedelta = LONGEST) -> None:
        self._bucket = bucket
        self._away, self._asking = "", Lock()
        self._store = S3Store(
            bucket,
            prefix=prefix or None,
            endpoint=access.endpoint,
            region=access.region,
            access_key_id=access.key_id,
            secret_access_key=access.secret,
            client_options={
                "allow_http": (access.endpoint or "").startswith("http:"),
                "timeout": longest,
                "connect_timeout": CONNECT,
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": CONNECT},
        )

    def put(self, id_: str, blob: bytes, day: date) -> None:  # noqa: ARG002  # the store notes the time by itself
        """Store a sealed file; it is durable once this returns. Raises Unreached."""
        self._asked(lambda: self._put(id_, blob))

    def get(self, id_: str) -> bytes:
        """Read a sealed file. Raises Gone and Unreached."""
        found = self._asked(lambda: self._unless_missing(lambda: self._read(id_)))
        if found is None:
            raise Gone("no such file")
        return found

    def drop(self, id_: str) -> None:
        """Delete a file, if it is there. Raises Unreached."""
        self._asked(lambda: self._unless_missing(lambda: obstore.delete(self._store, key(id_))))

    def older(self, day: date) -> Iterator[str]:
        """Name the files that were put before this day. Raises Unreached."""
        midnight, listed = datetime.combine(day, time()).astimezone(), iter(obstore.list(self._store))
        while (found := self._asked(lambda: next(listed, None))) is not None:
            for one in found:
                id_ = one["path"].rpartition("/")[2]
                # Whatever else is in the bucket is not ours.
                if NAME.fullmatch(id_) and one["path"] == key(id_) and one["last_modified"] < midnight:
                    yield id_

    def tried(self) -> bool:
        """Put, read, find and drop a file that means nothing; say whether the store keeps what is dropped.

        Raises Unreached.
        """
        id_, blob = secrets.token_urlsafe(12), secrets.token_bytes(64)
        kept = self._asked(lambda: self._put(id_, blob))
        try:
            if self.get(id_) != blob or not self._asked(lambda: self._is_listed(id_)):
                raise Unreached(f"the bucket {self._bucket} does not give back what it was given: have it looked at")
        finally:
            self.drop(id_)
        return kept

    def _is_listed(self, id_: str) -> bool:
        beside = obstore.list(self._store, key(id_).partition("/")[0])
        return any(one["path"] == key(id_) for part in beside for one in part)

    def _put(self, id_: str, blob: bytes) -> bool:
        # In parts it would leave some behind in a crash, where no list shows them.
        return obstore.put(self._store, key(id_), blob, use_multipart=False)["version"] is not None

    def _read(self, id_: str) -> bytes:
        blob: bytes = obstore.get(self._store, key(id_)).bytes().to_bytes()
        return blob

    def _unless_missing(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except FileNotFoundError as error:
            if _code(error) == "NoSuchBucket":
                raise
            return None

    def _asked(self, work: Callable[[], T]) -> T:
        """Do it. Raises Unreached, which repeats nothing of what the library says: that quotes whole answers."""
        away = self._away
        if away and not self._asking.acquire(blocking=False):
            raise Unreached(away)
        try:
            done = work()
        except (BaseError, OSError) as error:
            told = f"the store of files, bucket {self._bucket}, {_trouble(error)}"
            self._away = "" if _STATUS.search(str(error)) else told
            raise Unreached(told) from None
        else:
            self._away = ""
            return done
        finally:
            if away:
                self._asking.release()


def _trouble(error: Exception) -> str:
    said = _STATUS.search(str(error))
    match said[1] if said else "", _code(error):
        case _, "NoSuchBucket":
            return "is not there: make that bucket, or correct SAKSI_STORE"
        case _, "RequestTimeTooSkewed":
            return "goes by another time: set this machine's clock"
        case _, "SignatureDoesNotMatch" | "InvalidAccessKeyId":
            return "does not know us: correct SAKSI_BUCKET__KEY_ID and SAKSI_BUCKET__SECRET"
        case (("401" | "403"), _):
            return "refuses us: let that key put, get, delete and list there (docs/install.md)"
        case (("301" | "307" | "400"), _):
            return "is elsewhere: correct SAKSI_BUCKET__REGION and SAKSI_BUCKET__ENDPOINT"
        case "", _:
            return "does not answer: look whether it runs, and at SAKSI_BUCKET__ENDPOINT"
        case status, _:
            return f"is in trouble (HTTP {status}): look at the store itself"


def _code(error: Exception) -> str:
    found = _CODE.search(str(error))
    return found[1] if found else ""
