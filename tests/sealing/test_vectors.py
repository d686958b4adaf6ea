"""The building stones are the published ones.

RFC 4231 (HMAC) does not apply: every keyed hash here is BLAKE2b's own. RFC 9106's vector for Argon2id needs a
secret, associated data and four lanes, none of which libsodium offers; the reference implementation's own
vector stands in for it.
"""

from hashlib import blake2b

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.pwhash import argon2id

from storage.vault import identity_from_seed, public_of


def test_blake2b_is_rfc_7693s() -> None:
    assert blake2b(b"abc").hexdigest() == (
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
    )


def test_keyed_blake2b_is_its_authors() -> None:
    """blake2b-kat.txt of the BLAKE2 reference package: no input, the key 00..3f."""
    assert blake2b(b"", key=bytes(range(64))).hexdigest() == (
        "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
        "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568"
    )


def test_argon2id_is_its_authors() -> None:
    """test.c of the Argon2 reference implementation: version 0x13, 2 passes, 256 KiB, 1 lane."""
    written = b"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
    assert argon2id.verify(written, b"password")


def test_xchacha20_poly1305_is_the_drafts() -> None:
    """draft-irtf-cfrg-xchacha-03, A.3.1."""
    words = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    sealed = bytes.fromhex(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
        "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
    )
    context = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    nonce, key = bytes(range(0x40, 0x58)), bytes(range(0x80, 0xA0))
    assert crypto_aead_xchacha20poly1305_ietf_encrypt(words, context, nonce, key) == sealed
    assert crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, context, nonce, key) == words


def test_a_seed_is_spelled_as_age_spells_it() -> None:
    """The key pair of rage's own tests (age/src/x25519.rs)."""
    seed = bytes.fromhex("400bef1d8036f72664f0b7a5a62cfc956ed0765c641387636f534e8cb81e5058")
    private = identity_from_seed(seed)
    assert private == "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33"
    assert public_of(private) == "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"
