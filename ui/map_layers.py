"""The layers of a network that a map can show, from the pixels to the scores, and what to call them."""

from fcnn.network import NetworkSpec

PIXELS, SCORES = "pixels", "scores"  # words of the address; a hidden layer is its number


def layers_of(spec: NetworkSpec) -> dict[str, str]:
    """Return the layers in order: the word for the address -> the words on the screen."""
    n = len(spec.hidden)
    hidden = {str(i): f"Hidden layer {i}" if n > 1 else "Hidden layer" for i in range(1, n + 1)}
    return {PIXELS: "Pixels"} | hidden | {SCORES: "Scores z"}


def usual_layer(spec: NetworkSpec) -> str:
    """Return the layer that is shown at first: the last hidden one, or the scores where there is none."""
    return str(len(spec.hidden)) if spec.hidden else SCORES


def number_of(spec: NetworkSpec, word: str) -> int:
    """Return which layer a word of layers_of() means, as fcnn.inside.maps counts them."""
    return list(layers_of(spec)).index(word)


def in_words(spec: NetworkSpec, word: str) -> str:
    """Return a layer as a sentence names it: 'the pixels', 'hidden layer 2', 'the hidden layer', 'the scores z'."""
    if word.isdecimal():
        return f"hidden layer {word}" if len(spec.hidden) > 1 else "the hidden layer"
    return f"the {word}" if word == PIXELS else "the scores z"
