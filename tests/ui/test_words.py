"""Numbers and strangers' words, as the screen shows them."""

import pytest

from fcnn.reading.text import MAX_LETTERS
from fcnn.written import exact
from ui.words import MAX_SENTENCE, moment_name, plain, sentence


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (1e-5, "1e-05"), (1000.0, "1000"), (0.123456789, "0.123456789"), (0.0, "0")]
)
def test_a_number_is_short_and_never_another_one(value: float, text: str) -> None:
    assert exact(value) == text


def test_two_moments_of_a_file_have_two_names() -> None:
    assert [moment_name(number) for number in (12, 0.5, 123.4321, 123.4323)] == [
        "epoch 12",
        "epoch 0.5",
        "epoch 123.4321",
        "epoch 123.4323",
    ]


@pytest.mark.parametrize("name", ["My *best* model.npz", "IMG_$a$_b.png", "1. first.npz", ":smile:", "<b>x</b>"])
def test_a_name_is_shown_letter_by_letter(name: str) -> None:
    assert plain(name) == f"`{name}`"


def test_an_icon_is_not_rewritten_in_code() -> None:
    assert plain(":material/home:") == "`:\N{WORD JOINER}material/home:`"  # Streamlit would make it :material_home:


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("of the format '![a](http://b.c/d.png)'", r"of the format '\!\[a\](http:|//b.c/d.png)'"),
        ("activation, '__import__'.", r"activation, '\_\_import\_\_'."), ("$a$ <b> `c`", r"\$a\$ \<b\> \`c\`"),
        ("1. first", r"1\. first"), ("- x", r"\- x"), (":red[x] :material/home:", r":|red\[x\] :|material/home:"),
        ("a@b.c www.d.e", "a@|b.c www|.d.e"), ("a -> b", r"a -|\> b"),
        ("a: it has 1,024 bytes.", "a: it has 1,024 bytes."),
        ("\ud800\u202e\n", "\N{REPLACEMENT CHARACTER}" * 3),
    ],
)  # fmt: skip
def test_a_sentence_that_quotes_a_stranger_is_shown_as_it_is(text: str, shown: str) -> None:
    assert sentence(text).replace("\N{WORD JOINER}", "|") == shown


def test_a_long_sentence_is_cut() -> None:
    assert len(sentence("x" * 10_000)) == MAX_SENTENCE + 1


def test_backticks_do_not_end_the_code() -> None:
    assert plain("a`b``c") == "``` a`b``c ```"


@pytest.mark.parametrize("letter", ["\ud800", "\n", "\u202e", "\x00", "\u2028", "\u200b"])
def test_letters_without_a_shape_are_replaced_and_can_be_sent(letter: str) -> None:
    assert plain(f"a{letter}b") == "`a\N{REPLACEMENT CHARACTER}b`"
    plain(f"a{letter}b").encode()


def test_a_long_name_is_cut() -> None:
    assert len(plain("x" * 10_000)) == MAX_LETTERS + 3
