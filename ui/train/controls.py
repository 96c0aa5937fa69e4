"""The settings of a run as widgets: one for each row of SETTINGS. The values live in the state; a widget shows one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from fcnn.config import CHOICES
from fcnn.setting import Group, Setting
from fcnn.settings import in_group
from fcnn.written import exact
from ui.own_run import own_run
from ui.setting_uses import is_shown, is_used
from ui.visit import Visit, set_widget, widget_value

ALL = 0  # on a slider that ends with all there are; None in the settings
MORE: tuple[Group, ...] = ("live", "steps", "watching", "start")  # with a line between them


def choose_more(state: Visit, *, disabled: bool) -> None:
    """Draw everything else; what can be changed on the way comes first."""
    for i, group in enumerate(MORE):
        if i > 0:
            st.divider()
        choose_group(state, group, disabled=disabled)


def choose_group(state: Visit, group: Group, *, disabled: bool) -> None:
    """Draw the widgets of some settings; those that may change on the way can be moved at any time."""
    for row in in_group(group):
        if is_shown(row, state.settings):
            choose(state, row, disabled=not is_used(row, state.settings) or (disabled and not row.live))


def choose(state: Visit, row: Setting, *, disabled: bool) -> None:
    """Draw the widget of one setting; a live one reaches a run that is on its way at once."""

    def save(value: Any) -> None:  # noqa: ANN401 - a setting's value is of the setting's type
        _set(state, row, value)
        run = own_run(state)
        if run is not None and row.live and run.view().under_way:
            run.change(**{row.name: value})

    value = state.settings.value(row)
    if row.kind == "switch":
        control(row, value, save, st.toggle, disabled=disabled)
    elif row.kind == "choice":
        titles = CHOICES[row.name]
        control(row, value, save, st.selectbox, list(titles), format_func=titles.__getitem__, disabled=disabled)
    elif row.none:
        _slider_to_none(row, value, save, disabled=disabled)
    elif row.stops:
        # One stop more where a link or a preset asks for a value between them.
        options = sorted({*row.stops, value})
        control(row, value, save, st.select_slider, options, format_func=exact, disabled=disabled)
    else:
        form: dict[str, Any] = {} if row.is_whole else {"step": row.step, "format": "%g"}
        control(row, value, save, st.number_input, *row.range, disabled=disabled, **form)


def _slider_to_none(row: Setting, value: int | None, save: Callable[[Any], None], *, disabled: bool) -> None:
    """Draw a slider whose last stop stands for None."""
    shown = value or ALL
    options = [*sorted({*row.stops, shown or row.stops[0]}), ALL]
    control(
        row, shown, lambda size: save(size or None), st.select_slider, options,
        format_func=lambda n: str(n) if n else f"{row.none} {row.word}", disabled=disabled,
    )  # fmt: skip


def _set(state: Visit, row: Setting, value: Any) -> None:  # noqa: ANN401
    if row.name == "all_images" and value:
        # All are more than some; and without a validation set nothing tells when to stop, or which epoch is best.
        state.config = replace(state.config, n_train=None, patience=0, restore_best=False)
    state.settings = state.settings.changed(row, value)


def control(
    row: Setting, value: object, save: Callable[[Any], None], draw: Callable[..., Any],
    *args: Any, suffix: str = "", label: str = "", **details: Any,  # noqa: ANN401 - passed on to the widget
) -> None:  # fmt: skip
    """Draw a widget that shows a value, with its help text, and hand what the visitor makes of it to save()."""
    key = f"set_{row.name}{suffix}"
    set_widget(key, value)
    draw(label or row.title, *args, key=key, help=row.help, on_change=lambda: save(widget_value(key)), **details)
