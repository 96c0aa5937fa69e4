"""Why the network says what it says to the digit in hand: neurons, pixels, likeness, what would change its mind."""

from ui.page import digits_or_stop, open_page
from ui.why.explain import explain_and_follow

state = open_page("Why")
digits_or_stop()
explain_and_follow(state)
