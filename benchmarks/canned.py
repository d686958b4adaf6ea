"""What Telegram answers to a bot, without Telegram."""

import json
from typing import Any

TOKEN = "123456:AbCd-EfGh"
BOT = {"id": 123456, "is_bot": True, "first_name": "Saksi", "username": "saksi_bot"}
CHAT = {"id": 102, "type": "private", "first_name": "Warga"}
SENT = {"message_id": 8, "date": 1_795_000_000, "chat": CHAT, "from": BOT, "text": "?"}
ANSWERS: dict[str, Any] = {"getMe": BOT, "sendMessage": SENT}


def answer(method: str) -> str:
    return json.dumps({"ok": True, "result": ANSWERS.get(method, True)})
