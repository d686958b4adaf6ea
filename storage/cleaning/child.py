"""The child's main, one process a file: load a codec, lock, and only then look at the bytes.

Usage: python -I -m storage.cleaning.child CODEC (or: probe). It has no logger and no words of its own: what
goes wrong with a file is a Why, and anything else ends the process, which the parent tells as "broken".
"""

import sys
from importlib import import_module
from typing import Protocol

import msgspec

from storage.cleaning import landlock, probe
from storage.cleaning.sandbox import lock_down
from storage.cleaning.wire import CODECS, MOST_IN, MOST_LINE, PROBE, Clean, Job, Outcome, SandboxReport, holds
from storage.errors import Unclean, Why
from storage.vault import padded, seal


class _Codec(Protocol):
    def clean(self, data: bytes, grain: bytes) -> Clean: ...


def main() -> None:
    """Clean what comes on stdin and answer on stdout, both as `wire` says."""
    asked = sys.argv[1]
    if asked == PROBE:
        _report()
    else:
        _clean(_load(asked))


def _load(name: str) -> _Codec:
    if name not in CODECS:
        raise SystemExit(f"no codec is called {name!r}")
    codec: _Codec = import_module(f"storage.cleaning.{name}")
    return codec


def _clean(codec: _Codec) -> None:
    if not holds(lock_down()):
        return _answer(Outcome(why=Why.NO_SANDBOX))
    job = msgspec.json.decode(sys.stdin.buffer.readline(MOST_LINE), type=Job)
    try:
        cleaned = _checked(codec, sys.stdin.buffer.read(MOST_IN + 1), job.grain)
    except Unclean as refusal:
        return _answer(Outcome(why=refusal.why))
    except MemoryError:
        return _answer(Outcome(why=Why.TOO_MANY_PIXELS))
    outcome = Outcome(padded=padded(len(cleaned.data)), taken=cleaned.taken)
    return _answer(outcome, seal(cleaned.data, [job.recipient]))


def _checked(codec: _Codec, data: bytes, grain: bytes) -> Clean:
    if not data:
        raise Unclean(Why.EMPTY)
    if len(data) > MOST_IN:
        raise Unclean(Why.TOO_BIG)
    return codec.clean(data, grain)


def _report() -> None:
    """Lock as for any file, all codecs loaded, and try to break out."""
    for name in CODECS:
        _load(name)
    abi = landlock.abi()
    layers = lock_down()
    _answer(SandboxReport(layers=layers, landlock_abi=abi, refused=probe.probe()))


def _answer(line: Outcome | SandboxReport, sealed: bytes = b"") -> None:
    sys.stdout.buffer.writelines((msgspec.json.encode(line), b"\n", sealed))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
