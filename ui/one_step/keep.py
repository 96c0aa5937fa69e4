"""The copy becomes one of the visitor's runs, and the network on all pages."""

from fcnn.written import exact
from ui.keep_copy import Made, keep_copy
from ui.network_shown import shown_network
from ui.one_step.memory import OneStepMemory
from ui.one_step.the_copy import let_go, n_updates_in_words
from ui.visit import Visit, remembered


def keep(state: Visit) -> None:
    """Keep the copy, and say on the page what came of it."""
    memory, shown = remembered(OneStepMemory), shown_network(state)
    if memory.standing is None or not memory.n_updates:
        return
    outcome = keep_copy(state, Made(name_of(memory), shown.spec, memory.number, memory.standing.params))
    if not outcome.shown:
        memory.problem = outcome.words
        return
    let_go(memory)
    memory.kept, memory.note, memory.problem, memory.network_changed = outcome.words, "", "", True


def name_of(memory: OneStepMemory) -> str:
    """Return what the copy is called in the list of runs."""
    rates = {rate for _, rate in memory.ways}
    at = f" at {exact(rates.pop())}" if len(rates) == 1 else ""
    return f"One step: {n_updates_in_words(memory.n_updates)}{at} on {memory.name}, {memory.moment}"
