"""Proves who calls WhatsApp's webhook: Meta's signature on the raw bytes, and its question before the first of them."""

import hashlib
import hmac
from collections.abc import Mapping


def signed(secret: str, body: bytes, header: str | bytes | None) -> bool:
    """Say whether Meta signed these raw bytes (`X-Hub-Signature-256`). An empty secret signs nothing."""
    if not secret or header is None:
        return False
    got = header.encode("utf-8", "replace") if isinstance(header, str) else header
    want = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={want}".encode(), got)


def challenge(verify_token: str, query: Mapping[str, str]) -> str | None:
    """Answer Meta's subscription check (the GET), or None when it does not know our token."""
    got = query.get("hub.verify_token", "").encode("utf-8", "replace")
    ours = bool(verify_token) and hmac.compare_digest(verify_token.encode(), got)
    return query.get("hub.challenge") if ours and query.get("hub.mode") == "subscribe" else None
