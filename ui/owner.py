"""Whose visit it is: an unguessable token in a cookie of the browser. Runs belong to its hash."""

import hashlib
import re
import secrets

import streamlit as st

from ui.components.visitor_cookie import COOKIE, keep_token
from ui.visit import Visit

_TOKEN = re.compile(r"[\w-]{24}", re.ASCII)


def owner_of(token: str) -> str:
    """Return what stands for a token wherever something is remembered: its SHA-256, of which nobody gets back to it."""
    return hashlib.sha256(token.encode()).hexdigest()


def recognize(state: Visit) -> None:
    """Find out whose visit it is, and let the browser remember."""
    if not state.owner:
        _adopt(state, _cookie(), otherwise=secrets.token_urlsafe(18))
    keep_token(state.token, on_other=lambda token: _adopt(state, token, otherwise=state.token))


def _adopt(state: Visit, token: object, *, otherwise: str) -> None:
    """Take a token over, if it is one: it comes from the browser, and may be anything."""
    state.token = token if isinstance(token, str) and _TOKEN.fullmatch(token) else otherwise
    state.owner = owner_of(state.token)


def _cookie() -> object:
    """Return what the browser had when it came."""
    return st.context.cookies.get(COOKIE)
