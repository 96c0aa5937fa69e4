"""One neuron, large, with all that is known of it."""

import numpy as np
import streamlit as st

from charts.answers import percent
from charts.weights import outgoing_bars, short
from fcnn.inside.responses import Response, most_exciting, strongest_kinds
from fcnn.pixels import as_images
from fcnn.types import Examples
from ui import cached
from ui.components.gallery import gallery
from ui.components.live_plot import live_plot
from ui.visit import Visit
from ui.weights import asked
from ui.weights.below import draw_below
from ui.weights.layer import LayerShown
from ui.weights.neuron_words import how_many, what_it_does
from ui.words import a_digit

N_EXCITING = 12  # test digits that are shown
MINUS = "\N{MINUS SIGN}"
LARGE_PX = 224

NEURON_TEXT = (
    "It multiplies each pixel by its weight, adds everything up, then adds its bias. The norm is how strong its "
    "weights are all together."
)
TEMPLATE = (
    "This is the network's idea of this digit. It lays the template over a picture, adds up the "
    "weights under the ink, then the bias: that is the score of the digit, and the highest score wins."
)
LATER_TEXT = (
    "It multiplies what each neuron below passes on by its weight, adds everything up, then adds its bias. The norm is "
    "how strong these weights are all together."
)
OUTPUT_TEXT = (
    "It multiplies what each neuron below passes on by its weight, adds everything up, then its bias: that is the "
    "score of the digit, and the highest score wins."
)
DOTTED = "In the large picture, dotted pixels count against."
NOT_ABOVE, NO_NUMBER = "no test digit lifts it above 0", "what it makes of them is not even a number any more"
DIRECT = "Its weights to the ten outputs. When it fires, the digits above the line gain and those below lose."
DEEP = (
    "There {later} between it and the ten digits. These are all the weights on the way multiplied together, as if "
    "every layer passed everything on: a rough guide, no more."
)


def look_closer(state: Visit, layer: LayerShown, neuron: int, test: Examples) -> None:
    """Draw one neuron large, with all that is known of it."""
    asks = layer.is_output and layer.place
    st.header(f"What does {a_digit(neuron)} look like to it?" if asks else layer.name(neuron), anchor=False)
    shown, place = layer.shown, layer.place
    response = asked.response_of(shown.key, place, neuron, shown.spec, shown.params, live=layer.following)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(width="content"):
            gallery(
                layer.images([neuron]),
                key="neuron_large",
                captions=[""],
                labels=[f"{layer.name(neuron)}: its {'picture' if place else 'weights'}, large"],
                palette="diverging",
                tile_px=LARGE_PX,
                vmax=layer.vmax,
            )
        st.markdown(_facts(layer, neuron, response), width="content")
    st.caption(f"{_text(layer)} {DOTTED}")
    if place:
        draw_below(state, layer, neuron)
    kinds = strongest_kinds(response, test.labels[layer.rows])
    if layer.is_output and kinds and not layer.exploded:
        counted = how_many(kinds, "fit it best")
        st.markdown(counted[0].upper() + counted[1:])
    if not layer.is_output:
        if not layer.exploded:
            deep = len(shown.spec.hidden) > place + 1
            st.markdown(what_it_does(kinds, layer.neurons.outgoing[neuron], deep=deep))
        _draw_outgoing(layer, neuron)
    _draw_exciting(layer, test, response)


def _text(layer: LayerShown) -> str:
    if layer.templates:
        return TEMPLATE
    if layer.is_output:
        return OUTPUT_TEXT
    return LATER_TEXT if layer.place else NEURON_TEXT


def _facts(layer: LayerShown, neuron: int, response: Response) -> str:
    """Say what the neuron is in numbers; what is not a number is left out, and said above the pictures."""
    b, norm = float(layer.shown.params[layer.place].b[neuron]), float(layer.neurons.norms[neuron])
    facts = [f"Bias **{_signed(b)}**"] if np.isfinite(b) else []
    facts += [f"Norm **{short(norm)}**"] if np.isfinite(norm) else []
    if not facts:
        return "Its numbers are beyond what a computer can hold."
    if not layer.exploded:
        n, n_all = len(response.z), len(cached.load_mnist().test.labels)
        which = "the test digits" if n == n_all else f"{n:,} test digits"
        facts.append(f"Above 0 for **{percent(float((response.z > 0).mean()), 0)}** of {which}")
    return "  \n".join(facts)


def _draw_outgoing(layer: LayerShown, neuron: int) -> None:
    n_later = len(layer.shown.spec.hidden) - 1 - layer.place
    weights = layer.neurons.outgoing[neuron]
    if not np.isfinite(weights).any():
        return  # said above
    said = ", ".join(f"{digit}: {weight:.2f}" for digit, weight in enumerate(weights))
    st.markdown("**What it says to the ten digits**")
    live_plot(
        outgoing_bars(weights, limit=float(layer.outgoing_limits[neuron])),
        key="neuron_outgoing",
        alt=f"What neuron {neuron} adds to the score of each digit. {said}.",
    )
    later = "is one more hidden layer" if n_later == 1 else f"are {n_later} more hidden layers"
    st.caption(DEEP.format(later=later) if n_later else DIRECT)


def _draw_exciting(layer: LayerShown, test: Examples, response: Response) -> None:
    exciting = most_exciting(response, N_EXCITING)
    what = "that excite it most" if not layer.is_output else f"that fit {'it' if layer.place else 'this template'} best"
    st.markdown(f"**The test digits {what}**")
    if not len(exciting):
        silent = np.isfinite(response.z).all()
        st.caption(f"There are none: {NOT_ABOVE if silent else NO_NUMBER}.")
        return
    outputs = [f"{a:.2f}" if a < 1000 else short(a, 2) for a in response.a[exciting]]
    rows = layer.rows[exciting]
    gallery(
        as_images(test.X[rows]),
        key="neuron_exciting",
        captions=outputs,
        labels=[f"Test digit {i}, {a_digit(test.labels[i])}: {a}" for i, a in zip(rows, outputs, strict=True)],
        tile_px=56,
    )
    st.caption("The number is its score." if layer.is_output else "The number is its output.")


def _signed(value: float) -> str:
    return f"+{short(value)}" if value > 0 else short(value).replace("-", MINUS)
