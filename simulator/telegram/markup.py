"""Keyboards: which a message may carry, and the refusal each mistake earns."""

import re
from typing import Any

from simulator.telegram.errors import bad

DATA_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton
MOST_BUTTONS = 100
URL = re.compile(r"(?:https?|tg)://\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
ACTIONS = {
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
OTHERS = {"keyboard", "remove_keyboard", "force_reply"}

Markup = dict[str, Any]


def checked(markup: Any, *, inline_only: bool = False) -> Markup | None:
    """The inline keyboard to keep (None: there is none); raises Refused."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if inline_only and markup.keys() & OTHERS:
        raise bad("inline keyboard expected")
    return None


def _inline(rows: Any) -> Markup | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    kept = [[_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not button.keys() & ACTIONS:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 0 < len(str(button["callback_data"]).encode()) <= DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not URL.fullmatch(str(button["url"])):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return button


def shown(markup: Markup | None) -> list[list[dict[str, str]]]:
    """The buttons as /sim/state shows them: a text and what a press sends or opens."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [[_shown(button) for button in row] for row in rows]


def _shown(button: dict[str, Any]) -> dict[str, str]:
    if "url" in button:
        return {"text": button["text"], "url": button["url"]}
    return {"text": button["text"], "data": button.get("callback_data", "")}
