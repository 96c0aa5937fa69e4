"""The settings of a run as widgets. The settings live in the state; a widget shows one and writes it back."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import streamlit as st

from fcnn.activations import ACTIVATIONS
from fcnn.config import LIVE, SCHEDULES
from fcnn.initialization import NORMAL, SCHEMES
from fcnn.network import MAX_HIDDEN_LAYERS, mnist_spec
from fcnn.optimizers import OPTIMIZERS
from fcnn.presets import PRESETS
from fcnn.ranges import RANGES
from ui.state import AppState, current_run, set_widget, widget_value
from ui.words import exact

WIDTHS_A_ROW = 3
NEW_WIDTH = 64  # neurons of a hidden layer that is added
RATES = tuple(float(f"{digit}e{power}") for power in range(-5, 2) for digit in (1, 1.5, 2, 3, 5, 7))
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192)
FULL_BATCH = 0  # on the slider; None in the settings
MOMENTA = (*(i / 20 for i in range(19)), 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)
DROPOUTS = tuple(i / 20 for i in range(20))
L2S = (0.0, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1)

HELP = {
    "preset": "Ready settings to start from. You can change each of them below.",
    "hidden": "Layers between the picture and the answer. Without any, the network compares with ten templates.",
    "width": "Neurons of this layer. More of them see more patterns, and take more time.",
    "learning_rate": "How large a step each update takes. Too small learns slowly; too large explodes.",
    "n_epochs": "How often the network sees every training image.",
    "batch_size": "Images looked at before each step. Full batch looks at all of them for a single step.",
    "activation": "What a hidden neuron does with the sum of its inputs. Without one, depth would be of no use.",
    "optimizer": "How the gradient becomes a step. Adam gives each weight a step size of its own.",
    "momentum": "How much of the last step is kept, like a rolling ball. Plain gradient descent does without.",
    "l2": "Pulls all weights towards zero, so that no single one becomes too important.",
    "dropout": "The share of hidden neurons that are silent in each batch. The others learn to do without them.",
    "schedule": "How the learning rate falls: not at all, along a cosine down to zero, or halved in steps.",
    "step_epochs": "The rate is halved each time so many epochs have passed.",
    "warmup_epochs": "The rate climbs from zero during the first epochs. It calms the start.",
    "all_images": "Learn from all 60,000 training images, with none kept back to watch the progress on.",
    "patience": "End the run when the validation loss has not improved for so many epochs. 0 never does.",
    "restore_best": "When the run ends, take the epoch with the lowest validation loss instead of the last one.",
    "scheme": "How wide the random first weights are drawn. He suits ReLU; Xavier and LeCun suit tanh and sigmoid.",
    "weight_width": "The standard deviation of the first weights.",
    "bias_width": "The standard deviation of the first biases. 0 starts them all at zero, as is usual today.",
    "shift_px": "How far an image is moved, at most, along each axis.",
    "rotation_deg": "How far an image is turned, at most, either way.",
    "scale": "How much larger or smaller an image is drawn, at most, as a share of its size.",
    "elastic_px": "How far pixels wander, as in a hand that writes differently each time (Simard et al., 2003).",
    "elastic_blur_px": "How alike neighbours wander. Narrow bends make a line tremble, wide ones bend the whole digit.",
    "noise": "How strongly random grey is added to each pixel.",
    "seed": "Where the random numbers begin. The same seed gives the same run.",
}


def choose_preset(state: AppState, *, disabled: bool) -> None:
    """Draw the presets; the one whose settings hold now is marked."""
    now = next((name for name, p in PRESETS.items() if (p.spec, p.config) == (state.spec, state.config)), None)

    def save(name: str | None) -> None:
        if name is not None:
            state.spec, state.config = PRESETS[name].spec, PRESETS[name].config

    titles = {name: preset.title for name, preset in PRESETS.items()}
    control(
        "preset", "Start from", now, save, st.pills, list(titles), format_func=titles.__getitem__, disabled=disabled
    )
    st.caption(PRESETS[now].promise if now is not None else "Your own settings.")


def choose_main_settings(state: AppState, *, disabled: bool) -> None:
    """Draw layers, learning rate and epochs."""
    _choose_layers(state, disabled=disabled)
    _stops(state, "learning_rate", "Learning rate", RATES)
    _setting(state, "n_epochs", "Epochs", st.number_input, *RANGES["n_epochs"], disabled=disabled)


def _choose_layers(state: AppState, *, disabled: bool) -> None:
    def save_count(count: int | None) -> None:
        widths = (state.spec.hidden + (NEW_WIDTH,) * MAX_HIDDEN_LAYERS)[: count or 0]
        state.spec = mnist_spec(widths, state.spec.activation)

    counts = list(range(MAX_HIDDEN_LAYERS + 1))
    control(
        "hidden", "Hidden layers", len(state.spec.hidden), save_count, st.segmented_control, counts, disabled=disabled
    )
    if not state.spec.hidden:
        return
    n = len(state.spec.hidden)
    columns = [column for _ in range(0, n, WIDTHS_A_ROW) for column in st.columns(min(n, WIDTHS_A_ROW))]
    for i, column in enumerate(columns[:n]):

        def save_width(width: int, i: int = i) -> None:
            widths = (*state.spec.hidden[:i], width, *state.spec.hidden[i + 1 :])
            state.spec = mnist_spec(widths, state.spec.activation)

        with column:
            label, width = f"Neurons {i + 1}", state.spec.hidden[i]
            control(
                "width",
                label,
                width,
                save_width,
                st.number_input,
                *RANGES["n_neurons"],
                disabled=disabled,
                suffix=str(i),
            )


def choose_more(state: AppState, *, disabled: bool) -> None:
    """Draw everything else; what can be changed on the way comes first."""
    config = state.config
    no_momentum = config.optimizer == "gradient_descent"
    _stops(state, "momentum", "Momentum", MOMENTA, disabled=no_momentum)
    _stops(state, "dropout", "Dropout", DROPOUTS)
    _stops(state, "l2", "L2", L2S)
    st.divider()
    _choose_batch(state, disabled=disabled)
    _named(state, "optimizer", "Optimizer", {name: o.title for name, o in OPTIMIZERS.items()}, disabled=disabled)
    _named(state, "schedule", "Learning rate schedule", SCHEDULES, disabled=disabled)
    if config.schedule == "step":
        _setting(state, "step_epochs", "Epochs a step", st.number_input, *RANGES["step_epochs"], disabled=disabled)
    warmup = {"step": 0.5, "format": "%g", "disabled": disabled}
    _setting(state, "warmup_epochs", "Warm-up (epochs)", st.number_input, *RANGES["warmup_epochs"], **warmup)
    st.divider()
    _choose_all_images(state, disabled=disabled)
    no_validation = disabled or config.all_images
    _setting(state, "patience", "Early stopping (epochs)", st.number_input, *RANGES["patience"], disabled=no_validation)
    _setting(state, "restore_best", "Keep the best epoch", st.toggle, disabled=no_validation)
    st.divider()
    _choose_activation(state, disabled=disabled)
    _choose_initialization(state, disabled=disabled)
    _setting(state, "seed", "Seed", st.number_input, *RANGES["seed"], disabled=disabled)


def _choose_batch(state: AppState, *, disabled: bool) -> None:
    def save(size: int) -> None:
        state.config = replace(state.config, batch_size=size or None)

    size = state.config.batch_size or FULL_BATCH
    options = [*_with(BATCH_SIZES, size or 1), FULL_BATCH]
    words = {FULL_BATCH: "full batch"}
    control(
        "batch_size", "Batch size (images)", size, save, st.select_slider, options,
        format_func=lambda n: words.get(n, str(n)), disabled=disabled,
    )  # fmt: skip


def _choose_all_images(state: AppState, *, disabled: bool) -> None:
    def save(on: bool) -> None:
        # Without a validation set there is nothing to stop early by, and no best epoch to keep.
        watching = {"patience": 0, "restore_best": False} if on else {}
        state.config = replace(state.config, all_images=on, **watching)  # type: ignore[arg-type]

    control("all_images", "All 60,000 images", state.config.all_images, save, st.toggle, disabled=disabled)


def _choose_activation(state: AppState, *, disabled: bool) -> None:
    def save(name: str) -> None:
        state.spec = replace(state.spec, activation=name)

    titles = {name: activation.title for name, activation in ACTIVATIONS.items()}
    now = state.spec.activation
    control(
        "activation",
        "Activation",
        now,
        save,
        st.selectbox,
        list(titles),
        format_func=titles.__getitem__,
        disabled=disabled,
    )


def _choose_initialization(state: AppState, *, disabled: bool) -> None:
    def save(name: str) -> Callable[[Any], None]:
        def save_it(value: object) -> None:
            initialization = replace(state.config.initialization, **{name: value})  # type: ignore[arg-type]
            state.config = replace(state.config, initialization=initialization)

        return save_it

    now = state.config.initialization
    titles = {name: scheme.title for name, scheme in SCHEMES.items()} | {NORMAL: "Normal, of a given width"}
    control(
        "scheme", "First weights", now.scheme, save("scheme"), st.selectbox, list(titles),
        format_func=titles.__getitem__, disabled=disabled,
    )  # fmt: skip
    width: dict[str, Any] = {"step": 0.01, "format": "%g", "disabled": disabled}
    if now.scheme == NORMAL:
        control(
            "weight_width",
            "Width of the weights",
            now.weight_width,
            save("weight_width"),
            st.number_input,
            *RANGES["weight_width"],
            **width,
        )
    control(
        "bias_width",
        "Width of the biases",
        now.bias_width,
        save("bias_width"),
        st.number_input,
        *RANGES["bias_width"],
        **width,
    )


def _named(state: AppState, name: str, label: str, titles: dict[str, str], *, disabled: bool) -> None:
    _setting(state, name, label, st.selectbox, list(titles), format_func=titles.__getitem__, disabled=disabled)


def _stops(state: AppState, name: str, label: str, stops: tuple[float, ...], *, disabled: bool = False) -> None:
    """Draw a slider over some values of a range, and the one that a link or a preset asks for between them."""
    options = _with(stops, getattr(state.config, name))
    _setting(state, name, label, st.select_slider, options, format_func=exact, disabled=disabled)


def _setting(state: AppState, name: str, label: str, draw: Callable[..., Any], *args: Any, **details: Any) -> None:  # noqa: ANN401 - passed on to the widget
    """Draw a widget for one field of the TrainConfig; a LIVE one reaches a run that is on its way at once."""

    def save(value: float) -> None:
        state.config = replace(state.config, **{name: value})  # type: ignore[arg-type]
        run = current_run(state)
        if run is not None and name in LIVE and run.under_way:
            run.change(**{name: value})

    control(name, label, getattr(state.config, name), save, draw, *args, **details)


def control(
    name: str, label: str, value: object, save: Callable[[Any], None], draw: Callable[..., Any],
    *args: Any, suffix: str = "", **details: Any,  # noqa: ANN401 - passed on to the widget
) -> None:  # fmt: skip
    """Draw a widget that shows a value, with its help text, and hand what the visitor makes of it to save()."""
    key = f"set_{name}{suffix}"
    set_widget(key, value)
    draw(label, *args, key=key, help=HELP[name], on_change=lambda: save(widget_value(key)), **details)


def _with(stops: Iterable[float], value: float) -> list[float]:
    """Return the stops of a slider, with one more where a link or a preset asks for a value between them."""
    return sorted({*stops, value})
