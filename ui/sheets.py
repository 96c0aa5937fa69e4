"""Long lists, a sheet at a time: which sheet is shown is a word of the page's address."""

from dataclasses import dataclass, field

import streamlit as st

from ui.choices import whole_number
from ui.visit import Visit, remembered


@dataclass
class ListsMemory:
    """Of which list the sheet is one that each word of an address names."""

    shown: dict[str, str] = field(default_factory=dict)


def choose_sheet(state: Visit, word: str, n: int, per_sheet: int, *, of: str, prefix: str = "") -> slice:
    """Draw the choice of a sheet, where there is more than one, and return the places of what is on it.

    Args:
        state: where the choice is kept.
        word: its word in the address; the first sheet needs none.
        n: how many there are in the list, at least one.
        per_sheet: how many of them a sheet has.
        of: names the list; another one begins with its first sheet.
        prefix: what stands before the number in the address.
    """
    lists = remembered(ListsMemory).shown
    if lists.setdefault(word, of) != of:
        lists[word] = of
        state.choices.pop(word, None)
    n_sheets, chosen = -(-n // per_sheet), state.choices.get(word, "")
    wanted = whole_number(chosen.removeprefix(prefix)) if chosen.startswith(prefix) else None
    sheet = min(max(wanted or 1, 1), n_sheets)
    if n_sheets > 1:
        sheet = st.pagination(n_sheets, default=sheet, key=f"sheet_{word}_{of}_{n_sheets}")
    if sheet > 1:
        state.choices[word] = f"{prefix}{sheet}"
    else:
        state.choices.pop(word, None)
    return slice((sheet - 1) * per_sheet, sheet * per_sheet)
