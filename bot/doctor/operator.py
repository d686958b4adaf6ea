"""Looks whether anybody hears of what the processes complain of."""

from bot.channels.base import Later, Never
from bot.doctor.finding import Finding, amber, ask, green, red
from bot.doctor.platforms import Asking, Silent

SETTING = "SAKSI_DESK__OPERATOR"
ABOUT = "operator"


async def look(bot: Asking, operator: int | None) -> Finding:
    """Say whether the desk's bot may write to the operator. Raises Silent."""
    if operator is None:
        do = f"set {SETTING} to a Telegram id, or scrape /metrics"
        return ask(ABOUT, "who reads the log, when nobody is told of alarms by the desk's bot?", do)
    try:
        await bot.ask("getChat", chat_id=operator)
    except Later as later:
        raise Silent(red(ABOUT, f"Telegram does not answer now (code {later.code})", "try again")) from None
    except Never:
        do = f"open a chat with the desk's bot and press Start, or correct {SETTING}"
        return amber(ABOUT, "the desk's bot cannot tell you of alarms: you never began a chat with it", do)
    return green(ABOUT, "is told of alarms by the desk's bot")
