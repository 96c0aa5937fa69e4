"""The board of the Draw page: a canvas for mouse and finger that keeps its drawing while other pages are read."""

import streamlit as st

from ui.components.mount import style
from ui.draw.canvas import load_canvas
from ui.draw.hand import hand
from ui.draw.memory import DrawMemory
from ui.draw.strokes import COLOUR, PEN, SIDE, Drawing, count_objects, read_drawing
from ui.press import act_once
from ui.visit import on_screen, remembered

NAME = (
    "Board to draw a digit on, with the mouse, a finger or a pen. To go on without drawing, choose Sample digits or "
    "A picture above."
)


def draw_board() -> Drawing:
    """Draw the canvas with Undo and Clear below it, and return what is on it."""
    style(__file__)
    memory = remembered(DrawMemory)
    key = f"board-{memory.board}"
    if not on_screen(key):  # a new board, or the visitor is back from another page
        memory.board_start = memory.drawing
    with st.container(key="drawing"):
        with st.container(key="board"):
            canvas = load_canvas()(
                stroke_width=PEN,
                stroke_color=COLOUR,
                height=SIDE,
                width=SIDE,
                initial_drawing=memory.board_start,  # the same in every run: another would undo what was drawn since
                key=key,
            )
            hand(NAME)
        memory.drawing = read_drawing(canvas.json_data)
        n_strokes = len(memory.drawing["objects"])
        with st.container(key="board_tools", horizontal=True):
            st.button("Undo", icon=":material/undo:", on_click=act_once(undo), args=(memory,), disabled=not n_strokes)
            st.button("Clear", icon=":material/delete:", on_click=clear, args=(memory,), disabled=not n_strokes)
    if n_strokes < count_objects(canvas.json_data):
        full = "The board is full, and the newest strokes do not count. Press Clear for a clean one."
        st.warning(full, icon=":material/warning:")  # unlike a caption it is read out when it comes
    return memory.drawing


def undo(memory: DrawMemory) -> None:
    """Take away the last stroke."""
    strokes = memory.drawing["objects"] if memory.drawing else []
    memory.drawing, memory.board = {"objects": strokes[:-1]}, memory.board + 1


def clear(memory: DrawMemory) -> None:
    """Begin a clean board."""
    memory.drawing, memory.board = None, memory.board + 1
