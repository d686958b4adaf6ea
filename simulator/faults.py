"""Faults on order: what the platforms do wrong, how often, and the cut line itself."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, fields
from http import HTTPStatus
from typing import Any, Self

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

NUMBERS: dict[str, type | tuple[type, ...]] = {
    "times": int,
    "status": int,
    "code": int,
    "retry_after": (int, float),
}
Act = Callable[[], Awaitable[Response]]
SIDES = ("telegram", "whatsapp")


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer made to order; `code` and `retry_after` (seconds) are each platform's to place."""

    status: int
    code: int | None = None
    retry_after: float | None = None


@dataclass(slots=True)
class Ordered:
    """A fault for the next `times` calls, of these `methods` only (none named: of all)."""

    times: int
    status: int = 500
    code: int | None = None
    retry_after: float | None = None
    methods: tuple[str, ...] = ()

    @classmethod
    def read(cls, order: Any, where: str) -> Self:
        """Raises ValueError for anything but whole numbers in known fields."""
        if not isinstance(order, dict):
            raise ValueError(f"{where}: expected an object")  # noqa: TRY004  (one error type for a bad order)
        unknown = order.keys() - set(cls.__slots__)
        if unknown:
            raise ValueError(f"{where}: unknown {', '.join(sorted(unknown))}")
        for name, kind in NUMBERS.items():
            if not isinstance(order.get(name, 0), kind):
                raise ValueError(f"{where}.{name}: expected a number")  # noqa: TRY004  (as above)
        if not isinstance(order.get("methods", []), list) or order.get("status", 500) not in iter(HTTPStatus):
            raise ValueError(f"{where}: methods should be a list and status one of HTTP's")
        return cls(**{"times": 1, **order, "methods": tuple(order.get("methods", ()))})

    def take(self, method: str) -> bool:
        """True, once for each of the `times`, when `method` is meant."""
        if self.times <= 0 or (self.methods and method not in self.methods):
            return False
        self.times -= 1
        return True

    def failure(self) -> Failure:
        return Failure(self.status, self.code, self.retry_after)


@dataclass(slots=True)
class Fault:
    """What one platform does wrong just now; as made, nothing.

    `repeat`, `reverse`, `batch` and `late_fail` are WhatsApp's: how its webhooks arrive.
    """

    fail: Ordered = field(default_factory=lambda: Ordered(0))
    swallow: Ordered = field(default_factory=lambda: Ordered(0))
    files: Ordered = field(default_factory=lambda: Ordered(0, status=503))
    late_fail: Ordered = field(default_factory=lambda: Ordered(0))
    delay: float = 0.0
    down: bool = False
    repeat: int = 0
    reverse: bool = False
    batch: int = 0

    @classmethod
    def read(cls, order: Any, where: str) -> Self:
        """Raises ValueError when the order names an unknown fault or gives it a wrong value."""
        if not isinstance(order, dict):
            raise ValueError(f"{where}: expected an object")  # noqa: TRY004  (one error type for a bad order)
        fault = cls()
        for name, value in order.items():
            setattr(fault, name, cls._value(fault, name, value, f"{where}.{name}"))
        return fault

    def _value(self, name: str, value: Any, where: str) -> Any:
        if name not in self.__slots__:
            raise ValueError(f"{where}: no such fault")
        now = getattr(self, name)
        if isinstance(now, Ordered):
            return Ordered.read({"status": now.status, **value} if isinstance(value, dict) else value, where)
        kind = (int, float) if isinstance(now, float) else type(now)
        if isinstance(now, bool) is not isinstance(value, bool) or not isinstance(value, kind):
            raise ValueError(f"{where}: expected {type(now).__name__}")
        return value

    def become(self, other: "Fault") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))

    def file(self) -> Failure | None:
        """How this download fails, if it does."""
        return self.files.failure() if self.files.take("") else None

    async def through(self, method: str, act: Act, failed: Callable[[Failure], Response]) -> Response:
        """One call's way past the faults: its own answer, one made to order, or a cut line.

        A delayed call has already done its work: what is late is the answer.
        """
        answer = Cut() if self.down else await self._answer(method, act, failed)
        if self.delay:
            await asyncio.sleep(self.delay)
        return Cut() if self.down else answer

    async def _answer(self, method: str, act: Act, failed: Callable[[Failure], Response]) -> Response:
        if self.fail.take(method):
            return failed(self.fail.failure())
        swallowed = self.swallow.take(method)
        answer = await act()
        return Cut() if swallowed else answer


class Faults:
    """Both platforms' faults; an order replaces a platform's all at once, also for calls under way."""

    def __init__(self) -> None:
        self.telegram, self.whatsapp = Fault(), Fault()

    def order(self, body: dict[str, Any]) -> None:
        """Replace the faults of the platforms named; raises ValueError, changing nothing, if one is odd."""
        unknown = body.keys() - set(SIDES)
        if unknown:
            raise ValueError(f"no such platform: {', '.join(sorted(unknown))}")
        for side, fault in {side: Fault.read(body[side], side) for side in body}.items():
            getattr(self, side).become(fault)

    def shown(self) -> dict[str, Any]:
        return {side: asdict(getattr(self, side)) for side in SIDES}


class Cut(Response):
    """No answer at all: the connection is torn down, as by a crashed or unreachable server."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  (ASGI)
        cut = (scope.get("extensions") or {}).get("saksi.cut")
        if cut is None:
            raise ConnectionResetError("the simulator cut this connection")
        cut()
        while (await receive())["type"] != "http.disconnect":
            pass
