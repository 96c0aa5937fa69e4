"""A map of digits in the place of the curves: how the kinds come apart while a network learns."""

import streamlit as st

from charts.answers import percent
from runs.view import RunView
from ui.components.digit_sheet import send_digits
from ui.components.point_map import Points, point_map
from ui.map_digits import map_digits
from ui.map_layers import in_words, number_of, usual_layer
from ui.map_shown import map_shown
from ui.network_shown import NetworkShown
from ui.train.digits import which_digits
from ui.train.redraw import redraw
from ui.visit import Visit

MAP = "map"  # in the address
HEIGHT = 188
HELP = (
    "Each point is a digit of the validation set, placed by what {what} makes of it: those alike lie close together. A "
    "ring marks a mistake. The page Map shows more."
)
NO_MAP = "There is no map of this moment: the numbers of the network grew beyond all bounds."


def draw_map(state: Visit, shown: NetworkShown, run: RunView | None) -> None:
    """Draw some digits of the validation set as points, and how well they are apart; a click takes one in hand."""
    digits, layer = map_digits("validation"), usual_layer(shown.spec)
    send_digits(digits.of)
    drawn = map_shown(state, shown, digits.of, number_of(shown.spec, layer))
    if drawn is None:
        st.caption(NO_MAP)
        return
    what = in_words(shown.spec, layer)
    which = which_digits(shown, run, len(digits.indices))
    st.caption(f"{which}: **{percent(drawn.alike, 0)}** lie beside their own kind", help=HELP.format(what=what))

    def take(point: int) -> None:
        state.digit = digits.in_hand(point)
        redraw()

    place = digits.place_of(state.digit) if state.digit else None
    points = Points(digits.of, drawn.points, digits.examples.labels, drawn.answers, place)
    alt = f"{len(digits.indices)} digits, placed by {what} as it learns"
    point_map(points, key="train_map", height=HEIGHT, alt=alt, on_take=take)
