"""One update under the microscope: on a copy of the network that is shown, with one digit or one batch."""

from ui.one_step.look_closely import look_and_follow
from ui.page import digits_or_stop, open_page

state = open_page("One step")
digits_or_stop()
look_and_follow(state)
