"""A report goes out, and may be taken back while no officer has been told of it."""

from handlers import report
from handlers.answers import Draft, Picked, Receipt
from handlers.dialogue import Turn
from handlers.effects import FileTip, Withdraw
from handlers.messages import Option, Say
from handlers.scene import Fresh
from handlers.wiping import REPORT_AGAIN, WIPE

WRITTEN = Option("ticket", "written", "ticket-written")
WITHDRAW = Option("ticket", "withdraw", "ticket-withdraw")


def withdraw(draft: Draft, receipt: Receipt, fresh: Fresh) -> Turn:
    """Take back what was just sent, while no officer has been told of it."""
    if not fresh.withdrawable:
        return Turn(draft, (Say("too-late-to-withdraw", options=(REPORT_AGAIN, WIPE)),))
    draft = Draft(language=draft.language)
    return Turn(
        draft,
        (Say("withdrawn", options=(REPORT_AGAIN,)),),
        (Withdraw(receipt.tip, receipt.card, receipt.files),),
    )


def file(draft: Draft, fresh: Fresh) -> Turn:
    """Every question is answered: hand the tip over and show the ticket, once."""
    push = draft["send"] == Picked("push")
    receipt = Receipt(fresh.tip, fresh.card, tuple(item.id for item in draft.files.held), push)
    sent = Draft(language=draft.language, hint=draft.hint, receipt=receipt).put("notice", Picked("go"))
    says = (Say("ticket", {"ticket": fresh.ticket, "office": fresh.scene.office}, (WRITTEN, WITHDRAW)),)
    return Turn(sent, says, (FileTip(report.tip(draft, fresh), fresh.card, push, fresh.scene.desk),))
