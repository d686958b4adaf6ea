"""Logs that cannot carry what a person wrote: fields by allow-list, exceptions as types and places, never values."""

import logging
import sys
import threading
import traceback
from contextlib import suppress
from types import TracebackType
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.meter import meter

# What each may carry is listed in docs/log-fields.md, and a test keeps it so.
FIELDS = frozenset(
    {
        "event", "level", "process", "lane", "channel", "desk", "attempts", "code", "count", "halt", "odd", "why",
        "error",
    }
)  # fmt: skip

log: structlog.stdlib.BoundLogger = structlog.get_logger("saksi")

# These print tokens, whole updates or whole requests at their usual levels (httpx prints Telegram's token at INFO).
LOUD = (
    "httpx",
    "httpcore",
    "aiohttp",
    "aiogram",
    "telegram",
    "sqlalchemy",
    "alembic",
    "uvicorn.access",
    "asyncio",
)


def places(error: BaseException) -> str:
    """Say where an exception came from, without saying what it says."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(parts) < 5:  # noqa: PLR2004  # deep enough to find it
        frames = traceback.extract_tb(cause.__traceback__)[-6:]
        where = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
        parts.append(f"{type(cause).__module__}.{type(cause).__qualname__} @ {where}")
        cause = _before(cause)
    return " | ".join(parts)


def _before(error: BaseException) -> BaseException | None:
    """Say what led to it; of several that failed at once, the first."""
    if isinstance(error, BaseExceptionGroup):
        first: BaseException = error.exceptions[0]
        return first
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _only_known(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    kept = {name: value for name, value in event.items() if name in FIELDS}
    error = kept.get("error")
    if isinstance(error, BaseException):
        kept["error"] = places(error)
    return kept


def _metered(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    meter.heard(event)
    return event


class _Foreign(logging.Handler):
    """Other people's log records: who spoke and where an exception came from, nothing they said."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log.warning("foreign", why=f"{record.name}:{record.lineno}", error=error)


def _crash(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    log.error("crash", error=error)


def _crashed_beside(crashed: threading.ExceptHookArgs) -> None:
    """Python would print what the exception says, here and in the next."""
    log.error("crash", error=crashed.exc_value)


def _unraisable(lost: "sys.UnraisableHookArgs") -> None:
    log.error("unraisable", error=lost.exc_value)


class _Patient:
    """Standard error, wherever it leads: a log on a full disk ends nobody."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def set_up(process: str) -> None:
    """Send all logs of this process, ours and others', through the allow-list to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _only_known,
            _metered,
            structlog.processors.KeyValueRenderer(key_order=["level", "event"], repr_native_str=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Patient())),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    structlog.contextvars.bind_contextvars(process=process)
    root = logging.getLogger()
    root.handlers[:] = [_Foreign()]
    root.setLevel(logging.WARNING)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.ERROR)
    # A library's warning may quote what it warns of; this way it is a record like all others.
    logging.captureWarnings(capture=True)
    sys.excepthook, threading.excepthook, sys.unraisablehook = _crash, _crashed_beside, _unraisable
