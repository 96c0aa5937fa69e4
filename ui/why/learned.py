"""When did it learn this? What every kept moment of the training says to the digit in hand; a click goes there."""

import streamlit as st

from charts.course import course_figure
from fcnn.inside.when import Course, follow
from ui.components.live_plot import live_plot
from ui.network_shown import params_of_epochs
from ui.visit import Visit
from ui.why.case import Case

ONE_MOMENT = "Of this network one moment is known: how it came to know this digit was not kept."
CLICK = "Click the curve to go to that moment."


def draw_learned(state: Visit, case: Case) -> None:
    """Draw the probabilities of the truth and of the answer over the moments that were kept."""
    shown = case.shown
    with st.container(key="why_section_learned"):
        st.header("When did it learn this?", anchor=False)
        if len(shown.numbers) < 2:
            st.markdown(ONE_MOMENT)
            return
        epochs = params_of_epochs(state, shown)
        course = follow(shown.spec, sorted(epochs.items()), case.digit.image)
        names = [shown.called(number) for number in course.numbers]
        truth, numbers, final = case.digit.truth, course.numbers, shown.final
        st.markdown(tell(course, names, case.answer if truth is None else truth, is_truth=truth is not None))

        def go_to(place: int) -> None:
            number = numbers[place]
            state.epoch, state.playing = (None if number == final else number), False

        figure = course_figure(course, names, truth=truth, answer=case.answer, at=numbers.index(shown.number))
        live_plot(figure, key="why_course", alt="The probability of the truth and of the answer", on_point=go_to)
        st.caption(CLICK)


def tell(course: Course, names: list[str], digit: int, *, is_truth: bool) -> str:
    """Return in a sentence when it answered a digit first, and last."""
    first, last = course.first_with(digit), course.last_with(digit)
    what = f"the truth ({digit})" if is_truth else f"{digit}"
    if first is None or last is None:
        return f"It answered {what} at none of the {len(names)} kept moments."
    called = dict(zip(course.numbers, names, strict=True))
    n = int((course.answers == digit).sum())
    if first == last:
        return f"It answered {what} at one of {len(names)} kept moments: {called[first]}."
    end = "and still does at the end" if last == course.numbers[-1] else f"and last at {called[last]}"
    return f"It first answered {what} at **{called[first]}**, {end}: at {n} of {len(names)} kept moments."
