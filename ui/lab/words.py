"""What the Lab page calls damages and strengths, and how it tells an accuracy."""

from collections.abc import Sequence

from charts.answers import NBSP, percent
from fcnn.metrics import interval_95
from fcnn.network import NetworkSpec
from ui.lab.damages import ORDERS, Damage
from ui.lab.kinds import FLOAT_BITS

BEARABLE = 0.01  # of the accuracy: a loss that one may call small


def layer_name(layer: int, spec: NetworkSpec) -> str:
    """Return what to call a layer of weights; 0 is the first."""
    n_hidden = len(spec.hidden)
    if layer == n_hidden:
        return "the last layer"
    return "the hidden layer" if n_hidden == 1 else f"hidden layer {layer + 1}"


def strength_name(damage: Damage, strength: float) -> str:
    """Return a strength in few letters, for a slider or an axis."""
    counted = damage.by_hand or damage.kind in ("bits", "scale")
    if counted:
        return f"{strength:g}"
    return f"{100 * strength:.0f}{NBSP}%"


def done(damage: Damage, strength: float, spec: NetworkSpec) -> str:
    """Return what a damage does to a network: '90 % of its weights pruned'."""
    name = strength_name(damage, strength)
    match damage.kind:
        case "prune":
            return f"{name} of its weights pruned"
        case "noise":
            return f"noise of {name} of a typical weight"
        case "bits":
            return (
                "weights as it learned them"
                if strength == FLOAT_BITS
                else f"weights of {name} bit{'s' if strength > 1 else ''}"
            )
        case "scale":
            return f"{layer_name(damage.layer, spec)} times {name}"
        case _:
            return _off(damage, strength, spec)


def _off(damage: Damage, strength: float, spec: NetworkSpec) -> str:
    width = spec.sizes[damage.layer + 1]
    where = "" if len(spec.hidden) == 1 else f" of {layer_name(damage.layer, spec)}"
    if damage.by_hand:
        off = damage.own[: int(strength)]
        names = ", ".join(map(str, off))
        return f"neuron{'s' if len(off) > 1 else ''} {names}{where} off" if off else f"no neuron{where} off"
    return f"{damage.n_off(strength, width):,} of {width:,} neurons{where} off, those {ORDERS[damage.order]}"


def worse_name(way: str, strength: float) -> str:
    """Return how much worse digits are, in few letters."""
    size = f"{abs(strength):g}"
    match way:
        case "turned":
            return f"{size}°" if not strength else f"{size}° {'right' if strength > 0 else 'left'}"
        case "shifted":
            return f"{size} px"
        case "strokes":
            return "0 px" if not strength else f"{size} px {'thicker' if strength > 0 else 'thinner'}"
        case _:
            return f"{100 * strength:.0f}{NBSP}%"


def short_worse_name(way: str, strength: float) -> str:
    """Return how much worse a digit is, with a sign in place of words: as its axis has it."""
    if way not in ("turned", "strokes"):
        return worse_name(way, strength)
    sign = "" if not strength else "+" if strength > 0 else "\N{MINUS SIGN}"
    return f"{sign}{abs(strength):g}{'°' if way == 'turned' else ' px'}"


def worse_axis(way: str) -> str:
    """Return what the strength of a way is, for an axis."""
    return {
        "noise": "noise, of the blackest ink (%)",
        "turned": "degrees, to the left (below 0) and to the right",
        "shifted": "pixels, to one of four sides",
        "strokes": "pixels, thinner (below 0) and thicker",
        "inverted": "how far ink and paper are changed over (%)",
    }[way]


def told(accuracy: float, n: int) -> str:
    """Return an accuracy on n digits with its interval."""
    low, high = (f"{100 * limit:.1f}" for limit in interval_95(accuracy, n))
    return f"**{percent(accuracy)}** (95{NBSP}% interval {low} to {high}{NBSP}%)"


def bearable_name(damage: Damage, strength: float, spec: NetworkSpec) -> str:
    """Return a strength for a sentence of bears()."""
    name = strength_name(damage, strength)
    match damage.kind:
        case "bits":
            return f"{name} bit{'s' if strength > 1 else ''}"
        case "scale":
            return f"times {name}"
        case "units":
            n = damage.n_off(strength, spec.sizes[damage.layer + 1])
            return f"{n:,} neuron{'s' if n != 1 else ''}"
        case _:
            return name


def bears(names: Sequence[str], accuracies: Sequence[float], start: int) -> str:
    """Return in a sentence how much it bears, going both ways from the place where nothing is changed."""
    least = accuracies[start] - BEARABLE
    ways = [[*range(start, len(names))], [*range(start, -1, -1)]]
    return " ".join(_bears_one_way([(names[i], accuracies[i]) for i in way], least) for way in ways if len(way) > 1)


def _bears_one_way(steps: Sequence[tuple[str, float]], least: float) -> str:
    n = next((i for i, (_, accuracy) in enumerate(steps) if accuracy < least), len(steps))
    if n == 1:
        return f"At {steps[1][0]} it has already lost more than 1 point."
    if n == len(steps):
        return f"As far as {steps[-1][0]} it never loses more than 1 point."
    return f"As far as {steps[n - 1][0]} it loses at most 1 point, at {steps[n][0]} more."
