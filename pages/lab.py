"""What a network bears: damage, worse digits, and doubt, tried out on a copy."""

from ui.lab.experiment import experiment
from ui.page import digits_or_stop, open_page

state = open_page("Lab")
digits_or_stop()
experiment(state)
