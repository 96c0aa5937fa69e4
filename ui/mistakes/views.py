"""What the page lists: the mistakes, the digits at the ends, or those on which two networks disagree."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st

from fcnn.metrics import Answers
from ui.choices import select
from ui.visit import Visit

SHOW = "show"  # the word of the address
MISTAKES, DISAGREE = "mistakes", "disagree"
VIEWS: Mapping[str, str] = MappingProxyType(
    {
        MISTAKES: "Mistakes",
        "hardest": "Hardest",
        "easiest": "Easiest",
        "unsure": "Most unsure",
        DISAGREE: "Two networks disagree",
    }
)


class Asked(NamedTuple):
    """What the page keeps of the network that it shows: its answers to the test set (0.4 MB), and where it is from."""

    answers: Answers
    source: str  # of the network
    moment: str  # what to call its epoch


def choose_view(state: Visit) -> str:
    """Draw the choice of what is listed, and return it: a key of VIEWS."""
    return select(state, SHOW, "What is shown", VIEWS, draw=st.segmented_control, label_visibility="collapsed")
