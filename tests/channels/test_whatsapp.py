"""What we ask of WhatsApp: well-formed messages out, whole files in, and a clear fate for every failure."""

import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.base import Button, Channel, ChannelError, Later, Never, Reporter, Shown
from bot.channels.whatsapp import LIMITS, WINDOW_CLOSED, WhatsApp, compose, refusal
from tests.channels.cloud import PHONE_ID, TOKEN, Cloud, Conversation, raw_server, refused, whatsapp

SCOPED = Reporter("whatsapp", "ID.10000000000000000001")
PHONE = Reporter("whatsapp", "628000000000")
MESSAGES = f"POST /v25.0/{PHONE_ID}/messages"
HALO = Shown("Halo")

SCHEMA = Path(__file__).parents[3] / "shared" / "data" / "whatsapp-openapi" / "whatsapp-cloud-mock.json"


class Impatient(WhatsApp):
    timeout = 0.2


async def test_it_is_a_channel() -> None:
    async with whatsapp("https://graph.facebook.com") as made:
        seam: Channel = made
        assert (seam.name, seam.limits) == ("whatsapp", LIMITS)
        assert set(seam.secrets) == {TOKEN, "rahasia"}


def test_importing_it_loads_no_telegram_library() -> None:
    program = "import sys, bot.channels.whatsapp; print({'aiogram', 'telegram'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # our own words
    assert done.stdout.strip() == "set()"


class TestShow:
    async def test_a_text_reaches_a_scoped_id_with_its_tracker(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on(MESSAGES, JSONResponse({"messages": [{"id": "wamid.X"}]}))
        assert await channel.show(SCOPED, HALO, "KIRIMAN1") == ()
        (asked,) = meta.asked
        assert asked.headers["authorization"] == f"Bearer {TOKEN}"
        assert json.loads(asked.body) == {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "recipient": SCOPED.id,
            "biz_opaque_callback_data": "KIRIMAN1",
            "type": "text",
            "text": {"body": "Halo", "preview_url": False},
        }

    def test_a_number_is_written_with_its_country(self) -> None:
        body = compose(PHONE.id, HALO, "")
        assert body["to"] == "+628000000000"
        assert not {"recipient", "biz_opaque_callback_data"} & set(body)

    def test_buttons_stand_below_and_rows_open_from_the_menu(self) -> None:
        ya = Button("review:ya", "Ya", "Kirim sekarang")
        below = compose(SCOPED.id, Shown("Kirim?", buttons=(ya,)), "")["interactive"]
        assert below == {
            "type": "button",
            "body": {"text": "Kirim?"},
            "action": {"buttons": [{"type": "reply", "reply": {"id": "review:ya", "title": "Ya"}}]},
        }
        opened = compose(SCOPED.id, Shown("Kirim?", rows=(ya,), buttons=(Button("x:y", "Batal"),), menu="Pilih"), "")
        rows = [
            {"id": "review:ya", "title": "Ya", "description": "Kirim sekarang"},
            {"id": "x:y", "title": "Batal"},
        ]
        assert opened["interactive"] == {
            "type": "list",
            "body": {"text": "Kirim?"},
            "action": {"button": "Pilih", "sections": [{"rows": rows}]},
        }

    async def test_an_accepted_message_is_accepted_whatever_else_the_answer_says(
        self, meta: Cloud, channel: WhatsApp
    ) -> None:
        meta.on(MESSAGES, Response("<html>"))
        assert await channel.show(SCOPED, HALO) == ()

    async def test_nothing_is_erased_and_nothing_asked(self, meta: Cloud, channel: WhatsApp) -> None:
        await channel.erase(SCOPED, ("wamid.X",))
        assert meta.asked == []


def texts(longest: int) -> st.SearchStrategy[str]:
    return st.text(min_size=1, max_size=longest)


def buttons(label: int, about: int, most: int) -> st.SearchStrategy[tuple[Button, ...]]:
    one = st.builds(Button, data=texts(64), label=texts(label), about=st.text(max_size=about))
    return st.lists(one, min_size=1, max_size=most, unique_by=lambda each: each.data).map(tuple)


BUBBLES = (
    st.builds(Shown, text=texts(LIMITS.text))
    | st.builds(
        Shown,
        text=texts(LIMITS.text_with_buttons),
        buttons=buttons(LIMITS.label, LIMITS.row_about, LIMITS.buttons),
    )
    | st.builds(
        Shown,
        text=texts(LIMITS.text_with_buttons),
        rows=buttons(LIMITS.row_label, LIMITS.row_about, LIMITS.rows),
        menu=texts(LIMITS.label),
    )
)


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    document = json.loads(SCHEMA.read_bytes())
    return jsonschema.Draft202012Validator(document["components"]["schemas"]["Message"])


@pytest.mark.skipif(not SCHEMA.is_file(), reason=f"no copy of Meta's OpenAPI at {SCHEMA}")
class TestMetasSchema:
    @given(
        st.sampled_from([SCOPED.id, PHONE.id, "ID.ENT.1A2b"]),
        BUBBLES,
        st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", max_size=26),
    )
    def test_everything_within_the_limits_is_accepted(
        self, schema: jsonschema.Draft202012Validator, to: str, shown: Shown, tracker: str
    ) -> None:
        schema.validate(compose(to, shown, tracker))

    @pytest.mark.parametrize(
        "shown",
        [
            Shown("a" * (LIMITS.text + 1)),
            Shown("a", buttons=tuple(Button(str(n), "Ya") for n in range(LIMITS.buttons + 1))),
            Shown("a", buttons=(Button("a", "a" * (LIMITS.label + 1)),)),
            Shown("a", rows=tuple(Button(str(n), "Ya") for n in range(LIMITS.rows + 1)), menu="Pilih"),
            Shown("a", rows=(Button("a", "a" * (LIMITS.row_label + 1)),), menu="Pilih"),
            Shown("a" * (LIMITS.text_with_buttons + 1), buttons=(Button("a", "Ya"),)),
        ],
    )
    def test_the_limits_are_no_looser_than_they_must_be(
        self, schema: jsonschema.Draft202012Validator, shown: Shown
    ) -> None:
        with pytest.raises(jsonschema.ValidationError):
            schema.validate(compose(SCOPED.id, shown, ""))


# The HTTP status, and what must become of the code that comes with it.
FATES: list[tuple[int, ChannelError]] = [
    *((400, Later(5, code)) for code in (1, 2, 131000, 131016, 131053, 131057)),
    *((400, Later(60, code)) for code in (4, 80007, 131048)),
    *((400, Later(4, code)) for code in (130429, 131056)),
    *((400, Never(code)) for code in (WINDOW_CLOSED, 131021, 131026, 131030, 131050, 100)),
    *((400, Never(code, halt=True)) for code in (0, 3, 10, 190, 200, 299, 368, 131005)),
    *((400, Never(code, halt=True)) for code in (131031, 131042, 131045, 133010)),
    (500, Never(190, halt=True)),
    (500, Later(5, 999999)),
    (429, Later(5, 999999)),
]


def same(one: ChannelError, other: ChannelError) -> bool:
    return type(one) is type(other) and vars(one) == vars(other)


class TestFates:
    @pytest.mark.parametrize(("http", "fate"), FATES)
    async def test_metas_code_decides(self, meta: Cloud, channel: WhatsApp, http: int, fate: ChannelError) -> None:
        meta.on(MESSAGES, refused(fate.code, http, fbtrace_id="jejak", error_user_msg="628000000000"))
        with pytest.raises(ChannelError) as caught:
            await channel.show(SCOPED, HALO)
        assert same(caught.value, fate)
        assert "628000000000" not in str(caught.value)

    async def test_a_transient_error_nobody_listed_is_tried_again(self, meta: Cloud, channel: WhatsApp) -> None:
        meta.on(MESSAGES, refused(999999, is_transient=True))
        with pytest.raises(Later):
            await channel.show(SCOPED, HALO)

    @pytest.mark.parametrize(
        ("body", "fate"),
        [
            (b"<html>Bad Gateway", Later(5, 502)),
            (b"", Later(5, 500)),
            (b"{}", Later(5, 429)),
            (b"", Never(401, halt=True)),
            (b'{"error": "rusak"}', Never(400)),
            (b"[" * 100_000, Never(400)),
            (b'{"rusak": ' + b"[" * 100_000, Never(400)),
            (b"", Never(302)),
        ],
    )
    async def test_without_a_code_the_status_decides(
        self, meta: Cloud, channel: WhatsApp, body: bytes, fate: ChannelError
    ) -> None:
        meta.on(MESSAGES, Response(body, fate.code, {"location": "http://127.0.0.1:1/"}))
        with pytest.raises(ChannelError) as caught:
            await channel.show(SCOPED, HALO)
        assert same(caught.value, fate)

    def test_a_failed_status_is_judged_by_the_same_table(self) -> None:
        assert isinstance(refusal(131056), Later)
        closed = refusal(WINDOW_CLOSED)
        assert isinstance(closed, Never)
        assert not closed.halt


def saying(words: bytes) -> Conversation:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(words)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return talk


class TestTheWire:
    async def test_nobody_listening_means_later(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        async with whatsapp(f"http://127.0.0.1:{port}") as channel:
            with pytest.raises(Later) as caught:
                await channel.show(SCOPED, HALO)
        assert caught.value.__suppress_context__
        assert str(port) not in str(caught.value)

    async def test_silence_means_later(self, meta: Cloud) -> None:
        over = asyncio.Event()

        async def silent(_: Request) -> Response:
            await over.wait()
            return Response()

        meta.on(MESSAGES, silent)
        async with whatsapp(meta.url, Impatient) as channel:
            with pytest.raises(Later):
                await channel.show(SCOPED, HALO)
        over.set()

    @pytest.mark.parametrize(
        "words",
        [
            b"",
            b"selamat pagi\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nputus",
            b"HTTP/1.1 2 OK\r\n:\r\n\r\n",
        ],
    )
    async def test_a_broken_answer_means_later(self, words: bytes) -> None:
        async with raw_server(saying(words)) as url, whatsapp(url) as channel:
            with pytest.raises(Later):
                await channel.show(SCOPED, HALO)
