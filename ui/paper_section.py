"""The short section on the paper: what it did, how near these settings come to it, and this run beside it."""

import streamlit as st

from fcnn import paper
from fcnn.presets import PAPER
from fcnn.view import View


def tell(view: View | None) -> None:
    """Draw the section; a run with the paper's settings is compared with figure 6 point by point."""
    st.markdown(
        "In 2021 H. Wang trained a network of 784 x 200 x 10 in plain NumPy, by gradient descent on all 60,000 images "
        f"at once, for 400 epochs. It reached **{paper.TEST_ACCURACY} %** on the test digits. The paper does not give "
        "the learning rate or how wide the first weights were drawn. The preset *The paper (2021)* uses "
        f"a rate of {PAPER.config.learning_rate:g}, weights drawn with a standard deviation of "
        f"{PAPER.config.initialization.weight_width:g}, biases with {PAPER.config.initialization.bias_width:g}, and "
        f"seed {PAPER.config.seed}. They were searched for, the seed as well: the accuracy then stays within "
        f"**{paper.LARGEST_DIFFERENCE} percentage points** of all 40 points of the paper's figure 6, and the "
        f"test accuracy after 400 epochs is {paper.OUR_TEST_ACCURACY} %."
    )
    if view is None or view.spec != PAPER.spec or view.config.batch_size is not None:
        st.caption(
            "Choose that preset and press Start: the paper's points are then drawn dashed beside the live curve."
        )
        return
    accuracies = {record.number: 100 * record.train.accuracy for record in view.records}
    epoch, difference = paper.largest_difference(accuracies)
    st.markdown(f"Your run so far: largest difference **{difference:.2f}** percentage points, at epoch {epoch}.")
