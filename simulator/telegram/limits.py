"""How fast a bot may write, counted per second and chat as Telegram does, when /sim/limits switches it on."""

from collections import defaultdict, deque
from typing import Any

from simulator.telegram.errors import too_many

COUNTED = {
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendVideo",
    "sendVoice",
    "sendAudio",
    "sendMediaGroup",
    "copyMessage",
    "forwardMessage",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "createForumTopic",
}


class Limiter:
    """Sliding windows; a refused call does not count. Sends, edits and new topics weigh the same."""

    def __init__(self) -> None:
        self._times: dict[tuple[str, int, str], deque[float]] = defaultdict(deque)

    def check(self, limits: dict[str, float], bot: int, chat: Any, now: float, weight: int = 1) -> None:
        """Count one call (an album weighs as many as it has files); raises Refused (429)."""
        windows = [("all_per_second", None, 1.0), ("chat_per_second", chat, 1.0)]
        if isinstance(chat, int) and chat < 0:
            windows.append(("group_per_minute", chat, 60.0))
        asked = [
            (self._times[name, bot, str(where)], limits[name], span) for name, where, span in windows if name in limits
        ]
        for times, most, span in asked:
            while times and times[0] <= now - span:
                times.popleft()
            if times and len(times) >= most:
                raise too_many(times[0] + span - now)
        for times, _, _ in asked:
            times.extend([now] * weight)
