"""Home: what this is, a trained network at work, and the way to train one's own."""

import numpy as np
import streamlit as st

from charts.answers import probability_bars, sure
from fcnn.network import predict
from fcnn.pixels import as_images
from ui import take_home
from ui.components.gallery import gallery, weights_gallery
from ui.components.live_plot import live_plot
from ui.home.memory import HomeMemory
from ui.menu import MENU
from ui.network_shown import choose_network
from ui.page import digits_or_stop, open_page
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
probabilities = predict(shown.spec, shown.params, digit[None])[0]
answer = int(probabilities.argmax())

with st.container(key="split"):
    picture, neurons, says = st.columns([2, 3, 3], gap="medium")
with picture:
    st.markdown("**1. A digit** it has never seen")
    gallery(
        as_images(digit), key="home_digit", captions=[f"a {truth}"], labels=[f"A handwritten {truth}"],
        tile_px=196,
    )  # fmt: skip
    st.button("Another digit", icon=":material/casino:", on_click=memory.next_digit)
with neurons:
    st.markdown("**2. Its neurons** look for strokes in it: ink on orange counts for, on blue against")
    weights_gallery(shown.params[0].W, n=N_WEIGHTS, key="home_weights")
with says:
    if np.isfinite(probabilities).all():
        right = "" if answer == truth else ": a mistake"
        st.markdown(f"**3. It says {answer}**, {sure(probabilities[answer])} sure{right}")
        bars = probability_bars(probabilities, answer=answer, truth=truth, height=260)
        live_plot(bars, key="home_answer", alt=f"Probabilities of the ten digits; the answer is {answer}")
    else:
        st.markdown("**3. It has no answer**")
        st.error(NO_ANSWER, icon=":material/error:")

for page, column in zip(MENU[1:], st.columns(len(MENU) - 1), strict=True):
    with column, st.container(border=True):
        st.page_link(page.file, label=f"**{page.title}**", icon=page.icon)
        st.caption(PROMISES[page.title])
with st.expander("A model from last time", key="bring", icon=":material/upload_file:"):  # stays open as it moves
    take_home.offer_upload(state)
