"""Home: what this is, a network at work before and after it has learned, and the way to train one's own."""

import streamlit as st

from ui import take_home
from ui.home import story
from ui.menu import MENU
from ui.page import digits_or_stop, open_page

PROMISES = {
    "Train": "Choose layers, learning rate and epochs, press Start, and watch the accuracy climb.",
    "Weights": "See what each neuron looks for, and how it came to do so, epoch by epoch.",
    "Why": "Ask why it says what it says: which pixels and neurons decided, and what would change its mind.",
    "One step": "Put a single update under the microscope: the gradient, the step, and what it changes.",
    "Map": "See 2,000 digits as points: those that it finds alike lie together, and come apart by kind as it learns.",
    "Mistakes": "Find the digits that the network gets wrong, and what it takes them for.",
    "Draw": "Write a digit yourself and see what the network answers, stroke by stroke.",
    "Lab": "Damage a copy of the network, make the digits worse, and find out how far it can be believed.",
    "Runs": "Compare all that you have tried: what differed, which was best, and whether that is more than luck.",
}
N_CARDS = 3  # in a row

state = open_page("Watch a neural network learn")
digits_or_stop()

st.markdown("A **neural network** begins by guessing: examples teach its small units, the **neurons**, to read digits.")
story.offer_training()
story.tell_story(state)
st.markdown(
    "Learning means going through tens of thousands of examples, again and again, and correcting the neurons a little "
    "each time; once through all of them is an **epoch**. Once you have trained a network, every page shows yours."
)
for first in range(1, len(MENU), N_CARDS):
    for page, column in zip(MENU[first : first + N_CARDS], st.columns(N_CARDS), strict=False):
        with column, st.container(border=True, height="stretch"):
            st.page_link(page.file, label=f"**{page.title}**", icon=page.icon)
            st.caption(PROMISES[page.title])
with st.expander("A model from last time", key="bring", icon=":material/upload_file:"):  # stays open as it moves
    take_home.offer_upload(state)
