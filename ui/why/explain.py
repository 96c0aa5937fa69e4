"""The Why page: the digit in hand, the answer, and the questions that can be asked of it."""

from ui.address_bar import save_address
from ui.components.mount import style
from ui.following import follow, pace_s
from ui.network_line import choose_network
from ui.visit import Visit
from ui.why.case import case_of, pair_of
from ui.why.headline import draw_headline
from ui.why.learned import draw_learned
from ui.why.likeness import draw_likeness
from ui.why.mind import draw_mind
from ui.why.pager import draw_pager
from ui.why.pixels import draw_pixels
from ui.why.sums import draw_sums
from ui.why.work import draw_work


def explain_and_follow(state: Visit) -> None:
    """Draw the page, and again and again while the network that is shown learns."""
    if pace_s(state) is None:
        explain(state)
    else:
        follow(explain, state)


def explain(state: Visit) -> None:
    """Draw all sections for the digit in hand and the network and moment that are shown."""
    style(__file__)
    choose_network(state)
    case = case_of(state)
    draw_headline(case)
    draw_pager(state)
    draw_work(state)
    if case.sound:
        pair = pair_of(state, case)
        draw_pixels(state, case, pair)
        draw_likeness(case, pair)
        draw_mind(state, case)
        draw_learned(state, case)
        draw_sums(state)
    save_address(state)
