"""The store of sealed files that the settings name, and how nobody waits for one that is far away."""

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from bot.logs import log
from bot.settings import BUCKET, Settings, SettingsError
from storage.errors import Unreached
from storage.evidence import Folder, Store
from storage.private import state_folder

P = ParamSpec("P")
T = TypeVar("T")
# Threads of their own: while a store does not answer, tickets must not wait behind it for one of asyncio's few.
_THREADS = ThreadPoolExecutor(8, thread_name_prefix="store")
# Seconds for which somebody waits for bytes to go that no row names any more.
PATIENCE = 1.0


def store_of(settings: Settings) -> Store:
    """Open the store: a folder in the state, or a bucket. Asks it nothing. Raises SettingsError."""
    if settings.store is None:
        return Folder(state_folder(settings.state / "evidence"))
    if settings.bucket is None:
        raise SettingsError("SAKSI_STORE is a bucket: set SAKSI_BUCKET__KEY_ID and SAKSI_BUCKET__SECRET, which open it")
    from storage.s3 import S3, Access  # noqa: PLC0415  # its library takes memory: only who has a bucket pays

    named, given = BUCKET.fullmatch(settings.store), settings.bucket
    if named is None:
        raise SettingsError("SAKSI_STORE is no bucket")
    access = Access(given.key_id, given.secret.get_secret_value(), given.endpoint, given.region)
    return S3(named["name"], (named["prefix"] or "").strip("/"), access)


async def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do in a thread what asks the store."""
    return await _begun(work, *args, **kwargs)


async def soon(work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do it in a thread, and wait a second at most: whoever wrote must not wait for a store that does not answer."""
    done, _ = await asyncio.wait({_begun(work, *args, **kwargs)}, timeout=PATIENCE)
    for one in done:
        one.result()


def _begun(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
    return asyncio.get_running_loop().run_in_executor(_THREADS, functools.partial(work, *args, **kwargs))


def let_go(store: Store, *ids: str) -> None:
    """Drop bytes that no row names any more; those that stay because the store is away are found by the sweep."""
    for done, id_ in enumerate(ids):
        try:
            store.drop(id_)
        except Unreached as unreached:
            log.warning("drop-later", why=str(unreached), count=len(ids) - done)
            return
