"""An officer acts on a tip: what the card says, what stands below it, and who may do what."""

from handlers.desk.asking import TEMPLATES, Fault, Typed, fault, typed
from handlers.desk.below import actions, labels, ticked
from handlers.desk.card import Book, Card, Heard, Menu, Officer, Pending, Remark, Role, Sanction, Twin
from handlers.desk.face import summary
from handlers.desk.likeness import gist, nearest
from handlers.desk.press import Act, Done, press

__all__ = [
    "TEMPLATES",
    "Act",
    "Book",
    "Card",
    "Done",
    "Fault",
    "Heard",
    "Menu",
    "Officer",
    "Pending",
    "Remark",
    "Role",
    "Sanction",
    "Twin",
    "Typed",
    "actions",
    "fault",
    "gist",
    "labels",
    "nearest",
    "press",
    "summary",
    "ticked",
    "typed",
]
