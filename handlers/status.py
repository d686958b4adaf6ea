"""The statuses of a tip, and which may follow which."""

from enum import StrEnum


class Status(StrEnum):
    """Where a tip stands. Its words are `status-<value>` for reporters and `desk-status-<value>` for officers."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    TRACING = "tracing"
    REFERRED = "referred"
    PROVEN = "proven"
    UNPROVEN = "unproven"
    INSUFFICIENT = "insufficient"
    OUT_OF_SCOPE = "out-of-scope"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"

    @property
    def closed(self) -> bool:
        return self in CLOSED


_DECIDED = frozenset(
    {Status.PROVEN, Status.UNPROVEN, Status.INSUFFICIENT, Status.OUT_OF_SCOPE, Status.SPAM},
)
# Only its reporter withdraws a tip; officers may take up what they have read all the same.
CLOSED = _DECIDED | {Status.WITHDRAWN}
_WORK = frozenset({Status.TRACING, Status.REFERRED})
NEXT: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.ACKNOWLEDGED}) | _WORK | _DECIDED,
    Status.ACKNOWLEDGED: _WORK | _DECIDED,
    **{one: (_WORK - {one}) | _DECIDED for one in _WORK},
    # A closed tip may be taken up again: new evidence comes late.
    **dict.fromkeys(CLOSED, frozenset({Status.TRACING})),
}


def may_follow(before: Status, after: Status) -> bool:
    return after in NEXT[before]
