"""The port that platforms call: proves who is calling on the raw bytes, hands on, and answers only after the commit."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

from msgspec import Raw
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels import whatsapp_proof
from bot.channels.whatsapp_batch import Batch
from bot.logs import log
from bot.settings import TelegramSettings, WhatsAppSettings

# Meta's largest webhook is 3 MB; Telegram's updates are far smaller. In bytes, and seconds to send them all.
BIGGEST = 4 << 20
# Bytes of bodies that are being read at the same time: who sends them is known only when all of one is there.
MOST_READ = 64 << 20
SLOWEST = 20.0
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105  # the header's name

TakeRaw = Callable[[bytes | Raw], Awaitable[None]]
TakeBatch = Callable[[Batch], Awaitable[None]]


class Refused(Exception):
    """The request is not worth reading; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(f"http {status}")
        self.status = status


def routes_for_telegram(settings: TelegramSettings, take: TakeRaw) -> list[Route]:
    """Serve Telegram's webhook; its secret is compared in constant time, on bytes."""
    secret = settings.webhook_secret.get_secret_value().encode() if settings.webhook_secret else b""

    async def webhook(request: Request) -> Response:
        # Raw headers: a non-ASCII secret must be refused like any wrong one, not raise.
        got = dict(request.scope["headers"]).get(SECRET.encode(), b"")
        if not secret or not hmac.compare_digest(got, secret):
            return Response(status_code=403)
        return await _handled(request, take)

    return [Route("/telegram", webhook, methods=["POST"])]


def routes_for_whatsapp(settings: WhatsAppSettings, decode: Callable[[bytes], Batch], take: TakeBatch) -> list[Route]:
    """Serve WhatsApp's webhook: Meta's question by GET, its signed messages by POST."""

    async def challenge(request: Request) -> Response:
        token = settings.verify_token.get_secret_value()
        answer = whatsapp_proof.challenge(token, request.query_params)
        return Response(status_code=403) if answer is None else PlainTextResponse(answer)

    async def webhook(request: Request) -> Response:
        async def take_signed(body: bytes) -> None:
            header = request.headers.get("x-hub-signature-256")
            if not whatsapp_proof.signed(settings.app_secret.get_secret_value(), body, header):
                raise Refused(401)
            await take(decode(body))

        return await _handled(request, take_signed)

    return [Route("/whatsapp", challenge, methods=["GET"]), Route("/whatsapp", webhook, methods=["POST"])]


async def _handled(request: Request, take: Callable[[bytes], Awaitable[None]]) -> Response:
    """Say 200 only when it is durable; anything else makes the platform keep it and come again."""
    try:
        await take(await _body(request))
    except Refused as refused:
        return Response(status_code=refused.status)
    except (DBAPIError, ExceptionGroup) as error:
        log.error("not-acknowledged", error=error)
        return Response(status_code=500)
    return Response(status_code=200)


class _Reading:
    """How much of all bodies together is being read now, in bytes."""

    held = 0


async def _body(request: Request) -> bytes:
    try:
        async with asyncio.timeout(SLOWEST):
            return await _limited(request)
    except TimeoutError:
        raise Refused(408) from None
    except ClientDisconnect:
        raise Refused(400) from None


async def _limited(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            _Reading.held += len(chunk)
            if len(body) > BIGGEST:
                raise Refused(413)
            if _Reading.held > MOST_READ:
                raise Refused(503)
        return bytes(body)
    finally:
        _Reading.held -= len(body)


def application(routes: list[Route]) -> Starlette:
    """The port, with a line for whoever asks whether it is alive."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[*routes, Route("/healthz", alive, methods=["GET"])])
