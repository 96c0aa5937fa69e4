"""Named settings: where a visitor starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fcnn.augmentation import Augmentation
from fcnn.config import TrainConfig
from fcnn.initialization import Initialization
from fcnn.network import NetworkSpec, mnist_spec
from fcnn.published import RECORD_ACCURACY, RECORD_ACCURACY_HERE, RECORD_LINK, RECORD_SOURCE


@dataclass(frozen=True)
class Preset:
    """A network, how it learns, and what to expect of it."""

    title: str
    promise: str
    spec: NetworkSpec
    config: TrainConfig


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "quick": Preset(
            "Quick",
            "Past 97 % in a few seconds: a small network that learns fast.",
            mnist_spec((64,)),
            TrainConfig(learning_rate=0.002, n_epochs=10, optimizer="adam", schedule="cosine"),
        ),
        "accurate": Preset(
            "Accurate",
            "About 99.1 % in half a minute: wider, and the images vary a little each time. For the Draw page.",
            mnist_spec((400,)),
            TrainConfig(
                learning_rate=0.003,
                n_epochs=20,
                batch_size=256,
                optimizer="adam",
                schedule="cosine",
                warmup_epochs=0.5,
                augmentation=Augmentation(shift_px=1, rotation_deg=8, scale=0.08, elastic_px=1),
            ),
        ),
        "record": Preset(
            "Record",
            f"{RECORD_ACCURACY_HERE} %, if you have ten minutes: two layers of 800, and images bent anew each time. "
            f"The best known of a plain network with 800 hidden neurons is {RECORD_ACCURACY} % (Simard and others, "
            f"2003, in [{RECORD_SOURCE}]({RECORD_LINK})).",
            mnist_spec((800, 800)),
            TrainConfig(
                learning_rate=0.001,
                n_epochs=150,
                batch_size=256,
                optimizer="adam",
                schedule="cosine",
                all_images=True,
                augmentation=Augmentation(shift_px=1, rotation_deg=12, scale=0.12, elastic_px=1.4),
            ),
        ),
        "paper": Preset(
            "The paper (2021)",
            "How it began: 400 epochs of full batch on all 60,000 images, as slow as it was.",
            mnist_spec((200,)),
            TrainConfig(
                learning_rate=0.18143,
                n_epochs=400,
                batch_size=None,
                all_images=True,
                initialization=Initialization("normal", weight_width=0.0085, bias_width=1.02051),
                seed=86711,
            ),
        ),
        "linear": Preset(
            "No hidden layer",
            "About 92 %: ten templates, one for each digit. Look at them on the Weights page.",
            mnist_spec(()),
            TrainConfig(learning_rate=0.1, n_epochs=10),
        ),
        "deep": Preset(
            "Deep",
            "Three hidden layers: does depth help?",
            mnist_spec((128, 64, 32)),
            TrainConfig(learning_rate=0.001, n_epochs=10, optimizer="adam", schedule="cosine"),
        ),
        "exploding": Preset(
            "Too fast",
            "A learning rate that is far too large. Watch what happens.",
            mnist_spec((128, 64, 32)),
            TrainConfig(learning_rate=70.0, n_epochs=10, optimizer="momentum"),
        ),
    }
)
PAPER = PRESETS["paper"]
