"""An officer acts on a tip: what the card says, what stands below it, and who may do what."""

from handlers.desk.asking import TEMPLATES, Fault, Typed, fault, typed
from handlers.desk.below import actions, labels, ticked
from handlers.desk.card import (
    GENERAL,
    Book,
    Card,
    Handed,
    Heard,
    Menu,
    Office,
    Officer,
    Pending,
    Remark,
    Role,
    Sanction,
    Twin,
    may_change,
)
from handlers.desk.clocks import Alarms, Calendar, Deadlines, clock, passed
from handlers.desk.face import summary
from handlers.desk.likeness import gist, groups, linked, nearest
from handlers.desk.press import Act, Done, press
from handlers.desk.queue import PAGE, Entry, counts, is_meant, late, late_say, line, urgent
from handlers.desk.reassign import able, reassigned

__all__ = [
    "GENERAL",
    "PAGE",
    "TEMPLATES",
    "Act",
    "Alarms",
    "Book",
    "Calendar",
    "Card",
    "Deadlines",
    "Done",
    "Entry",
    "Fault",
    "Handed",
    "Heard",
    "Menu",
    "Office",
    "Officer",
    "Pending",
    "Remark",
    "Role",
    "Sanction",
    "Twin",
    "Typed",
    "able",
    "actions",
    "clock",
    "counts",
    "fault",
    "gist",
    "groups",
    "is_meant",
    "labels",
    "late",
    "late_say",
    "line",
    "linked",
    "may_change",
    "nearest",
    "passed",
    "press",
    "reassigned",
    "summary",
    "ticked",
    "typed",
    "urgent",
]
