"""Whose visit it is: an unguessable token in a cookie of the browser. Runs belong to its hash."""

from functools import partial

import streamlit as st

from store.owners import new_token, owner_of, well_formed
from ui.components.visitor_cookie import COOKIE, keep_token
from ui.visit import Visit


def recognize(state: Visit) -> None:
    """Find out whose visit it is, and let the browser remember."""
    if not state.owner:
        _adopt(state, _cookie(), otherwise=new_token())
    adopt = partial(_adopt, state, otherwise=state.token)
    keep_token(state.token, instead_of=state.former_token, on_other=adopt)


def become_another(state: Visit) -> None:
    """Let the visitor have a new token: who comes with it owns nothing yet. The cookie takes it with the next run."""
    state.former_token = state.token
    _adopt(state, None, otherwise=new_token())


def _adopt(state: Visit, token: object, *, otherwise: str) -> None:
    """Take a token over, if it is one: it comes from the browser, and may be anything."""
    state.token = token if isinstance(token, str) and well_formed(token) else otherwise
    state.owner = owner_of(state.token)


def _cookie() -> object:
    """Return what the browser had when it came."""
    return st.context.cookies.get(COOKIE)
