"""Draw a digit, or bring one, and see at once what the network says."""

from ui import cached
from ui.address_bar import save_address
from ui.draw.ask import ask, pace_s
from ui.following import follow
from ui.page import digits_or_stop, open_page

state = open_page("Draw")
digits_or_stop()
follow(ask, state, pace_s)
cached.instruments_of_doubt()  # takes some seconds, once a server: while the first visitor draws the first stroke
save_address(state)
