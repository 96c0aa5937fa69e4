"""The Map page: which layer, by which method, the points, and what was pointed at or gathered."""

import streamlit as st

from ui.address_bar import save_address
from ui.choices import select
from ui.components.digit_sheet import send_digits
from ui.components.mount import style
from ui.components.point_map import Points, point_map
from ui.following import follow
from ui.map.headline import draw_headline
from ui.map.in_hand import draw_in_hand
from ui.map.listed import draw_listed
from ui.map.memory import MapMemory
from ui.map.tsne import draw_tsne, pace_of
from ui.map.view import LAYER, METHOD, METHODS, TSNE, View, digit_on, look
from ui.map_layers import in_words, layers_of, usual_layer
from ui.network_line import choose_network
from ui.visit import Visit, remembered

HEIGHT = 430
NO_MAP = (
    "There is no map of this moment: the numbers of the network grew beyond all bounds. Choose an earlier moment, or "
    "look at the pixels."
)
HOW = {
    "pca": "**PCA** looks at the layer from the side from which most of it can be seen.",
    "tsne": "**t-SNE** keeps neighbours together; how far apart two groups lie says little.",
}


def see_and_follow(state: Visit) -> None:
    """Draw the page, and again and again while the network that is shown learns or a map is made."""
    send_digits("test")
    follow(_see, state, pace_of)


def _see(state: Visit) -> None:
    style(__file__)
    shown = choose_network(state)
    view = look(state, shown)
    draw_headline(state, view)
    with st.container(horizontal=True, key="map_choices"):
        select(
            state, LAYER, "Layer", layers_of(shown.spec), draw=st.segmented_control,
            default=usual_layer(shown.spec), label_visibility="collapsed",
        )  # fmt: skip
        select(state, METHOD, "Method", METHODS, draw=st.segmented_control, label_visibility="collapsed")
    with st.container(key="split_map"):
        left, right = st.columns([3, 2], gap="medium")
    with left:
        _draw_map(state, view)
    with right:
        draw_tsne(state, view)
        draw_in_hand(state, view)
        draw_listed(state, view)
    save_address(state)


def _draw_map(state: Visit, view: View) -> None:
    if view.pca is None:
        st.error(NO_MAP, icon=":material/error:")
        return
    _, place, beside = digit_on(view, state)
    digits, memory = view.digits, remembered(MapMemory)
    points = Points(digits.of, view.places_near(view.pca), digits.examples.labels, view.pca.answers, place, beside)

    def take(point: int) -> None:
        state.digit = digits.in_hand(point)

    def pick(places: list[int]) -> None:
        memory.picked = tuple(places)

    layer = in_words(view.shown.spec, view.layer)
    point_map(
        points, key="map", height=HEIGHT, alt=f"{len(points.places):,} test digits as {layer} has them",
        on_take=take, picked=memory.picked, on_pick=pick,
    )  # fmt: skip
    st.caption(f"{HOW[TSNE if view.by_tsne else 'pca']} A ring marks a mistake.")
