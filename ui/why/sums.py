"""How is it computed? The sums with the numbers of this digit, beside the lines of fcnn that compute them."""

from collections.abc import Callable, Sequence

import streamlit as st

from fcnn.activations import ACTIVATIONS
from fcnn.inside.source import Lines, lines_behind, lines_of
from fcnn.inside.sums import loss_sum, softmax_sum, weighted_sum
from ui.numbers import TIMES, neuron_name, number, source_name
from ui.one_step_link import link_to_one_step
from ui.visit import Visit
from ui.why.case import Case, case_of
from ui.why.unit_choice import SUMS, opened_unit

N_TERMS = 6


def draw_sums(state: Visit) -> None:
    """Draw the sums of the neuron that is open, or of the answer; the click that opens one redraws this part, too."""
    st.fragment(_draw_sums, key=SUMS)(state)


def _draw_sums(state: Visit) -> None:
    case = case_of(state)
    if not case.sound:
        return
    spec = case.shown.spec
    layer, neuron = opened_unit(state, spec) or (len(spec.hidden), case.answer)
    name = neuron_name(layer, neuron, len(spec.hidden))
    with st.container(key="why_section_sums"):
        st.header("How is it computed?", anchor=False)
        st.markdown(f"These are the sums of **{name}** and of the answer, with the numbers of this digit.")
        _step(f"z of {name}", lambda: _draw_z(case, layer, neuron), lines_behind("z"))
        if layer < len(spec.hidden):
            f = lines_of(ACTIVATIONS[spec.activation].f)
            _step("What it passes on", lambda: _draw_activation(case, layer, neuron), (f,) if f else ())
        _step("Softmax: from ten z to ten probabilities", lambda: _draw_softmax(case), lines_behind("softmax"))
        if case.digit.truth is not None:
            _step("The loss: how surprising the truth was", lambda: _draw_loss(case), lines_behind("loss"))
        link_to_one_step(state)


def _step(title: str, draw: Callable[[], None], lines: Sequence[Lines]) -> None:
    with st.expander(title, expanded=title.startswith("z of"), key=f"why_step_{title.split()[0]}"):
        with st.container(key=f"split_step_{title.split()[0]}"):
            numbers, code = st.columns([3, 2], gap="medium")
        with numbers:
            draw()
        with code:
            for each in lines:
                st.caption(f"{each.file}, {each.function}(), line {each.start}")
                st.code(each.text, language="python", wrap_lines=True)  # what scrolls shuts the keyboard out


def _draw_z(case: Case, layer: int, neuron: int) -> None:
    total = weighted_sum(case.shown.params, case.trace, layer, neuron, n=N_TERMS)
    st.markdown(f"z = a @ W + b, of which these are the largest terms, a {TIMES} W:")
    rows = [
        [source_name(int(place), from_pixels=layer == 0), number(a), number(w), number(product)]
        for place, a, w, product in zip(total.places, total.inputs, total.weights, total.products, strict=True)
    ]
    rows.append([f"{total.n_more:,} more terms", "", "", number(total.rest)])
    rows.append([f"{total.n_zero:,} terms that are 0", "", "", "0"])
    rows.append(["b", "", "", number(total.bias)])
    rows.append(["z", "", "", number(total.z)])
    _table(["from", "a", "W", f"a {TIMES} W"], rows)


def _draw_activation(case: Case, layer: int, neuron: int) -> None:
    activation = ACTIVATIONS[case.shown.spec.activation]
    z, a = case.trace.z[layer][0, neuron], case.trace.a[layer + 1][0, neuron]
    st.markdown(f"a = f(z), here {activation.title}: f({number(z)}) = **{number(a)}**.")


def _draw_softmax(case: Case) -> None:
    total = softmax_sum(case.trace.z[-1][0])
    st.markdown(f"The largest z is {number(total.largest)}. The exponentials add up to {number(total.total)}.")
    rows = [
        [str(digit), *map(number, row)]
        for digit, row in enumerate(zip(total.z, total.shifted, total.exponentials, total.probabilities, strict=True))
    ]
    _table(["digit", "z", "z - max", "e^(z - max)", "divided by the sum"], rows)


def _draw_loss(case: Case) -> None:
    truth = case.digit.truth or 0
    loss = loss_sum(case.trace.z[-1][0], truth)
    st.markdown(
        f"The truth is {truth}. Its z - max is {number(loss.shifted)}, less the logarithm of the sum, "
        f"{number(loss.log_total)}: log p = {number(loss.log_probability)}, and p = {number(loss.probability)}.  \n"
        f"loss = -log p = **{number(loss.loss)}**, where 0 would be no surprise at all."
    )


def _table(heads: list[str], rows: list[list[str]]) -> None:
    columns = {head: [row[i] for row in rows] for i, head in enumerate(heads)}
    st.table(columns, border="horizontal", hide_index=True)
