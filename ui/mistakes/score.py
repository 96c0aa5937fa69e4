"""How good the network is on the test set, in a sentence; and what to do if it has no answers."""

import streamlit as st

from charts.answers import percent
from fcnn.inside.mistakes import count_without_answer
from fcnn.metrics import Answers, interval_95, summarize
from fcnn.types import Examples
from ui import cached
from ui.network_shown import NetworkShown


def answers_or_stop(shown: NetworkShown) -> Answers:
    """Return what the network says to the test set; if it has no answer to some of it, say so and end the page."""
    answers = cached.answers_to_test(shown.key, shown.spec, shown.params)
    if n_lost := count_without_answer(answers):
        st.error(
            f"This network has no answer to {n_lost:,} of {len(answers.losses):,} test digits: its numbers grew beyond "
            "what a computer can hold. Choose an earlier epoch, or train again with a smaller learning rate.",
            icon=":material/error:",
        )
        st.page_link("pages/train.py", label="Go to the Train page", icon=":material/model_training:")
        st.stop()
    return answers


def tell_score(answers: Answers, test: Examples) -> None:
    """Say how many test digits are read wrongly, and how sure that figure is."""
    accuracy, n = summarize(answers, test.labels).accuracy, len(test.labels)
    n_wrong = int((answers.digits != test.labels).sum())
    low, high = (f"{100 * limit:.2f}" for limit in interval_95(accuracy, n))
    st.markdown(
        f"Wrong on **{n_wrong:,}** of {n:,} test digits: accuracy **{percent(accuracy)}** "
        f"(95 % interval {low} to {high} %).",
        help="The network never learned from the test digits. On other digits of this kind its accuracy would be a "
        "little different; the interval holds the true one in 95 of 100 cases.",
    )
