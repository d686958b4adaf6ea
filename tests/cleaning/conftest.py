"""A cleaner, a key to read what it sealed, and an eye on the children it starts."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from handlers.messages import Kind
from storage.cleaning.cleaner import Cleaner
from storage.vault import new_identity, open_sealed
from tests.cleaning.children import children

Clean = Callable[[AsyncIterator[bytes] | bytes], Awaitable[bytes]]
CleanAs = Callable[[Kind, bytes], Awaitable[bytes]]


@pytest.fixture
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.fixture(scope="session")
def key() -> tuple[str, str]:
    """An age key pair: private, public."""
    return new_identity()


@pytest.fixture
def clean(cleaner: Cleaner, key: tuple[str, str]) -> Clean:
    """Clean a picture in a real child, and open what came of it."""
    private, public = key

    async def clean(source: AsyncIterator[bytes] | bytes) -> bytes:
        return open_sealed((await cleaner.clean(Kind.IMAGE, source, public)).sealed, [private])

    return clean


@pytest.fixture
def clean_as(cleaner: Cleaner, key: tuple[str, str]) -> CleanAs:
    """The same for a file of any kind."""
    private, public = key

    async def clean(kind: Kind, data: bytes) -> bytes:
        return open_sealed((await cleaner.clean(kind, data, public)).sealed, [private])

    return clean


@pytest.fixture(autouse=True)
def nobody_left_behind() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before
