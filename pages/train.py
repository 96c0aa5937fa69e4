"""Choose a network and how it learns, start it, and watch."""

import streamlit as st

from ui import take_home
from ui.address_bar import save_address
from ui.network_shown import shown_network
from ui.page import digits_or_stop, open_page
from ui.train import controls, paper_section, run_buttons, run_panel
from ui.train.changed import use_settings_of
from ui.train.layers import choose_layers
from ui.train.presets import choose_preset
from ui.train.variation import choose_variation
from ui.train.watch import draw_shown, drawn_for, watch
from ui.your_run import is_first_look, is_watching, run_at_a_glance

state = open_page("Train")
mnist = digits_or_stop()
view = run_at_a_glance(state)
fixed = view is not None and view.under_way and not is_watching(state)
if view is not None and (fixed or is_first_look(state)):
    use_settings_of(state, view)  # whatever a link says beside the run: while it goes on, the page shows its settings

drawn = drawn_for(state, view)
draw_shown(state, drawn)
with st.container(key="presets"):
    choose_preset(state, disabled=fixed)
with st.container(key="split"):
    settings, learning = st.columns([27, 76], gap="medium")
with settings, st.container(key="settings"):
    choose_layers(state, disabled=fixed)
    controls.choose_group(state, "main", disabled=fixed)
    if fixed:
        st.caption("Learning rate, momentum, dropout and L2 can be changed on the way.")
    with st.expander("More", icon=":material/tune:"):
        controls.choose_more(state, disabled=fixed)
    with st.expander("Vary the images", icon=":material/blur_on:"):
        choose_variation(state, mnist.all_train, disabled=fixed)
save_address(state)

with learning:
    run_buttons.draw_buttons(state, view)
    run_panel.describe(state, view)
    watch(state, drawn)
    run_panel.announce_run(view)
    if fixed:  # on a phone, where page.css lets the settings make way for a run
        folded = not st.toggle("Show the settings", key="unfold")
        st.html(f'<span class="{"folded" if folded else "unfolded"}"></span>')

with st.expander("The paper behind this", icon=":material/history_edu:"):
    paper_section.tell()
with st.expander("Save, load, share", key="bring", icon=":material/save:"):
    take_home.offer_downloads(shown_network(state), view)
    take_home.offer_upload(state)
    take_home.offer_link(state)
