"""What a platform says later about words it had taken: they arrived, or they did not after all."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from bot.channels.base import Later
from bot.channels.whatsapp import refusal
from bot.channels.whatsapp_batch import Settled, State
from bot.channels.whatsapp_people import CHANNEL
from bot.courier import pause
from bot.logs import log
from bot.parcels import NUDGE
from storage import outbox

# What goes out over WhatsApp: words to reporters, and messages to officers' phones.
LANES = (CHANNEL, NUDGE)


def heard_of(tx: Connection, settled: Collection[Settled], now: float) -> None:
    """Settle what has arrived; what failed is tried again or waits for the operator, as its code says.

    "sent" says that Meta has it, and not that a phone has: what fails may still fail after it.
    """
    failed = _failed(settled)
    # Both lanes of this channel are asked: a row is in one of them at most.
    outbox.settle(tx, {one.tracker for one in settled if one.state is not State.ACCEPTED} - failed.keys())
    for tracker, code in failed.items():
        match refusal(code or None):
            case Later(after=after):
                due = now + pause(after, outbox.failures(tx, tracker) + 1)
                for lane in LANES:
                    outbox.come_back(tx, tracker, lane, due)
            case _:
                for lane in LANES:
                    outbox.strand(tx, tracker, lane, now, code)


def log_failures(settled: Iterable[Settled]) -> None:
    """Tell the operator by Meta's codes; never of whom."""
    for code in _failed(settled).values():
        log.warning("sent-failed", lane=CHANNEL, code=code)


def _failed(settled: Iterable[Settled]) -> dict[str, int]:
    """A failure is final, whatever else was said of the same words in the same breath."""
    return {one.tracker: one.code for one in settled if one.state is State.FAILED}
