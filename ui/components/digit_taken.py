"""A digit taken in hand in a part of the page that is drawn alone: the line of what is shown is told in the browser."""

import base64

from ui.components.mount import component
from ui.digit_in_hand import Digit

_mount = component(__file__, "digit_taken")


def tell_digit(digit: Digit) -> None:
    """Let the line of what is shown have this digit, as if it had been drawn anew."""
    _mount(data={"digit": base64.b64encode(digit.image.tobytes()).decode(), "label": digit.in_words}, key="digit_taken")
