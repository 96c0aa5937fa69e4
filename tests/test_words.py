"""Numbers and strangers' words, as the screen shows them."""

import pytest

from ui.words import MAX_LETTERS, exact, plain


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (1e-5, "1e-05"), (1000.0, "1000"), (0.123456789, "0.123456789"), (0.0, "0")]
)
def test_a_number_is_short_and_never_another_one(value: float, text: str) -> None:
    assert exact(value) == text


@pytest.mark.parametrize(
    "name", ["My *best* model.npz", "IMG_$a$_b.png", "1. first.npz", ":material/home:", "<b>x</b>"]
)
def test_a_name_is_shown_letter_by_letter(name: str) -> None:
    assert plain(name) == f"`{name}`"


def test_backticks_do_not_end_the_code() -> None:
    assert plain("a`b``c") == "``` a`b``c ```"


@pytest.mark.parametrize("letter", ["\ud800", "\n", "\u202e", "\x00", "\u2028", "\u200b"])
def test_letters_without_a_shape_are_replaced_and_can_be_sent(letter: str) -> None:
    assert plain(f"a{letter}b") == "`a\N{REPLACEMENT CHARACTER}b`"
    plain(f"a{letter}b").encode()


def test_a_long_name_is_cut() -> None:
    assert len(plain("x" * 10_000)) == MAX_LETTERS + 3
