"""The command line: `saksi`. Heavy parts are imported by the command that needs them."""

from cyclopts import App

from bot import __version__
from bot.cli.audit import audit_app
from bot.cli.beginning import doctor, init, notice
from bot.cli.keeping import backup, restore, sweep
from bot.cli.keys import keys_app, lock, unlock
from bot.cli.officers import officer_app
from bot.cli.owed import owed_app
from bot.cli.posters import poster
from bot.cli.reports import report
from bot.cli.running import demo, desk, intake, migrate, run
from bot.cli.words import places_app, try_

app = App(
    name="saksi",
    version=__version__,
    help="A Telegram and WhatsApp bot: tell the authorities, without giving a name, that an official is not neutral.",
)
for one in (
    demo,
    run,
    intake,
    desk,
    migrate,
    init,
    doctor,
    notice,
    unlock,
    lock,
    backup,
    restore,
    sweep,
    poster,
    report,
):
    app.command(one)
app.command(try_, name="try")
for part in (officer_app, keys_app, owed_app, places_app, audit_app):
    app.command(part)


def main() -> None:
    """Run the command line."""
    app()
