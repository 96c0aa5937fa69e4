"""What the network gets wrong: which digits it takes for which others, and how sure it was."""

import streamlit as st

from charts.answers import DASH, per_digit_figure, per_digit_table, percent
from fcnn.inside.mistakes import (
    ANY_KIND,
    accuracy_per_digit,
    count_examples,
    count_without_answer,
    find_mistakes,
    sort_examples,
)
from fcnn.metrics import confusion_matrix, interval_95, per_digit, summarize
from ui import cached
from ui.address_bar import save_address
from ui.components.live_plot import live_plot
from ui.components.reveal import reveal
from ui.mistakes.close_up import look_closer
from ui.mistakes.matrix import choose_kind_and_order, chosen_kind, draw_matrix, tell_kind
from ui.mistakes.sheet import draw_sheet
from ui.network_shown import choose_network
from ui.page import digits_or_stop, open_page
from ui.your_run import current_run

state = open_page("Mistakes")
test = digits_or_stop().test
shown = choose_network(state)
if current_run(state) is None and state.file is None:
    label = "Train your own network to see its mistakes here"
    st.page_link("pages/train.py", label=label, icon=":material/model_training:")
if shown.running and state.epoch is None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"It is still learning: this is epoch {shown.number}.", width="content")
        st.button("Show the newest epoch", icon=":material/refresh:")

answers = cached.answers_to_test(shown.key, shown.spec, shown.params)
n = len(test.labels)
if n_lost := count_without_answer(answers):
    st.error(
        f"This network has no answer to {n_lost:,} of {n:,} test digits: its numbers grew beyond what a computer can "
        "hold. Choose an earlier epoch, or train again with a smaller learning rate.",
        icon=":material/error:",
    )
    st.page_link("pages/train.py", label="Go to the Train page", icon=":material/model_training:")
    st.stop()

confusion = confusion_matrix(test.labels, answers.digits)
n_wrong = count_examples(confusion, ANY_KIND)
accuracy = summarize(answers, test.labels).accuracy
low, high = (f"{100 * limit:.2f}" for limit in interval_95(accuracy, n))
st.markdown(
    f"Wrong on **{n_wrong:,}** of {n:,} test digits: accuracy **{percent(accuracy)}** "
    f"(95 % interval {low} to {high} %).",
    help="The network never learned from the test digits. On other digits of this kind its accuracy would be a little "
    "different; the interval holds the true one in 95 of 100 cases.",
)


del shown  # the fragment keeps what this page holds: without this, the networks of a run that is long over


@st.fragment  # so that a click in here keeps the epoch that is on the screen, even while the network learns on
def browse() -> None:
    """Draw the confusion matrix, the mistakes of the kind that is chosen in it, and the one that was clicked."""
    kind = chosen_kind(state)
    with st.container(key="split"):
        matrix, mistakes = st.columns(2, gap="medium")
    with matrix:
        draw_matrix(state, confusion, kind)
    with mistakes, st.container(key="listed"):
        reveal("listed", state.reveals)
        order = choose_kind_and_order(state)
        indices = sort_examples(find_mistakes(answers, test.labels, kind), answers, test.labels, order)
        tell_kind(state, kind, confusion)
        draw_sheet(state, test, answers, indices, f"{kind.true}_{kind.said}_{order}")
    look_closer(state, test, answers, indices)
    save_address(state)


browse()

st.header("Digit by digit")
figures, right_or_not = per_digit(confusion), accuracy_per_digit(confusion)
with st.container(key="split_figures"):
    chart, words = st.columns([3, 2], gap="medium", vertical_alignment="center")
with chart:
    live_plot(
        per_digit_figure(right_or_not, figures),
        key="per_digit",
        alt="Recall, precision and accuracy of each digit, in percent; the same numbers are in the table below.",
    )
words.markdown(
    "**Recall**: of the pictures that are a 4, the share it found.\n\n"
    '**Precision**: of its answers "4", the share that was right.\n\n'
    '**Accuracy**: of all pictures, the share for which it was right about "is this a 4?". It is high for every digit: '
    "nine pictures in ten are no 4, and most of those do not look like one."
)
with st.expander("All the numbers", icon=":material/table:"):
    table = per_digit_table(confusion, right_or_not, figures)
    st.table(table, border="horizontal", hide_index=True)
    if DASH in table["Precision"]:
        st.caption(f"{DASH} The network never gave this answer, so there is nothing to be right about.")
