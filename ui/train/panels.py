"""What is watched while a network learns: its curve or a map, what it says to twelve digits, its neurons, its picture.

All of it is drawn in place, of the network and the moment that the line at the top of the page names.
"""

from collections.abc import Sequence

import streamlit as st

from charts.axes import AXES
from charts.learning import accuracy_figure, empty_figure, loss_figure
from fcnn.inside.wiring import wire
from fcnn.published import FIGURE_6
from runs.kept import KeptRun
from runs.view import RunView
from ui.choices import choice, select
from ui.components.gallery import weights_gallery
from ui.components.live_plot import live_plot
from ui.components.mount import style
from ui.components.network_picture import network_picture
from ui.digit_in_hand import digit_in_hand
from ui.network_shown import NetworkShown
from ui.train import paper_section
from ui.train.digits import draw_digits, which_digits
from ui.train.map_panel import MAP, draw_map
from ui.train.memory import TrainMemory
from ui.train.run_list import runs_behind
from ui.visit import Visit, remembered

N_NEURONS, NEURON_PX = 24, 27
PICTURE_PX = 224
CURVES = {"accuracy": "Accuracy", "loss": "Loss"}
PICTURES = {**CURVES, MAP: "Map"}  # in place of the curves stands a map of digits
SCALES = {
    "updates": "By updates",
    "linear": "By epochs",
    "loss": "Log loss",
    "epochs": "Log epochs",
    "both": "Both log",
}
OF_AXES = "Updates, on a logarithmic scale, show the first second at length. Epochs show the rest."
AXIS_OF = {"updates": "updates", "epochs": "log epochs", "both": "log epochs"}


def draw_panels(state: Visit, shown: NetworkShown, run: RunView | None, mine: Sequence[KeptRun]) -> None:
    """Draw the four; without a run there is no curve, and the others tell of the network that is shown.

    Args:
        state: what the visitor has chosen.
        shown: the network.
        run: the run that it is of, if it is of one.
        mine: the visitor's runs: the last of them stand behind the curve.
    """
    style(__file__)
    with st.container(key="panels"):
        with st.container(key="panel_digits"):
            _draw_digits(state, shown, run)
        with st.container(key="panel_curve"):
            if choice(state, "curve", PICTURES) == MAP:
                draw_map(state, shown, run)
                with st.container(horizontal=True, key="curve_choices"):
                    _choose_curve(state)
            else:
                _draw_curve(state, run, mine)
        with st.container(key="panel_neurons"):
            _draw_neurons(shown)
        with st.container(key="panel_picture"):
            _draw_picture(state, shown)


def _draw_curve(state: Visit, run: RunView | None, mine: Sequence[KeptRun]) -> None:
    """Draw accuracy or loss, with the paper's figures where its settings are in use."""
    scale, curve = choice(state, "scale", SCALES), choice(state, "curve", CURVES)
    if run is None:
        live_plot(empty_figure(CURVES[curve]), key=curve, alt="No curve yet")  # Plotly is there when a run begins
        st.caption("No run yet. Press **Start**: the curve will grow here.")
        return
    axis, name = AXES[AXIS_OF.get(scale, "epochs")], f"{state.run_id} {scale}"
    like_the_paper, behind = paper_section.is_like_the_paper(run), runs_behind(state, mine)
    if curve == "accuracy":
        figure = accuracy_figure(run, name=name, axis=axis, paper=FIGURE_6 if like_the_paper else None, behind=behind)
    else:
        figure = loss_figure(run, name=name, axis=axis, log_loss=scale in ("loss", "both"), behind=behind)
    live_plot(figure, key=curve, alt=f"{CURVES[curve]} on training and validation images as it learns")
    with st.container(horizontal=True, key="curve_choices"):
        _choose_curve(state)
        select(state, "scale", "Axes", SCALES, help=OF_AXES, label_visibility="collapsed", width=140)
    if like_the_paper:
        paper_section.compare(run)


def _choose_curve(state: Visit) -> None:
    select(state, "curve", "Curve", PICTURES, draw=st.segmented_control, label_visibility="collapsed")


def _draw_digits(state: Visit, shown: NetworkShown, run: RunView | None) -> None:
    st.caption(f"{which_digits(shown, run)}, and its answers")
    draw_digits(state, shown)


def _draw_neurons(shown: NetworkShown) -> None:
    n = min(N_NEURONS, shown.params[0].W.shape[1])
    st.caption(f"What {n} neurons look for" if shown.spec.hidden else "What speaks for each digit")
    weights_gallery(shown.params[0].W, n=N_NEURONS, key="thumbnails", tile_px=NEURON_PX, even=True)


def _draw_picture(state: Visit, shown: NetworkShown) -> None:
    memory, digit = remembered(TrainMemory), digit_in_hand(state)
    of = (shown.name, digit.chosen)
    before = memory.wiring if memory.wiring_of == of else None
    memory.wiring, memory.wiring_of = wire(shown.spec, shown.params, digit.image, previous=before), of
    network_picture(memory.wiring, key="train_network", truth=digit.truth, height=PICTURE_PX)
