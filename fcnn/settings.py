"""Every setting of a run: one row each, which widgets, addresses, charts and the checks of TrainConfig read.

To add a setting, add its row here, and a field of its name to the dataclass that it belongs to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from fcnn.setting import Group, Setting


def _steps(*parts: tuple[float, float]) -> tuple[float, ...]:
    """Return stops from 0 on: up to a first value in steps of a first size, then on to the next."""
    stops = [0.0]
    for last, step in parts:
        stops += [round(stops[-1] + step * i, 4) for i in range(1, round((last - stops[-1]) / step) + 1)]
    return tuple(stops)


RATES = tuple(float(f"{digit}e{power}") for power in range(-5, 2) for digit in (1, 1.5, 2, 3, 5, 7))
L2S = (0.0, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1)
MOMENTA = (*(i / 20 for i in range(19)), 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)
BATCH_SIZES = tuple(2**i for i in range(14))
N_TRAINS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
INITIALIZATION, AUGMENTATION = "initialization", "augmentation"

# fmt: off
_ROWS = (
    Setting("n_hidden_layers", "", "Hidden layers",
            "Layers between the picture and the answer. Without any, the network compares with ten templates.",
            "whole", "network", (0, 5)),
    Setting("hidden", "hidden", "Neurons", "Neurons of this layer. More of them see more patterns, and take more time.",
            "widths", "network", (1, 1024)),
    Setting("learning_rate", "rate", "Learning rate",
            "How large a step each update takes. Too small learns slowly; too large explodes.",
            "number", "main", (0.0, 1000.0), stops=RATES, live=True, mark="rate"),
    Setting("n_epochs", "epochs", "Epochs", "How often the network sees every training image.",
            "whole", "main", (1, 100_000)),
    Setting("momentum", "momentum", "Momentum",
            "How much of the last step is kept, like a rolling ball. Plain gradient descent does without.",
            "number", "live", (0.0, 0.9999), stops=MOMENTA, live=True, mark="momentum"),
    Setting("dropout", "dropout", "Dropout",
            "The share of hidden neurons that are silent in each batch. The others learn to do without them.",
            "number", "live", (0.0, 0.95), stops=_steps((0.95, 0.05)), live=True, mark="dropout"),
    Setting("l2", "l2", "L2", "Pulls all weights towards zero, so that no single one becomes too important.",
            "number", "live", (0.0, 10.0), stops=L2S, live=True, mark="L2"),
    Setting("batch_size", "batch", "Batch size",
            "Images looked at before each step. Full batch looks at all of them for a single step.",
            "whole", "steps", (1, 1_000_000), unit="images", stops=BATCH_SIZES, none="full"),
    Setting("optimizer", "optimizer", "Optimizer",
            "How the gradient becomes a step. Adam gives each weight a step size of its own.", "choice", "steps"),
    Setting("schedule", "schedule", "Learning rate schedule",
            "How the learning rate falls: not at all, along a cosine down to zero, or halved in steps.",
            "choice", "steps"),
    Setting("step_epochs", "step", "Epochs a step", "The rate is halved each time so many epochs have passed.",
            "whole", "steps", (1, 100_000)),
    Setting("warmup_epochs", "warmup", "Warm-up",
            "The rate climbs from zero during the first epochs. It calms the start.",
            "number", "steps", (0.0, 1000.0), unit="epochs", step=0.5),
    Setting("n_train", "images", "Training images",
            "How many images the network learns from. From a few it soon knows them by heart, and reads others badly.",
            "whole", "watching", (100, 55_000), stops=N_TRAINS, none="all"),
    Setting("all_images", "all", "All 60,000 images",
            "Learn from all 60,000 training images, with none kept back to watch the progress on.",
            "switch", "watching"),
    Setting("patience", "patience", "Early stopping",
            "End the run when the validation loss has not improved for so many epochs. 0 never does.",
            "whole", "watching", (0, 100_000), unit="epochs"),
    Setting("restore_best", "best", "Keep the best epoch",
            "When the run ends, take the epoch with the lowest validation loss instead of the last one.",
            "switch", "watching"),
    Setting("activation", "activation", "Activation",
            "What a hidden neuron does with the sum of its inputs. Without one, depth would be of no use.",
            "choice", "start"),
    Setting("scheme", "init", "First weights",
            "How wide the random first weights are drawn. He suits ReLU; Xavier and LeCun suit tanh and sigmoid.",
            "choice", "start", part=INITIALIZATION),
    Setting("weight_width", "width", "Width of the weights", "The standard deviation of the first weights.",
            "number", "start", (0.0, 10.0), part=INITIALIZATION, step=0.01),
    Setting("bias_width", "bias", "Width of the biases",
            "The standard deviation of the first biases. 0 starts them all at zero, as is usual today.",
            "number", "start", (0.0, 10.0), part=INITIALIZATION, step=0.01),
    Setting("seed", "seed", "Seed", "Where the random numbers begin. The same seed gives the same run.",
            "whole", "start", (0, 2**32 - 1)),
    Setting("shift_px", "shift", "Shift", "How far an image is moved, at most, along each axis.",
            "number", "variation", (0.0, 8.0), AUGMENTATION, "pixels", _steps((4, 0.5), (8, 1))),
    Setting("rotation_deg", "rotate", "Rotation", "How far an image is turned, at most, either way.",
            "number", "variation", (0.0, 180.0), AUGMENTATION, "degrees", _steps((20, 1), (45, 5), (180, 15))),
    Setting("scale", "resize", "Size", "How much larger or smaller an image is drawn, at most, as a share of its size.",
            "number", "variation", (0.0, 0.9), AUGMENTATION, "share", _steps((0.2, 0.01), (0.9, 0.1))),
    Setting("elastic_px", "bend", "Bending",
            "How far pixels wander, as in a hand that writes differently each time (Simard et al., 2003).",
            "number", "variation", (0.0, 8.0), AUGMENTATION, "pixels", _steps((3, 0.1), (8, 1))),
    Setting("elastic_blur_px", "blur", "Width of the bends",
            "How alike neighbours wander. Narrow bends make a line tremble, wide ones bend the whole digit.",
            "number", "variation", (2.0, 14.0), AUGMENTATION, "pixels", tuple(2 + i / 2 for i in range(25))),
    Setting("noise", "noise", "Noise", "How strongly random grey is added to each pixel.",
            "number", "variation", (0.0, 1.0), AUGMENTATION, "share of full ink", _steps((0.2, 0.01), (1, 0.1))),
)
# fmt: on
SETTINGS: Mapping[str, Setting] = MappingProxyType({row.name: row for row in _ROWS})
LIVE = tuple(row.name for row in _ROWS if row.live)


def in_group(group: Group) -> Iterator[Setting]:
    """Yield the settings that stand together on the page, in order."""
    return (row for row in _ROWS if row.group == group)


def check_ranges(settings: Any) -> None:  # noqa: ANN401 - any dataclass with fields that are named in SETTINGS
    """Compare the numbers of a dataclass with their ranges; None stands for no number at all.

    Raises:
        ValueError: one of them is out of its range, not finite, or a fraction where only whole numbers make sense.
    """
    rows = (SETTINGS[field.name] for field in fields(settings) if field.name in SETTINGS)
    for row in (row for row in rows if row.kind in ("number", "whole")):
        value = getattr(settings, row.name)
        if value is not None and not row.allows(value):
            low, high = row.range
            between = f"a whole number from {low:,} to {high:,}" if row.is_whole else f"between {low:g} and {high:g}"
            raise ValueError(f"{row.name} must be {between}, got {value}")
