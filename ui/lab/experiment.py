"""The Lab page: a copy of the network that is shown, and three questions that can be asked of it."""

import streamlit as st

from ui.address_bar import save_address
from ui.choices import select
from ui.components.mount import style
from ui.following import follow, pace_s
from ui.lab.bench import bench_of, take_moment, take_newest
from ui.lab.bench_box import draw_bench
from ui.lab.damage_part import draw_damage
from ui.lab.digits_part import draw_digits
from ui.lab.networks import choose_beside, networks_of
from ui.lab.sure_part import draw_sure
from ui.network_line import choose_network
from ui.network_shown import shown_network
from ui.uploads import NO_MEMORY, BusyError
from ui.visit import Visit

PART = "part"  # the word of the address
PARTS = {"damage": "Damage it", "digits": "Worse digits", "sure": "How sure is it?"}
DRAW = {"damage": draw_damage, "digits": draw_digits, "sure": draw_sure}
BEYOND_USE = (
    "There is nothing to try out: the numbers of this network grew beyond any use. Choose an earlier epoch, or train "
    "again with a smaller learning rate."
)


def experiment(state: Visit) -> None:
    """Draw the page; while the network learns, the line at the top follows it."""
    style(__file__)
    take_moment(state)
    if pace_s(state) is None:
        draw_line(state)
    else:
        follow(draw_line, state)
    st.fragment(draw_lab)(state)


def draw_line(state: Visit) -> None:
    """Draw what is shown; and what was taken of it, if it has gone on since."""
    choose_network(state)
    shown, taken = shown_network(state), take_moment(state)
    if taken is None or taken.key == shown.key:
        return
    how = "is still learning" if shown.running else "has learned on"
    with st.container(horizontal=True, vertical_alignment="center", key="lab_taken"):
        st.markdown(f"This network {how}. The lab works with **{taken.moment}** of it.", width="content")
        if st.button("Take the newest", icon=":material/update:"):
            take_newest()
            st.rerun()


def draw_lab(state: Visit) -> None:
    """Draw the copy, and the question that is asked of it; what is chosen here draws this part alone."""
    bench = bench_of(state)
    if bench is None:
        st.info(NO_MEMORY, icon=":material/hourglass_empty:")
        return
    networks = networks_of(state, bench)
    draw_bench(state, bench, networks)
    if not bench.sound:
        st.error(BEYOND_USE, icon=":material/error:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="lab_choice"):
        part = select(state, PART, "Try out", PARTS, draw=st.segmented_control)
        choose_beside(state, networks)
    with st.container(key="lab_part"):
        try:
            DRAW[part](state, networks)
        except BusyError as error:
            st.info(str(error), icon=":material/hourglass_empty:")
    save_address(state)
