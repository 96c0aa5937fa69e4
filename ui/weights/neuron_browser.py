"""The sheet of first-layer neurons and the large view of one. What is chosen lives in state.choices: in the address."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st

from charts.answers import percent
from charts.weights import outgoing_bars, short
from fcnn.inside.neurons import NEURON_ORDERS, Neurons, has_exploded, sort_neurons
from fcnn.inside.responses import Response, most_exciting, strongest_kinds
from fcnn.pixels import as_images
from fcnn.types import Array, Examples, Indices, Params
from ui import cached
from ui.choices import choice, select
from ui.components.colour_bar import colour_bar
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.components.mount import style
from ui.network_shown import NetworkShown, cache_key, params_of_epochs
from ui.visit import Visit, fill_widget, set_widget, widget_value
from ui.weights.neuron_words import how_many, under_tile, what_it_does

PER_SHEET = 64
N_EXCITING = 12  # test digits that are shown
SORT, NEURON, SHEET = "sort", "neuron", "neurons"  # words of the address
SORTED_BY = {name: order.title for name, order in NEURON_ORDERS.items()}
_ORDER = "neurons_in_order"
SHOWN = f"choice_{SORT}"  # a widget that only this page has
MINUS = "\N{MINUS SIGN}"
N_LARGE = 12  # so few neurons get large tiles
LARGE_PX = 224

INTRO = (
    "Each picture is a neuron of the first layer, drawn by its 784 weights, one for each pixel. Ink on "
    "**orange**, the lighter colour, excites it; ink on **blue**, the darker one, calms it."
)
UNDER = " Under it: the digits that make it fire most \N{RIGHTWARDS ARROW} the answer it then speaks for."
TEMPLATES_INTRO = (
    "Without a hidden layer each digit has one template, drawn by its 784 weights. Ink on **orange**, the "
    "lighter colour, speaks for the digit; ink on **blue**, the darker one, against it."
)
EXPLODED = (
    "This network exploded: its weights grew far beyond any use.{pink} Choose an earlier epoch, or train again with a "
    "smaller learning rate."
)
PINK = " Pink pixels are weights that are not even numbers any more."
NEURON_TEXT = (
    "It multiplies each pixel by its weight, adds everything up, then adds its bias. The norm is how strong its "
    "weights are all together."
)
TEMPLATE = (
    "This is the network's idea of this digit. It lays the template over a picture, adds up the "
    "weights under the ink, then the bias: that is the score of the digit, and the highest score wins."
)
DOTTED = "In the large picture, dotted pixels count against."
DIRECT = "Its weights to the ten outputs. When it fires, the digits above the line gain and those below lose."
DEEP = (
    "There {later} between it and the ten digits. These are all the weights on the way multiplied together, as if "
    "every layer passed everything on: a rough guide, no more."
)


class FirstLayer(NamedTuple):
    """The first layer of the network that the page shows, and what its neurons have in common."""

    shown: NetworkShown
    neurons: Neurons
    images: Array  # (n, 28, 28)
    vmax: float  # the weight that gets the last colour
    outgoing_limits: Array  # (n,)
    exploded: bool

    @property
    def templates(self) -> bool:
        """Whether there is no hidden layer, so that each neuron is a digit."""
        return not self.shown.spec.hidden

    @property
    def sorted_by(self) -> dict[str, str]:
        """The orders that make sense, for select(): each template supports its own digit."""
        return {name: SORTED_BY[name] for name in ("stored", "norm", "active")} if self.templates else SORTED_BY

    @property
    def following(self) -> bool:
        """Whether the network learns on, so that its newest epoch is another each second."""
        return self.shown.running and self.shown.number == self.shown.final

    def name(self, neuron: int) -> str:
        """Return what to call a neuron."""
        return f"Digit {neuron}" if self.templates else f"Neuron {neuron}"


def first_layer(state: Visit, shown: NetworkShown) -> FirstLayer:
    """Look at the first layer of a network; the colours mean the same at all of its epochs, but for exploded ones."""
    W, epochs = shown.params[0].W, params_of_epochs(state, shown)
    weight_limit, outgoing_limits = cached.first_layer_limits(
        f"{shown.name} {len(epochs)} {max(epochs)}", list(epochs.values())
    )
    exploded = has_exploded(shown.params)
    vmax = float(np.abs(W).max(where=np.isfinite(W), initial=0)) if exploded else weight_limit
    neurons = cached.first_neurons(shown.key, shown.spec, shown.params)
    return FirstLayer(shown, neurons, as_images(W.T), vmax, outgoing_limits, exploded)


def explain(layer: FirstLayer) -> None:
    """Say what the pictures are and what their colours mean, and whether something is wrong with them."""
    if layer.exploded:
        pink = "" if np.isfinite(layer.images).all() else PINK
        st.error(EXPLODED.format(pink=pink), icon=":material/error:")
    captioned = not (layer.exploded or layer.following)
    st.markdown(TEMPLATES_INTRO if layer.templates else INTRO + (UNDER if captioned else ""))
    if layer.vmax > 0:
        colour_bar(layer.vmax, key="weights_scale", name="Weights", clipped=not layer.exploded)


def choose_order(state: Visit, layer: FirstLayer) -> Indices:
    """Draw the choice of the order, and return the numbers of the neurons in it.

    Each neuron keeps its place while the epochs go by: the order is that of the last epoch. While a run goes on there
    is no last one, and the order stays as it was when the visitor came or chose it.
    """
    shown, where = layer.shown, st.container(horizontal=True, vertical_alignment="bottom")
    with where:
        order = select(
            state, SORT, "Sort", layer.sorted_by, width=260, help="Each keeps its place while the epochs go by."
        )
    fill_widget(_ORDER, None)
    what = shown.name, order
    kept = widget_value(_ORDER)
    if not shown.running or kept is None or kept[0] != what:
        kept = what, *_sort(params_of_epochs(state, shown), shown, order)
        set_widget(_ORDER, kept)
    if order != "stored" and kept[2] != shown.number:
        where.caption(f"as of epoch {kept[2]}")
    if shown.running and order != "stored":
        where.button("Sort again", icon=":material/sort:", on_click=forget_order)
    numbers: Indices = kept[1]
    return numbers


def forget_order() -> None:
    """Let the neurons of a running run be sorted anew."""
    set_widget(_ORDER, None)


def choose_neuron(state: Visit, layer: FirstLayer, order: Indices) -> int:
    """Draw a sheet of neurons and how to reach the others; return the neuron that was clicked last, or the first."""
    style(__file__)
    above = st.container(key="neurons_frame")
    sheet = _choose_sheet(state, -(-len(order) // PER_SHEET), choice(state, SORT, layer.sorted_by))
    on_sheet = order[(sheet - 1) * PER_SHEET : sheet * PER_SHEET]
    wanted = _number(state.choices.get(NEURON, ""))
    chosen = int(on_sheet[0]) if wanted is None or wanted >= len(order) else wanted

    def choose(place: int) -> None:
        if on_sheet[place] != wanted:
            state.choices[NEURON] = str(on_sheet[place])
            state.reveals += 1

    with above:
        gallery(
            layer.images[on_sheet],
            key="neurons",
            captions=_captions(layer, on_sheet),
            labels=[f"{layer.name(i)}: its weights" for i in on_sheet],
            selected=next((place for place, i in enumerate(on_sheet) if i == chosen), None),
            palette="diverging",
            tile_px=56 if len(order) > N_LARGE else 84,
            vmax=layer.vmax,
            on_click=choose,
        )
    return chosen


def _captions(layer: FirstLayer, neurons: Indices) -> list[str]:
    if layer.templates:
        return [layer.name(i) for i in neurons]
    if layer.exploded:
        return [f"#{i}" for i in neurons]
    if layer.following:
        return [f"#{i}" for i in neurons]  # to ask all test digits each second would slow the learning down
    shown, sheet = layer.shown, tuple(neurons.tolist())
    kinds = cached.kinds_of_neurons(shown.key, sheet, shown.spec, shown.params)
    return [under_tile(i, kinds[place], layer.neurons.outgoing[i]) for place, i in enumerate(sheet)]


def _choose_sheet(state: Visit, n_sheets: int, sort: str) -> int:
    """Return which sheet to show, counting from 1, and draw the choice where there is one."""
    of_sort, _, word = state.choices.get(SHEET, "").rpartition("-")
    sheet = min(max(_number(word) or 1, 1), n_sheets) if of_sort == sort else 1  # another order begins at its start
    if n_sheets > 1:
        sheet = st.pagination(n_sheets, default=sheet, key=f"neurons_sheet_{sort}_{n_sheets}")
    if sheet > 1:
        state.choices[SHEET] = f"{sort}-{sheet}"
    else:
        state.choices.pop(SHEET, None)
    return sheet


def look_closer(layer: FirstLayer, neuron: int, test: Examples) -> None:
    """Draw one neuron large, with all that is known of it."""
    st.header(layer.name(neuron), anchor=False)
    response = cached.response_to_test(layer.shown.key, neuron, layer.shown.spec, layer.shown.params)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(width="content"):
            gallery(
                layer.images[neuron : neuron + 1],
                key="neuron_large",
                captions=[""],
                labels=[f"{layer.name(neuron)}: its weights, large"],
                palette="diverging",
                tile_px=LARGE_PX,
                vmax=layer.vmax,
            )
        st.markdown(_facts(layer, neuron, response), width="content")
    st.caption(f"{TEMPLATE if layer.templates else NEURON_TEXT} {DOTTED}")
    kinds = strongest_kinds(response, test.labels)
    if layer.templates and kinds and not layer.exploded:
        counted = how_many(kinds, "fit it best")
        st.markdown(counted[0].upper() + counted[1:])
    if not layer.templates:
        if not layer.exploded:
            st.markdown(what_it_does(kinds, layer.neurons.outgoing[neuron], deep=len(layer.shown.spec.hidden) > 1))
        _draw_outgoing(layer, neuron)
    _draw_exciting(layer, test, response)


def _facts(layer: FirstLayer, neuron: int, response: Response) -> str:
    """Say what the neuron is in numbers; what is not a number is left out, and said above the pictures."""
    b, norm = float(layer.shown.params[0].b[neuron]), float(layer.neurons.norms[neuron])
    facts = [f"Bias **{_signed(b)}**"] if np.isfinite(b) else []
    facts += [f"Norm **{short(norm)}**"] if np.isfinite(norm) else []
    if not facts:
        return "Its numbers are beyond what a computer can hold."
    if not layer.exploded:
        facts.append(f"Above 0 for **{percent(float((response.z > 0).mean()), 0)}** of the test digits")
    return "  \n".join(facts)


def _draw_outgoing(layer: FirstLayer, neuron: int) -> None:
    n_later = len(layer.shown.spec.hidden) - 1
    weights = layer.neurons.outgoing[neuron]
    said = ", ".join(f"{digit}: {weight:.2f}" for digit, weight in enumerate(weights))
    st.markdown("**What it says to the ten digits**")
    live_plot(
        outgoing_bars(weights, limit=float(layer.outgoing_limits[neuron])),
        key="neuron_outgoing",
        alt=f"What neuron {neuron} adds to the score of each digit. {said}.",
    )
    later = "is one more hidden layer" if n_later == 1 else f"are {n_later} more hidden layers"
    st.caption(DEEP.format(later=later) if n_later else DIRECT)


def _draw_exciting(layer: FirstLayer, test: Examples, response: Response) -> None:
    exciting = most_exciting(response, N_EXCITING)
    what = "that fit this template best" if layer.templates else "that excite it most"
    st.markdown(f"**The test digits {what}**")
    if not len(exciting):
        st.caption("There are none: no test digit lifts it above 0.")
        return
    outputs = [f"{a:.2f}" if a < 1000 else short(a, 2) for a in response.a[exciting]]
    gallery(
        as_images(test.X[exciting]),
        key="neuron_exciting",
        captions=outputs,
        labels=[f"Test digit {i}, a {test.labels[i]}: {a}" for i, a in zip(exciting, outputs, strict=True)],
        tile_px=56,
    )
    st.caption("The number is its score." if layer.templates else "The number is its output.")


def _signed(value: float) -> str:
    return f"+{short(value)}" if value > 0 else short(value).replace("-", MINUS)


def _number(word: str) -> int | None:
    """Return a whole number from the address, None if it is not one."""
    return int(word) if word.isdecimal() and len(word) < 6 else None


def _sort(epochs: Mapping[int, Params], shown: NetworkShown, order: str) -> tuple[Indices, int]:
    """Return the order at the last epoch that has not exploded, and the number of that epoch."""
    number = next((n for n in sorted(epochs, reverse=True) if not has_exploded(epochs[n])), shown.number)
    neurons = cached.first_neurons(cache_key(shown.name, number), shown.spec, epochs[number])
    return sort_neurons(neurons, order), number
