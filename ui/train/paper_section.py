"""The paper on the Train page: what it did, how near the preset comes to it, and the visitor's run beside it."""

import streamlit as st

from fcnn import published
from fcnn.presets import PAPER
from runs.view import RunView


def tell() -> None:
    """Draw the section."""
    st.markdown(
        "In 2021 H. Wang trained a network of 784 x 200 x 10 in plain NumPy, by gradient descent on all 60,000 images "
        f"at once, for 400 epochs. It reached **{published.PAPER_ACCURACY} %** on the test digits. The paper does not "
        "give the learning rate or how wide the first weights were drawn. The preset *The paper (2021)* uses "
        f"a rate of {PAPER.config.learning_rate:g}, weights drawn with a standard deviation of "
        f"{PAPER.config.initialization.weight_width:g}, biases with {PAPER.config.initialization.bias_width:g}, and "
        f"seed {PAPER.config.seed}. A search found them, and the seed: with them the accuracy stays within "
        f"**{published.PAPER_DIFFERENCE_HERE} percentage points** of all 40 points of the paper's figure 6, and the "
        f"test accuracy after 400 epochs is {published.PAPER_ACCURACY_HERE} %."
    )
    st.caption("Choose that preset and press Start: the paper's points are then drawn dashed beside the live curve.")


def is_like_the_paper(view: RunView) -> bool:
    """Return whether a run may be laid beside the paper's: its network, in full batch, on all images."""
    return (view.spec, view.config.batch_size, view.config.all_images) == (PAPER.spec, None, True)


def compare(view: RunView) -> None:
    """Say how far such a run is from figure 6, as soon as it has an epoch."""
    if not view.records:
        return
    epoch, difference = published.largest_difference({r.number: 100 * r.train.accuracy for r in view.whole})
    st.caption(
        f"The paper's points are dashed. Largest difference so far: **{difference:.2f}** percentage points, at epoch "
        f"{epoch} (measured on the first 5,000 training images; the paper does not say on how many it measured)."
    )
