"""The colours, for those who see none: lightness tells apart what a hue does on other screens."""

import numpy as np
import pytest

from charts.palette import DIVERGING, NEGATIVE, POSITIVE, TRAIN, VALIDATION, Theme

BACKGROUNDS = {"light": "#ffffff", "dark": "#0f141c"}
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as the WCAG defines it."""
    shares = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) / 255
    return float(WEIGHTS @ np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", DIVERGING)
def test_weights_for_and_against_differ_in_lightness(theme: Theme) -> None:
    against, _, zero, _, positive = DIVERGING[theme]
    assert luminance(positive) > luminance(against)
    assert contrast(against, positive) >= 3
    assert min(contrast(against, zero), contrast(positive, zero)) >= 3


@pytest.mark.parametrize("colour", [TRAIN, VALIDATION, NEGATIVE, POSITIVE])
@pytest.mark.parametrize("background", BACKGROUNDS.values())
def test_lines_and_bars_stand_out_from_both_backgrounds(colour: str, background: str) -> None:
    assert contrast(colour, background) >= 3
