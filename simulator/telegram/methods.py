"""Every method a bot may call. Add one by adding a line: its name, who does it, what it cannot do without."""

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.telegram import changing, files, groups, polling, profile, sending
from simulator.telegram.call import Call
from simulator.telegram.errors import QUERY_TOO_OLD, Refused, bad
from simulator.telegram.limits import COUNTED

Do = Callable[[Call], Awaitable[Any]]


class Method:
    """`needs` are the parameters the Bot API calls required, though some may come as files."""

    def __init__(self, name: str, do: Do, *needs: str) -> None:
        self.name, self.do, self.needs = name, do, needs


async def set_webhook(call: Call) -> bool:
    async def reply(body: dict[str, Any]) -> None:
        params = {name: value for name, value in body.items() if name != "method"}
        await answer(Call(call.world, call.bot, str(body["method"]), params))

    return await polling.replace_webhook(call, polling.set_webhook(call, reply))


METHODS = {
    method.name.lower(): method
    for method in (
        Method("getUpdates", polling.get_updates),
        Method("setWebhook", set_webhook, "url"),
        Method("deleteWebhook", polling.delete_webhook),
        Method("getWebhookInfo", polling.get_webhook_info),
        Method("getMe", profile.get_me),
        Method("logOut", profile.agreed),
        Method("close", profile.agreed),
        Method("setMyCommands", profile.set_my_commands, "commands"),
        Method("getMyCommands", profile.get_my_commands),
        Method("deleteMyCommands", profile.delete_my_commands),
        Method("setMyName", profile.set_my("name", 64)),
        Method("getMyName", profile.get_my("name")),
        Method("setMyDescription", profile.set_my("description", 512)),
        Method("getMyDescription", profile.get_my("description")),
        Method("setMyShortDescription", profile.set_my("short_description", 120)),
        Method("getMyShortDescription", profile.get_my("short_description")),
        Method("sendMessage", sending.send_message, "chat_id", "text"),
        Method("sendPhoto", sending.send_file("photo"), "chat_id", "photo"),
        Method("sendDocument", sending.send_file("document"), "chat_id", "document"),
        Method("sendVideo", sending.send_file("video"), "chat_id", "video"),
        Method("sendVoice", sending.send_file("voice"), "chat_id", "voice"),
        Method("sendAudio", sending.send_file("audio"), "chat_id", "audio"),
        Method("sendMediaGroup", sending.send_media_group, "chat_id", "media"),
        Method("sendChatAction", sending.send_chat_action, "chat_id", "action"),
        Method("copyMessage", sending.copy_message, "chat_id", "from_chat_id", "message_id"),
        Method("forwardMessage", sending.forward_message, "chat_id", "from_chat_id", "message_id"),
        Method("editMessageText", changing.edit_message_text),
        Method("editMessageCaption", changing.edit_message_caption),
        Method("editMessageReplyMarkup", changing.edit_message_reply_markup),
        Method("deleteMessage", changing.delete_message, "chat_id", "message_id"),
        Method("deleteMessages", changing.delete_messages, "chat_id", "message_ids"),
        Method("pinChatMessage", changing.pin_chat_message, "chat_id", "message_id"),
        Method("answerCallbackQuery", changing.answer_callback_query, "callback_query_id"),
        Method("getFile", files.get_file, "file_id"),
        Method("getChat", groups.get_chat, "chat_id"),
        Method("getChatMember", groups.get_chat_member, "chat_id", "user_id"),
        Method("getChatMemberCount", groups.get_chat_member_count, "chat_id"),
        Method("getChatAdministrators", groups.get_chat_administrators, "chat_id"),
        Method("leaveChat", groups.leave_chat, "chat_id"),
        Method("createForumTopic", groups.create_forum_topic, "chat_id", "name"),
        Method("editForumTopic", groups.edit_forum_topic, "chat_id", "message_thread_id"),
        Method("closeForumTopic", groups.close_forum_topic, "chat_id", "message_thread_id"),
        Method("reopenForumTopic", groups.reopen_forum_topic, "chat_id", "message_thread_id"),
        Method("closeGeneralForumTopic", groups.close_general_forum_topic, "chat_id"),
        Method("reopenGeneralForumTopic", groups.reopen_general_forum_topic, "chat_id"),
        Method("deleteForumTopic", groups.delete_forum_topic, "chat_id", "message_thread_id"),
    )
}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": QUERY_TOO_OLD,
    "file_id": "file_id is empty",
}


def name_of(asked: str) -> str:
    """The method's proper name, as Telegram takes it in any case; of no method, the word itself."""
    method = METHODS.get(asked.lower())
    return method.name if method else asked


async def answer(call: Call) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the body a call earns."""
    try:
        return 200, {"ok": True, "result": await _done(call)}
    except Refused as refused:
        return refused.code, refused.shown()


async def _done(call: Call) -> Any:
    method = METHODS.get(call.method.lower())
    if method is None:
        raise Refused(404, "Not Found")
    for name in method.needs:
        if name not in call.params and name not in call.files:
            raise bad(MISSING.get(name, f"{name.replace('_', ' ')} is empty"))
    if method.name in COUNTED:
        chat = call.params.get("chat_id")
        limits, now = call.world.limits["telegram"], call.world.now()
        call.telegram.limiter.check(limits, call.bot.id, chat, now, len(call.listed("media")) or 1)
    return await method.do(call)
