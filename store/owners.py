"""Whose a run is: a visitor has an unguessable token, and the store knows its hash alone."""

import re
import secrets
from hashlib import sha256

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_OWNER = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)


def new_token() -> str:
    """Return a token of 256 random bits, in letters that fit into a cookie."""
    return secrets.token_urlsafe(32)


def well_formed(token: object) -> bool:
    """Return whether something that a browser sent could be a token."""
    return isinstance(token, str) and _TOKEN.fullmatch(token) is not None


def is_owner(text: object) -> bool:
    """Return whether something could be the hash of a token."""
    return isinstance(text, str) and _OWNER.fullmatch(text) is not None


def owner_of(token: str) -> str:
    """Return the SHA-256 of a token, in 64 hexadecimal digits: from it, nobody finds the token.

    Raises:
        ValueError: it is no token.
    """
    if not well_formed(token):
        raise ValueError("this is no token")
    return sha256(token.encode("ascii")).hexdigest()


def is_id(text: object) -> bool:
    """Return whether something that an address said could be the id of a run."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None
