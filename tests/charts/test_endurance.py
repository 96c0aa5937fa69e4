"""What networks bear, as it is drawn."""

import pytest

from charts.endurance import GUESSING, Course, endurance_figure
from charts.look import look_of

HURT = Course("<b>Mine</b>", look_of(2), (0.98, 0.9, 0.1))
BEFORE = Course("before", look_of(2), (0.99, 0.95, 0.2), behind=True)


def test_each_network_is_a_line_in_its_look_and_what_stands_behind_is_faint() -> None:
    mine, before = endurance_figure([HURT, BEFORE], (0, 50, 90), title="pruned", at=1).data
    assert list(mine.y) == pytest.approx([98, 90, 10])
    assert list(mine.x) == [0, 50, 90]
    assert (mine.line.color, mine.line.dash) == (look_of(2).colour, look_of(2).dash)
    assert before.opacity < mine.opacity == 1
    assert "<b>" not in mine.name


def test_the_chosen_strength_is_marked_and_so_is_guessing() -> None:
    chosen, guessing = endurance_figure([HURT], (0, 50, 90), title="pruned", at=2).layout.shapes
    assert (chosen.x0, chosen.x1) == (90, 90)
    assert guessing.y0 == guessing.y1 == GUESSING == 10


def test_names_stand_side_by_side_evenly() -> None:
    figure = endurance_figure([HURT], ("32", "2", "1"), title="bits", at=2)
    assert list(figure.data[0].x) == ["32", "2", "1"]
    assert figure.layout.xaxis.type == "category"
    assert figure.layout.shapes[0].x0 == 2
