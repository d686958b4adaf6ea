"""Asks an operator at a terminal for what is still missing, a platform at a time; what is refused is asked again."""

import asyncio
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from getpass import getpass
from pathlib import Path
from typing import NamedTuple

from bot.introduction import DESK, TELEGRAM, WHATSAPP, introduce, parted
from bot.settings import Settings, SettingsError, load

Given = Mapping[str, str]


class Question(NamedTuple):
    """What is asked, and the settings that an answer makes; what is `hidden` is not shown while it is typed."""

    asks: str
    settings: Callable[[str], Given]
    hidden: bool = False


def _as(name: str) -> Callable[[str], Given]:
    return lambda answer: {name: answer}


def _webhook(site: str) -> Given:
    """Make the webhook's address and its secret out of the name of this machine."""
    host = site.removeprefix("https://").rstrip("/")
    return {f"{TELEGRAM}WEBHOOK_URL": f"https://{host}/telegram", f"{TELEGRAM}WEBHOOK_SECRET": secrets.token_hex(16)}


def _secret_of_app(secret: str) -> Given:
    return {f"{WHATSAPP}APP_SECRET": secret, f"{WHATSAPP}VERIFY_TOKEN": secrets.token_hex(16)}


REPORTERS = "Telegram, for reporters (@BotFather: /newbot, then /setjoingroups, Disable)"
OFFICERS = "Telegram, for officers (a second bot; administrator of a private group that restricts saving content)"
NUMBER = "WhatsApp, if you want it (docs/install.md, step 3); the verify token is drawn for you"
TOKEN = Question("its token", _as(f"{TELEGRAM}TOKEN"), hidden=True)
SITE = Question("this machine in DNS, such as saksi.example.org, for a webhook (Enter: it is polled)", _webhook)
DESK_TOKEN = Question("its token", _as(f"{DESK}TOKEN"), hidden=True)
GROUP = Question("the group's id, a negative number", _as(f"{DESK}GROUP"))
META = (
    Question("the system user's token", _as(f"{WHATSAPP}TOKEN"), hidden=True),
    Question("the phone number id (not the number)", _as(f"{WHATSAPP}PHONE_ID")),
    Question("the app secret", _secret_of_app, hidden=True),
)


def interview(env: Path, beside: Given, *, split: bool, offline: bool) -> None:
    """Ask for every platform that is not set; Enter leaves one for later. Raises SettingsError where it is broken off.

    What a platform takes is written at once, with what belongs to it `beside`: breaking off later loses nothing.
    """
    for about, questions in _open([load(file) for file in parted({}, env, split=split)]):
        print(f"\n{about}. Enter leaves it for later.")
        while (values := _answers(questions, beside)) and not _taken(values, env, split=split, offline=offline):
            print("Once more, or Enter to leave it for later.")


def title(default: str) -> str:
    """Ask what the office is called."""
    return _answer(f"The office, as reporters read it, such as Bawaslu Kota Kediri [{default}]") or default


def kept_back(values: Given, env: Path, *, split: bool) -> dict[str, str]:
    """Name those of these settings that mean nothing before the token is there that will be asked for."""
    every = [load(file) for file in parted({}, env, split=split)]
    known = {TELEGRAM: any(one.telegram for one in every), WHATSAPP: any(one.whatsapp for one in every)}
    waits = {f"{prefix}API_BASE" for prefix, is_ in known.items() if not is_ and f"{prefix}TOKEN" not in values}
    return {name: value for name, value in values.items() if name in waits}


def _open(every: Sequence[Settings]) -> Iterator[tuple[str, Sequence[Question]]]:
    """Name what nobody has set yet, in any of the files."""
    if not any(one.telegram for one in every):
        yield REPORTERS, (TOKEN, SITE)
    stand = ((DESK_TOKEN, any(one.desk.token for one in every)), (GROUP, any(one.desk.group for one in every)))
    if missing := [question for question, stands in stand if not stands]:
        yield OFFICERS, missing
    if not any(one.whatsapp for one in every):
        yield NUMBER, META


def _answers(questions: Sequence[Question], beside: Given) -> dict[str, str]:
    """Ask them all; nothing where the first is left."""
    values: dict[str, str] = {}
    for question in questions:
        if answer := _answer(question.asks, hidden=question.hidden):
            values |= question.settings(answer)
        elif not values:
            return {}
    prefixes = {name.rpartition("__")[0] for name in values}
    return {**values, **{name: value for name, value in beside.items() if name.rpartition("__")[0] in prefixes}}


def _answer(asks: str, *, hidden: bool = False) -> str:
    try:
        return (getpass if hidden else input)(f"  {asks}: ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        raise SettingsError("broken off; what was made so far stands: run saksi init again for the rest") from None


def _taken(values: Given, env: Path, *, split: bool, offline: bool) -> bool:
    """Introduce us with these settings, and write them; False where they are wrong or refused."""
    try:
        parts = parted(values, env, split=split)
        met = [asyncio.run(introduce(file, own, offline=offline, only=own)) for file, own in parts.items() if own]
    except SettingsError as error:
        print(error)
        return False
    for finding in (finding for one in met for finding in one.findings):
        print(finding.line())
    return not any(one.refused for one in met)
