"""Whose visit it is: an unguessable token in a cookie of the browser. Runs belong to its hash."""

import hashlib
import re
import secrets
from functools import partial

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
    adopt = partial(_adopt, state, otherwise=state.token)
    keep_token(state.token, instead_of=state.former_token, on_other=adopt)


def become_another(state: Visit) -> None:
    """Let the visitor have a new token: who comes with it owns nothing yet. The cookie takes it with the next run."""
    state.former_token = state.token
    _adopt(state, None, otherwise=secrets.token_urlsafe(18))


def _adopt(state: Visit, token: object, *, otherwise: str) -> None:
    """Take a token over, if it is one: it comes from the browser, and may be anything."""
    state.token = token if isinstance(token, str) and _TOKEN.fullmatch(token) else otherwise
    state.owner = owner_of(state.token)


def _cookie() -> object:
    """Return what the browser had when it came."""
    return st.context.cookies.get(COOKIE)
