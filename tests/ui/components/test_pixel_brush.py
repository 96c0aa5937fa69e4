"""What the brush makes of the messages of a browser."""

import base64

import pytest

from ui.components.pixel_brush import read

LEVELS = bytes(range(256)) * 3 + bytes(16)
TEXT = base64.b64encode(LEVELS).decode()


def test_what_was_painted_comes_back() -> None:
    assert read({"levels": TEXT, "sheet": 3}, 3) == LEVELS


def test_what_was_painted_on_another_sheet_does_not_count() -> None:
    assert read({"levels": TEXT, "sheet": 2}, 3) is None


NONSENSE: list[object] = [None, 5, "x", [], {}, {"sheet": 3}, {"levels": TEXT}]
TEXTS: list[object] = [None, 5, [], "", TEXT[:-4], TEXT * 9, "!" * 1048, "é" * 1048]
NONSENSE += [{"levels": text, "sheet": 3} for text in TEXTS]


@pytest.mark.parametrize("sent", NONSENSE)
def test_a_browser_may_send_anything(sent: object) -> None:
    assert read(sent, 3) is None
