"""What happens to one weight? It is chosen on a picture of weights; beside it its gradient, checked, and its update."""

import streamlit as st

from fcnn.inside.gradient_check import GradientCheck
from fcnn.network import NetworkSpec
from ui.components.number_grid import number_grid
from ui.numbers import neuron_name, source_name
from ui.one_step.choices import BIAS, LAYER, NEURON, WEIGHT
from ui.one_step.look import Look
from ui.one_step.written import draw_check, draw_update
from ui.press import act_once
from ui.visit import Visit, set_widget, widget_value

ABOUT = {
    True: "A cell is a weight, one for each pixel: click one. **Orange** is above zero, **blue** below.",
    False: "A cell is a weight, one for each neuron of the layer below: click one. **Orange** is above zero, **blue** "
    "below.",
}
NO_SLOPE = "Where its gradient is 0, a weight has no say here: nothing comes in, or its neuron is silent."


def draw_weight(state: Visit, looked: Look, check: GradientCheck) -> None:
    """Draw the pictures on which a weight is chosen, and what the next update makes of it."""
    with st.container(key="step_section_weight"):
        st.header("What happens to one weight?", anchor=False)
        with st.container(key="split_weight"):
            left, right = st.columns(2, gap="medium")
        with left:
            _choose_neuron(state, looked)
            _draw_grids(state, looked)
        with right:
            st.markdown(f"**{symbol(looked)}**: {_whereabouts(looked)}.")
            draw_update(looked, state)
            draw_check(check, symbol(looked), kinks="relu" in looked.spec.activation)


def symbol(looked: Look) -> str:
    """Return what the code calls the weight: 'params[0].W[300, 17]'."""
    place = looked.place
    name = f"b[{place.column}]" if place.row is None else f"W[{place.row}, {place.column}]"
    return f"params[{place.layer}].{name}"


def _whereabouts(looked: Look) -> str:
    place, n_hidden = looked.place, len(looked.spec.hidden)
    neuron = neuron_name(place.layer, place.column, n_hidden)
    if place.row is None:
        return f"the bias of {neuron}"
    source = source_name(place.row, from_pixels=place.layer == 0)
    return f"the weight from {f'the pixel in {source},' if place.layer == 0 else source} to {neuron}"


def _choose_neuron(state: Visit, looked: Look) -> None:
    spec, place = looked.spec, looked.place
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if spec.hidden:
            names = [_layer_name(spec, layer) for layer in range(len(spec.sizes) - 1)]
            set_widget("step_layer", place.layer)
            st.selectbox(
                "Layer", range(len(names)), format_func=names.__getitem__, key="step_layer", width=170,
                on_change=act_once(_set_layer), args=(state,),
            )  # fmt: skip
        set_widget("step_neuron", place.column)
        st.number_input(
            "Digit" if place.layer == len(spec.hidden) else "Neuron", 0, spec.sizes[place.layer + 1] - 1,
            key="step_neuron", width=130, on_change=act_once(_set_neuron), args=(state,),
        )  # fmt: skip
        st.button(
            "Its bias", disabled=place.row is None, on_click=act_once(_set_weight), args=(state, BIAS),
            help="The number that the neuron adds to its sum.",
        )  # fmt: skip


def _layer_name(spec: NetworkSpec, layer: int) -> str:
    if layer == len(spec.hidden):
        return "Output layer"
    return f"Hidden layer {layer + 1}" if len(spec.hidden) > 1 else "Hidden layer"


def _set_layer(state: Visit) -> None:
    state.choices[LAYER] = str(widget_value("step_layer"))
    state.choices.pop(NEURON, None)
    state.choices.pop(WEIGHT, None)


def _set_neuron(state: Visit) -> None:
    state.choices[NEURON] = str(widget_value("step_neuron"))


def _set_weight(state: Visit, word: str) -> None:
    state.choices[WEIGHT] = word


def _draw_grids(state: Visit, looked: Look) -> None:
    """Draw the weights of the neuron, and their gradients, side by side."""
    layer, neuron, from_pixels = looked.place.layer, looked.place.column, looked.place.layer == 0

    def choose(row: int) -> None:
        state.choices.update({LAYER: str(layer), NEURON: str(neuron), WEIGHT: str(row)})

    name = neuron_name(layer, neuron, len(looked.spec.hidden))
    with st.container(horizontal=True, key="step_grids"):
        for key, title, values in (("weights", "Its weights", looked.weights), ("slopes", "Gradients", looked.slopes)):
            with st.container(width=224):
                st.markdown(f"**{title}**")
                number_grid(
                    values, key=f"step_{key}", label=f"{title}: {name}", from_pixels=from_pixels,
                    chosen=looked.place.row, on_choose=choose,
                )  # fmt: skip
    st.caption(f"{ABOUT[from_pixels]} {NO_SLOPE}")
