"""The colours of the app's pictures, for Plotly charts and image sheets alike.

Blue against orange is told apart in every common form of colour blindness. The colours of lines and bars stand out
at least 3 : 1 from the light and from the dark background, so one set serves both; pictures of numbers fade into
the background, so those have one scale for each.
"""

from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark"]

TRAIN = "#2f74e0"  # blue: figures of the training set
VALIDATION = "#d9730d"  # orange: figures of the validation set
MARK = "#6a6f78"  # slate: rules, notes and whatever is pointed at

NEGATIVE = TRAIN  # a bar or a point below zero, in the hues of DIVERGING
POSITIVE = VALIDATION

# Lines of a chart that nobody has given a colour.
CATEGORICAL = (TRAIN, VALIDATION, MARK, "#0a9fc4", "#8f9152", "#7036f5")

# Runs side by side: as far apart as six colours can be that stand out from both backgrounds, for the common forms of
# colour blindness as well. A seventh run begins anew, with another dash: see look.py.
RUNS = (TRAIN, VALIDATION, "#b41e87", "#1ea587", "#5a691e", "#b478c3")

# The ten digits as points of a map, from 0 to 9: told apart as far as ten colours can be, with each form of colour
# blindness, too. One set could not do both that and stand out from both backgrounds.
DIGITS: Mapping[Theme, tuple[str, ...]] = {
    "light": (
        "#006ca8", "#fc6018", "#00a86c", "#9000fc", "#c00084", "#003c00", "#a884cc", "#845418", "#541854", "#0000c0",
    ),
    "dark": (
        "#0078b4", "#f08484", "#00b400", "#b400fc", "#d80084", "#9cfc00", "#a890fc", "#846c00", "#fcd8a8", "#24ccd8",
    ),
}  # fmt: skip

# Pixels from 0 (paper) to 1 (ink), as evenly spaced colours.
INK: Mapping[Theme, tuple[str, ...]] = {"light": ("#ffffff", "#141c2b"), "dark": ("#161d29", "#f2f6ff")}

# Numbers from the most negative to the most positive, with 0 exactly in the middle. Without colours the ends are told
# apart by their lightness: positive is the lighter one, in both themes.
DIVERGING: Mapping[Theme, tuple[str, ...]] = {
    "light": ("#0a2f78", "#4b86e3", "#ffffff", "#f0b27a", "#d9730d"),
    "dark": ("#2f6be0", "#234684", "#161d29", "#b8641a", "#ffcb94"),
}
NOT_A_NUMBER = "#c2185b"  # what a network that exploded leaves in its weights
