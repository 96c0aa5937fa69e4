"""Runs picked in a chart: by a brush on an axis of parallel coordinates, by a lasso around points, or by a click."""

from ui.components.mount import script
from ui.components.picks import PICKS

CHART_PICKS = PICKS + script(__file__)
