"""Whose visit it is: an unguessable token in a cookie of the browser. Runs belong to its hash."""

import streamlit as st

from store.owners import new_token, owner_of, well_formed
from ui.components.visitor_cookie import COOKIE, keep_token
from ui.visit import Visit


def recognize(state: Visit) -> None:
    """Find out whose visit it is, and let the browser remember."""
    if not state.owner:
        _adopt(state, _cookie(), otherwise=new_token())
    keep_token(state.token, on_other=lambda token: _adopt(state, token, otherwise=state.token))


def _adopt(state: Visit, token: object, *, otherwise: str) -> None:
    """Take a token over, if it is one: it comes from the browser, and may be anything."""
    state.token = token if isinstance(token, str) and well_formed(token) else otherwise
    state.owner = owner_of(state.token)


def _cookie() -> object:
    """Return what the browser had when it came."""
    return st.context.cookies.get(COOKIE)
