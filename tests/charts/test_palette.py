"""The colours, for those who see none: lightness tells apart what a hue does on other screens."""

from itertools import combinations

import numpy as np
import pytest

from charts.palette import DIGITS, DIVERGING, NEGATIVE, POSITIVE, RUNS, TRAIN, VALIDATION, Theme
from fcnn.types import Array

BACKGROUNDS = {"light": "#ffffff", "dark": "#0f141c"}
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
# What is left of red, green and blue for people with each form of colour blindness, after Machado and others, 'A
# physiologically-based model for simulation of color vision deficiency', 2009.
SIGHTS = {
    "all colours": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Ottosson, 'A perceptual color space for image processing', 2020: Oklab, in which 0.02 is just seen side by side.
CONES = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
OKLAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as the WCAG defines it."""
    return float(WEIGHTS @ light(colour))


def light(colour: str) -> Array:
    """Return how much red, green and blue light #rrggbb is, 0 to 1."""
    shares = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def distance(one: str, other: str, sight: Array) -> float:
    """Return how far apart two colours look."""
    seen = [OKLAB @ np.cbrt(CONES @ np.clip(sight @ light(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.mark.parametrize(
    ("sight", "least"), [("all colours", 0.14), ("no red", 0.07), ("no green", 0.07), ("no blue", 0.07)]
)
def test_six_runs_are_told_apart(sight: str, least: float) -> None:
    assert min(distance(one, other, SIGHTS[sight]) for one, other in combinations(RUNS, 2)) > least


@pytest.mark.parametrize("theme", DIGITS)
@pytest.mark.parametrize(
    ("sight", "least"), [("all colours", 0.19), ("no red", 0.098), ("no green", 0.098), ("no blue", 0.098)]
)
def test_ten_digits_are_told_apart(theme: Theme, sight: str, least: float) -> None:
    assert min(distance(one, other, SIGHTS[sight]) for one, other in combinations(DIGITS[theme], 2)) > least


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", DIVERGING)
def test_weights_for_and_against_differ_in_lightness(theme: Theme) -> None:
    against, _, zero, _, positive = DIVERGING[theme]
    assert luminance(positive) > luminance(against)
    assert contrast(against, positive) >= 3
    assert min(contrast(against, zero), contrast(positive, zero)) >= 3


@pytest.mark.parametrize("colour", sorted({TRAIN, VALIDATION, NEGATIVE, POSITIVE, *RUNS}))
@pytest.mark.parametrize("background", BACKGROUNDS.values())
def test_lines_and_bars_stand_out_from_both_backgrounds(colour: str, background: str) -> None:
    assert contrast(colour, background) >= 3


@pytest.mark.parametrize("theme", DIGITS)
def test_digits_stand_out_from_their_background(theme: Theme) -> None:
    assert len(DIGITS[theme]) == 10
    assert min(contrast(colour, BACKGROUNDS[theme]) for colour in DIGITS[theme]) >= 3
