"""Formatted text, keyboards and limits are read as Telegram reads them, refusals word for word."""

import html
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.telegram.errors import Refused
from simulator.telegram.people import pieces
from simulator.telegram.text import TEXT_LIMIT, formatted, units
from tests.simulator.running import Running

SEND = "sendMessage"
BUTTON = "can't parse inline keyboard button: "
ME = {"person": 7001, "chat": "saksi_demo_bot"}
FOUND = {"bot_command", "mention", "hashtag", "url"}


def read(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain text, and each entity's kind with the words it covers."""
    plain, entities = formatted(text, "HTML", [])
    wide = plain.encode("utf-16-le")
    covered = [wide[2 * one["offset"] : 2 * (one["offset"] + one["length"])] for one in entities]
    return plain, [(one["type"], part.decode("utf-16-le")) for one, part in zip(entities, covered, strict=True)]


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("<b>a</b><strong>b</strong>", "ab", [("bold", "a"), ("bold", "b")]),
        ("😀<i>é</i>", "😀é", [("italic", "é")]),
        ("<u>a<s>b</s></u>", "ab", [("underline", "ab"), ("strikethrough", "b")]),
        ("  <b> a </b>  ", "a", [("bold", "a")]),
        ("1 &lt; 2 &amp; 3 &#33; &nope;", "1 < 2 & 3 ! &nope;", []),
        ("<a href='https://x.id/?a=1&amp;b'>sini</a>", "sini", [("text_link", "sini")]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
        ("<tg-spoiler>y</tg-spoiler>", "y", [("spoiler", "y")]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", "x")]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", "x")]),
        ("<b></b>x", "x", []),
        ("/status di @saksi_desk_bot", "/status di @saksi_desk_bot",
         [("bot_command", "/status"), ("mention", "@saksi_desk_bot")]),
        ("<code>/status</code> a/b https://x.id #asn", "/status a/b https://x.id #asn",
         [("code", "/status"), ("url", "https://x.id"), ("hashtag", "#asn")]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(text: str, plain: str, entities: list[tuple[str, str]]) -> None:
    assert read(text) == (plain, entities)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("é<b><i>x</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("2 <3", 'Unsupported start tag "3" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_cannot_be_read_is_refused_with_its_place(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        formatted(text, "HTML", [])
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_out_as_it_went_in_and_unstyled(text: str) -> None:
    plain, entities = formatted(html.escape(text, quote=False), "HTML", [])
    assert plain == text.strip()
    assert {one["type"] for one in entities} <= FOUND


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_lengths_are_counted_in_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(st.text("ab 😀\n", max_size=30), st.integers(1, 3000))
def test_clients_split_long_texts_and_lose_nothing_but_spaces(text: str, times: int) -> None:
    parts = pieces(text * times)
    assert all(0 < units(part) <= TEXT_LIMIT for part in parts)
    assert "".join("".join(parts).split()) == "".join((text * times).split())


def keys(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Ya", **button}]]}


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    (SEND, {"text": "x"}, "chat_id is empty"),
    (SEND, {"chat_id": 7001}, "message text is empty"),
    (SEND, {"chat_id": 7001, "text": " <b> </b> ", "parse_mode": "HTML"}, "message text is empty"),
    (SEND, {"chat_id": 7001, "text": "😀" * 2049}, "message is too long"),
    (SEND, {"chat_id": 7001, "text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
    (SEND, {"chat_id": 7001, "text": "a\ud800"}, "strings must be encoded in UTF-8"),
    (SEND, {"chat_id": 1, "text": "x"}, "chat not found"),
    (SEND, {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    (SEND, {"chat_id": 7001, "text": "x", "entities": [{"type": "bold"}]},
     "can't parse entities: expected an Array of MessageEntity"),
    (SEND, {"chat_id": 7001, "text": "x", "message_thread_id": 5}, "message thread not found"),
    (SEND, {"chat_id": 7001, "text": "x", "reply_parameters": {"message_id": 99}},
     "message to be replied not found"),
    (SEND, {"chat_id": 7001, "text": "x", "reply_markup": "{"},
     "can't parse reply_markup JSON object"),
    (SEND, {"chat_id": 7001, "text": "x", "reply_markup": keys(callback_data="é" * 33)},
     "BUTTON_DATA_INVALID"),
    (SEND, {"chat_id": 7001, "text": "x", "reply_markup": keys(callback_data="")},
     "BUTTON_DATA_INVALID"),
    (SEND, {"chat_id": 7001, "text": "x", "reply_markup": keys()},
     BUTTON + "Text buttons are unallowed in the inline keyboard"),
    (SEND, {"chat_id": 7001, "text": "x", "reply_markup": keys(url="not a url")},
     "inline keyboard button URL 'not a url' is invalid: Wrong HTTP URL"),
    ("sendPhoto", {"chat_id": 7001, "photo": "someone-elses-id"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"chat_id": 7001}, "photo is empty"),
    ("sendMediaGroup", {"chat_id": 7001, "media": [{"type": "photo"}]},
     "group of media must have from 2 to 10 items"),
    ("sendChatAction", {"chat_id": 7001, "action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"chat_id": 7001, "message_id": 99, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": 7001, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"chat_id": 7001, "message_id": "one", "text": "x"}, "invalid message_id specified"),
    ("editMessageReplyMarkup", {"chat_id": 7001, "message_id": 2, "reply_markup": {"force_reply": True}},
     "inline keyboard expected"),
    ("editMessageCaption", {"chat_id": 7001, "message_id": 2, "caption": "x"},
     "there is no caption in the message to edit"),
    ("deleteMessages", {"chat_id": 7001, "message_ids": []}, "message identifiers are not specified"),
    ("answerCallbackQuery", {"callback_query_id": "1"},
     "query is too old and response timeout expired or query ID is invalid"),
    ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ("getChatMember", {"chat_id": 7001, "user_id": 5}, "PARTICIPANT_ID_INVALID"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "body", "why"), REFUSALS)
async def test_what_cannot_be_done_is_refused_in_telegrams_words(
    simulator: Running, method: str, body: dict[str, Any], why: str
) -> None:
    await simulator.sim("telegram/start", **ME)
    await simulator.client.post("/bot100:intake-token/sendMessage", json={"chat_id": 7001, "text": "Halo"})
    answer = await simulator.client.post(
        f"/bot100:intake-token/{method}",
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )
    assert answer.json() == {"ok": False, "error_code": 400, "description": f"Bad Request: {why}"}
    assert answer.status_code == 400
    assert len(await simulator.messages("7001:saksi_demo_bot")) == 2


async def test_an_edit_that_changes_nothing_is_refused_and_one_without_keys_takes_them_away(
    simulator: Running,
) -> None:
    await simulator.sim("telegram/start", **ME)
    card = {
        "chat_id": 7001,
        "text": "<b>Kartu</b>",
        "parse_mode": "HTML",
        "reply_markup": keys(callback_data="a"),
    }
    sent = await simulator.client.post("/bot100:intake-token/sendMessage", json=card)
    edit = {**card, "message_id": sent.json()["result"]["message_id"]}
    same = await simulator.client.post("/bot100:intake-token/editMessageText", json=edit)
    assert same.json()["description"].startswith("Bad Request: message is not modified: specified new message")
    del edit["reply_markup"]
    bare = await simulator.client.post("/bot100:intake-token/editMessageText", json=edit)
    assert "reply_markup" not in bare.json()["result"]
    (_, shown) = await simulator.messages("7001:saksi_demo_bot")
    assert (shown["edited"], shown["buttons"]) == (True, [])


async def test_limits_count_what_people_see_and_not_the_tags(simulator: Running) -> None:
    await simulator.sim("telegram/start", **ME)
    text = "<b>" + "&lt;" * 4096 + "</b>"
    asked = {"chat_id": 7001, "text": text, "parse_mode": "HTML"}
    answer = await simulator.client.post("/bot100:intake-token/sendMessage", json=asked)
    assert len(answer.json()["result"]["text"]) == 4096


async def test_unknown_methods_and_tokens_are_refused(simulator: Running) -> None:
    method = await simulator.client.get("/bot100:intake-token/sendEverything")
    assert method.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    token = await simulator.client.get("/bot100:other/getMe")
    assert token.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (method.status_code, token.status_code) == (404, 401)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b'"x"'])
async def test_a_body_that_is_no_json_object_is_refused(simulator: Running, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await simulator.client.post("/bot100:intake-token/getMe", content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["ok"] is False
