"""The work log of the desks."""

from cyclopts import App

from bot.cli.plain import plainly, show
from bot.settings import load

audit_app = App(name="audit", help="What officers did, as a chain that nobody can change unseen.")


@audit_app.command(name="verify")
def audit_verify(*, desk: str | None = None, head: str | None = None) -> None:
    """Check the work log of every desk, offline and without a key.

    Parameters
    ----------
    desk
        Check this desk's alone.
    head
        A mark that the desk's bot told its group on some morning: the log must have had it.
    """
    from bot import audits

    with plainly():
        show(audits.check(load(), desk, head))
