"""Choose a network and how it learns, start it, and watch."""

import streamlit as st

from charts.learning import accuracy_figure, loss_figure
from fcnn.published import FIGURE_6
from runs.view import RunView
from ui import polling, take_home
from ui.address_bar import save_address
from ui.choices import choice, select
from ui.components.gallery import weights_gallery
from ui.components.live_plot import live_plot
from ui.network_shown import choose_network, shown_network
from ui.page import digits_or_stop, open_page
from ui.train import controls, paper_section, run_buttons, run_panel
from ui.train.changed import use_settings_of
from ui.train.layers import choose_layers
from ui.train.presets import choose_preset
from ui.train.variation import choose_variation
from ui.your_run import current_run

N_THUMBNAILS = 24
SCALES = {"linear": "Linear axes", "loss": "Log loss", "epochs": "Log epochs", "both": "Both log"}

state = open_page("Train")
mnist = digits_or_stop()
run = current_run(state)
view = run.view() if run else None
fixed = view is not None and view.under_way
if view is not None and fixed:
    use_settings_of(state, view)  # whatever a link says beside the run: while it goes on, the page shows its settings
moving = view is not None and (view.running or view.waiting)
drawn = state.run_id, view.status if view else None
pace = polling.run_interval_s(view)

with st.container(key="presets"):
    choose_preset(state, disabled=fixed)
with st.container(key="split"):
    settings, learning = st.columns([2, 5], gap="medium")
with settings, st.container(key="settings"):
    choose_layers(state, disabled=fixed)
    controls.choose_group(state, "main", disabled=fixed)
    with st.expander("More", icon=":material/tune:"):
        controls.choose_more(state, disabled=fixed)
    with st.expander("Vary the images", icon=":material/blur_on:"):
        choose_variation(state, mnist.all_train, disabled=fixed)
save_address(state)


@st.fragment(run_every=pace if moving else None)
def watch() -> None:
    """Draw the run as it is now, again and again while it goes on."""
    shown, run = choose_network(state), current_run(state)
    if run is None and drawn[0] is None:
        st.info("No run yet. Press Start: the curves will grow here.", icon=":material/show_chart:")
        return
    if run is None:
        st.rerun()  # it was replaced in another tab, or has ended: the page says so
    now = run.view()
    if (state.run_id, now.status) != drawn or polling.is_outdated(pace, polling.run_interval_s(now)):
        st.rerun()  # draws settings and buttons anew, and begins or ends the polling
    with st.container():  # a place for messages: if the curves got another place, Streamlit might build them anew
        run_panel.draw_progress(state, now)
        run_panel.draw_result(state, now)
    with st.container(key="curves"):
        draw_curves(now)
    if now.epochs:
        whose = "" if shown.source == "run" else "of the network that is chosen above "
        st.caption(
            f"What the first neurons {whose}look for at epoch {shown.number}: orange, the lighter one, counts for, "
            "blue, the darker one, against."
        )
        weights_gallery(shown.params[0].W, n=N_THUMBNAILS, key="thumbnails")


def draw_curves(now: RunView) -> None:
    """Draw accuracy and loss over the epochs, with the paper's figures where its settings are in use."""
    scale = choice(state, "scale", SCALES)
    log_epochs, log_loss = scale in ("epochs", "both"), scale in ("loss", "both")
    like_the_paper = paper_section.is_like_the_paper(now)
    name = f"{state.run_id} {scale}"
    paper = FIGURE_6 if like_the_paper else None
    accuracy = accuracy_figure(now, name=name, log_epochs=log_epochs, paper=paper)
    live_plot(accuracy, key="accuracy", alt="Accuracy on training and validation images over the epochs")
    loss = loss_figure(now, name=name, log_epochs=log_epochs, log_loss=log_loss)
    live_plot(loss, key="loss", alt="Loss on training and validation images over the epochs")
    if like_the_paper:
        paper_section.compare(now)
    select(state, "scale", "Axes", SCALES, draw=st.segmented_control, label_visibility="collapsed")


with learning:
    run_panel.describe(state, view)
    run_buttons.draw_buttons(state, view)
    run_panel.announce_run(view)
    watch()
    if fixed:  # on a phone, where page.css lets the settings make way for a run
        folded = not st.toggle("Show the settings", key="unfold")
        st.html(f'<span class="{"folded" if folded else "unfolded"}"></span>')

with st.expander("The paper behind this", icon=":material/history_edu:"):
    paper_section.tell()
with st.expander("Save, load, share", key="bring", icon=":material/save:"):
    take_home.offer_downloads(shown_network(state), view)
    take_home.offer_upload(state)
    take_home.offer_link(state)
del run, view  # the fragment keeps what this page holds: without this, the networks of a run that is long over
