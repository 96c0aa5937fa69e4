"""Digits as points: those that the network finds alike lie close together, and come apart by kind as it learns."""

from ui.map.see import see_and_follow
from ui.page import digits_or_stop, open_page

state = open_page("Map")
digits_or_stop()
see_and_follow(state)
