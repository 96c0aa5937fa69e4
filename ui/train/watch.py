"""A run while it goes on: how far it is, what came of it, its curves, and what its first neurons look for."""

from typing import NamedTuple

import streamlit as st

from charts.axes import AXES
from charts.learning import accuracy_figure, loss_figure
from fcnn.published import FIGURE_6
from runs.status import Status
from runs.view import RunView
from ui import polling
from ui.choices import choice, select
from ui.components.gallery import weights_gallery
from ui.components.live_plot import live_plot
from ui.network_shown import NetworkShown, choose_network
from ui.train import paper_section, run_panel
from ui.train.result import draw_result
from ui.visit import Visit
from ui.your_run import current_run

N_THUMBNAILS = 24
SCALES = {
    "updates": "By updates",
    "linear": "By epochs",
    "loss": "Log loss",
    "epochs": "Log epochs",
    "both": "Both log",
}
AXIS_OF = {"updates": "updates", "epochs": "log epochs", "both": "log epochs"}


class Drawn(NamedTuple):
    """For what the settings and buttons of the page were drawn; for another run or status they are drawn anew."""

    run_id: str | None
    status: Status | None
    pace_s: float


def watch(state: Visit, view: RunView | None) -> None:
    """Draw the run as it is now, and again and again while it goes on; view is what the page was drawn for."""
    drawn = Drawn(state.run_id, view.status if view else None, polling.run_interval_s(view))
    moving = view is not None and (view.running or view.waiting)
    st.fragment(_watch, run_every=drawn.pace_s if moving else None)(state, drawn)


def _watch(state: Visit, drawn: Drawn) -> None:
    shown, run = choose_network(state), current_run(state)
    if run is None and drawn.run_id is None:
        st.info("No run yet. Press Start: the curves will grow here.", icon=":material/show_chart:")
        return
    if run is None:
        st.rerun()  # it was replaced in another tab, or has ended: the page says so
    now = run.view()
    another = (state.run_id, now.status) != (drawn.run_id, drawn.status)
    if another or polling.is_outdated(drawn.pace_s, polling.run_interval_s(now)):
        st.rerun()  # draws settings and buttons anew, and begins or ends the polling
    with st.container():  # a place for messages: if the curves got another place, Streamlit might build them anew
        run_panel.draw_progress(state, now)
        draw_result(state, now)
    with st.container(key="curves"):
        _draw_curves(state, now)
    if now.epochs:
        _draw_neurons(shown)


def _draw_curves(state: Visit, now: RunView) -> None:
    """Draw accuracy and loss, with the paper's figures where its settings are in use."""
    scale = choice(state, "scale", SCALES)
    axis = AXES[AXIS_OF.get(scale, "epochs")]
    like_the_paper = paper_section.is_like_the_paper(now)
    name = f"{state.run_id} {scale}"
    paper = FIGURE_6 if like_the_paper else None
    accuracy = accuracy_figure(now, name=name, axis=axis, paper=paper)
    live_plot(accuracy, key="accuracy", alt="Accuracy on training and validation images as it learns")
    loss = loss_figure(now, name=name, axis=axis, log_loss=scale in ("loss", "both"))
    live_plot(loss, key="loss", alt="Loss on training and validation images as it learns")
    if like_the_paper:
        paper_section.compare(now)
    select(state, "scale", "Axes", SCALES, draw=st.segmented_control, label_visibility="collapsed")


def _draw_neurons(shown: NetworkShown) -> None:
    whose = "" if shown.source == "run" else "of the network that is chosen above "
    st.caption(
        f"What the first neurons {whose}look for at {shown.moment}: orange, the lighter one, counts for, blue, "
        "the darker one, against."
    )
    weights_gallery(shown.params[0].W, n=N_THUMBNAILS, key="thumbnails")
