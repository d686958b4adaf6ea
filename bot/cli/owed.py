"""What could not be delivered."""

from cyclopts import App

from bot.cli.plain import plainly, show
from bot.settings import load

owed_app = App(name="owed", help="What could not be delivered: look at it, and send it again.")


@owed_app.command(name="list")
def owed_list() -> None:
    """Show what nobody tries to deliver any more: lane, age, code, how many; docs/recovery.md explains."""
    from bot import owed

    with plainly():
        show(owed.listing(load()))


@owed_app.command(name="again")
def owed_again(lane: str | None = None) -> None:
    """Send it again, once its reason is gone; a running process begins within a second.

    Parameters
    ----------
    lane
        Only what is parked in this lane, such as whatsapp; by default in all.
    """
    from bot import owed

    with plainly():
        show(owed.again(load(), lane))
