"""What there is to say of a test digit and its answer, below its picture and beside it."""

from fcnn.metrics import Answers
from fcnn.types import Examples, Indices


def facts_of(test: Examples, answers: Answers, indices: Indices) -> list[tuple[int, int, float]]:
    """Return the truth, the answer and its probability, for each of these examples."""
    # Only of these: what Answers tells it works out anew for all 10,000, whenever it is asked.
    chosen = Answers(answers.probabilities[indices], answers.losses[indices])
    lists = test.labels[indices].tolist(), chosen.digits.tolist(), chosen.confidences.tolist()
    return list(zip(*lists, strict=True))
