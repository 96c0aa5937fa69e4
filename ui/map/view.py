"""What the page shows: of which network, which layer, and by which method."""

from typing import NamedTuple

import numpy as np

from fcnn.inside.digit_map import DigitMap
from fcnn.inside.maps import turned_to, values_in
from fcnn.types import Array
from runs.maps.map_job import MapView
from runs.status import Status
from ui.choices import choice
from ui.digit_in_hand import Digit, digit_in_hand
from ui.map.jobs import alike_on, key_of, map_jobs
from ui.map_digits import MapDigits, map_digits
from ui.map_layers import layers_of, number_of, usual_layer
from ui.map_shown import map_shown
from ui.network_shown import NetworkShown
from ui.visit import Visit

LAYER, METHOD = "layer", "method"  # words of the address
PCA, TSNE = "pca", "tsne"
METHODS = {PCA: "PCA", TSNE: "t-SNE"}


class View(NamedTuple):
    """A map as the page shows it; not to be kept."""

    shown: NetworkShown
    digits: MapDigits
    layer: str  # a word of layers_of()
    method: str
    pca: DigitMap | None  # None: its numbers grew beyond all bounds
    job: MapView | None  # of the map by t-SNE, where that is chosen and somebody has asked for it

    @property
    def by_tsne(self) -> bool:
        """Whether the points lie where t-SNE has put them, perhaps on their way."""
        job = self.job
        return job is not None and job.points is not None and job.status in (Status.RUNNING, Status.FINISHED)

    def places_near(self, pca: DigitMap) -> Array:
        """Return where the points lie, (N, 2): on the map by PCA or, turned to that, where t-SNE has put them."""
        by_tsne = self.job.points if self.by_tsne and self.job else None
        return pca.points if by_tsne is None else turned_to(by_tsne, pca.points)

    @property
    def alike(self) -> float | None:
        """The share of points whose nearest neighbour is of the same kind; None while they still move."""
        if not self.by_tsne:
            return self.pca.alike if self.pca else None
        if self.job is None or self.job.points is None or self.job.status is not Status.FINISHED:
            return None
        return alike_on(key_of(self.shown, number_of(self.shown.spec, self.layer)), self.job.points)

    def place_of(self, digit: Digit) -> Array | None:
        """Return where a digit lies that is none of the points; None where nobody knows."""
        if self.pca is None or self.by_tsne:
            return None
        image, layer = digit.image[None], number_of(self.shown.spec, self.layer)
        place: Array = self.pca.lens.place(values_in(self.shown.spec, self.shown.params, image, layer))[0]
        return place if np.isfinite(place).all() else None


def chosen_layer(state: Visit, shown: NetworkShown) -> str:
    """Return the word of the layer that is shown."""
    return choice(state, LAYER, layers_of(shown.spec), usual_layer(shown.spec))


def look(state: Visit, shown: NetworkShown) -> View:
    """Return what the page shows of a network at a moment."""
    layer, method = chosen_layer(state, shown), choice(state, METHOD, METHODS)
    number = number_of(shown.spec, layer)
    job = map_jobs().look(key_of(shown, number), state.owner) if method == TSNE else None
    return View(shown, map_digits("test"), layer, method, map_shown(state, shown, "test", number), job)


def digit_on(view: View, state: Visit) -> tuple[Digit, int | None, Array | None]:
    """Return the digit in hand, which point it is, and where it lies if it is none."""
    digit = digit_in_hand(state)
    place = view.digits.place_of(digit.chosen)
    return digit, place, view.place_of(digit) if place is None else None
