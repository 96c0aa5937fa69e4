"""What the first layer has learned: the weights of each neuron as a picture, one of them large, over the epochs."""

from ui.following import follow
from ui.page import digits_or_stop, open_page
from ui.weights.look_inside import look_inside

state = open_page("Weights")
digits_or_stop()
follow(look_inside, state)
