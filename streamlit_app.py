"""Home: what this is, a trained network at work, and the way to train one's own."""

import streamlit as st

from charts.answers import sure
from fcnn.inside.wiring import wire
from ui import take_home
from ui.components.gallery import weights_gallery
from ui.components.network_picture import network_picture
from ui.home.memory import HomeMemory
from ui.menu import MENU
from ui.network_shown import choose_network
from ui.page import digits_or_stop, open_page
from ui.press import act_once
from ui.verdict import NO_ANSWER
from ui.visit import remembered

N_WEIGHTS = 20
PROMISES = {
    "Train": "Choose layers, learning rate and epochs, press Start, and watch the accuracy climb.",
    "Weights": "See what each neuron looks for, and how it came to do so, epoch by epoch.",
    "Mistakes": "Find the digits that the network gets wrong, and what it takes them for.",
    "Draw": "Write a digit yourself and see what the network answers, stroke by stroke.",
}

state = open_page("Watch a neural network learn")
mnist = digits_or_stop()

st.markdown(
    "A **neural network** is a program that nobody tells what to do: it learns from examples. This one reads "
    "handwritten digits. The 784 pixels of a picture go to a layer of small units, its **neurons**, and from there to "
    "ten answers, 0 to 9. At first it guesses. Then it goes through 60,000 examples, again and again, and corrects "
    "itself a little each time; once through all of them is an **epoch**. Here you can watch that, in seconds."
)
st.page_link("pages/train.py", label="**Train your own**", icon=":material/play_circle:")
st.caption("Below is a network that has already learned. Once you have trained one, every page shows yours.")

shown = choose_network(state)
memory = remembered(HomeMemory)
number = memory.n_digits * 37 % len(mnist.test.X)  # a prime, so that the digits come in a varied order
digit, truth = mnist.test.X[number], int(mnist.test.labels[number])
wiring = wire(shown.spec, shown.params, digit)

with st.container(key="split"):
    network, neurons = st.columns([5, 3], gap="medium")
with network:
    st.markdown("**A digit it has never seen** runs through the network, and lights up its neurons on the way")
    network_picture(wiring, key="home_network", truth=truth, height=370, turn=memory.n_digits + 1)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Another digit", icon=":material/casino:", on_click=act_once(memory.next_digit))
        if wiring.answer is None:
            st.markdown("**It has no answer**")
        else:
            right = "" if wiring.answer == truth else ": a mistake"
            st.markdown(f"**It says {wiring.answer}**, {sure(wiring.probabilities[wiring.answer])} sure{right}")
    if wiring.answer is None:
        st.error(NO_ANSWER, icon=":material/error:")
with neurons:
    st.markdown("**Its first neurons** look for strokes: ink on orange counts for, on blue against")
    weights_gallery(shown.params[0].W, n=N_WEIGHTS, key="home_weights")

for page, column in zip(MENU[1:], st.columns(len(MENU) - 1), strict=True):
    with column, st.container(border=True):
        st.page_link(page.file, label=f"**{page.title}**", icon=page.icon)
        st.caption(PROMISES[page.title])
with st.expander("A model from last time", key="bring", icon=":material/upload_file:"):  # stays open as it moves
    take_home.offer_upload(state)
