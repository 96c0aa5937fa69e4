"""Long lists a sheet at a time, as the pages with such lists use them."""

from streamlit.testing.v1 import AppTest

from ui.visit import Visit


def script(state: "Visit", n: int, of: str, prefix: str) -> None:
    import streamlit as st

    from ui.sheets import choose_sheet

    places = choose_sheet(state, "sheet", n, 10, of=of, prefix=prefix)
    st.text(f"{places.start} to {places.stop}")


def places(state: Visit, n: int = 35, of: str = "norm", prefix: str = "", at: AppTest | None = None) -> AppTest:
    args = (state, n, of, prefix)
    at = at or AppTest.from_function(script, args=args)
    at.args = args
    return at.run()


def visit(sheet: str) -> Visit:
    return Visit(page="weights", chosen={"weights": {"sheet": sheet}})


def test_the_sheet_of_the_address_is_shown_and_one_behind_the_last_is_the_last() -> None:
    for word, shown in {"": "0 to 10", "3": "20 to 30", "99999": "30 to 40", "0": "0 to 10", "x": "0 to 10"}.items():
        assert places(visit(word)).text[0].value == shown


def test_the_first_sheet_needs_no_word_and_a_list_of_one_sheet_no_choice() -> None:
    state = visit("1")
    assert len(places(state).get("pagination")) == 1
    assert state.choices == {}
    state = visit("2")
    assert not places(state, n=10).get("pagination")
    assert state.choices == {}


def test_another_list_begins_with_its_first_sheet() -> None:
    state = visit("3")
    at = places(state)
    assert places(state, of="digit", at=at).text[0].value == "0 to 10"
    assert state.choices == {}


def test_an_address_can_say_of_which_list_its_sheet_is_one() -> None:
    state = visit("norm-3")
    assert places(state, prefix="norm-").text[0].value == "20 to 30"
    assert state.choices == {"sheet": "norm-3"}
    assert places(visit("norm-3"), of="digit", prefix="digit-").text[0].value == "0 to 10"
