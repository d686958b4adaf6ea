"""Looks at the bucket, where evidence is in one: whether it takes, gives, lists and forgets."""

from collections.abc import Iterator

from bot.app.ground import LOOPBACK
from bot.doctor.finding import Finding, amber, green, red
from bot.settings import Settings, SettingsError
from bot.stores import store_of
from storage.errors import Unreached

ABOUT = "evidence"


def look(settings: Settings) -> Iterator[Finding]:
    """Try it with a file that means nothing; a folder of ours is looked at with the state."""
    if settings.store is None:
        return
    yield _tried(settings)
    endpoint = (settings.bucket.endpoint if settings.bucket else None) or ""
    if endpoint.startswith("http:") and not f"{endpoint}:".startswith(LOOPBACK):
        yield amber(ABOUT, "goes over the network without TLS", "give the store a certificate, or a network of its own")
    if left := _left_behind(settings):
        yield red(ABOUT, f"{left} files lie in the old folder", "copy them into the bucket: docs/install.md")


def _tried(settings: Settings) -> Finding:
    from storage.s3 import S3  # noqa: PLC0415  # heavy, and mostly not needed

    try:
        store = store_of(settings)
        keeps = isinstance(store, S3) and store.tried()
    except SettingsError as error:
        return red(ABOUT, "no bucket can be opened", str(error))
    except Unreached as unreached:
        return red(ABOUT, "nothing can be stored and shown; what is owed waits", str(unreached))
    if keeps:
        do = "switch its versioning off and delete old versions"
        return red(ABOUT, f"{settings.store} keeps what we delete", do)
    return green(ABOUT, f"{settings.store} takes, gives, lists and deletes files")


def _left_behind(settings: Settings) -> int:
    old = settings.state / "evidence"
    return sum(1 for _ in old.glob("??/*")) if old.exists() else 0
