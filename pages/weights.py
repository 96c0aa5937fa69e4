"""Weights."""

from ui.page import open_page
from ui.shown import choose_network

state = open_page("Weights")
shown = choose_network(state)
