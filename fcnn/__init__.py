"""A fully connected neural network in NumPy, and how it learns handwritten digits."""

from fcnn.activations import ACTIVATIONS
from fcnn.augmentation import Augmentation, augment
from fcnn.config import TrainConfig
from fcnn.epoch import Epoch, Progress, State
from fcnn.initialization import SCHEMES, Initialization, init_params
from fcnn.metrics import Figures, answer, summarize
from fcnn.mnist import DataError, Dataset, load
from fcnn.network import NetworkSpec, Trace, backward, forward, mnist_spec, predict
from fcnn.optimizers import OPTIMIZERS
from fcnn.training import train, train_steps
from fcnn.types import Array, Examples, Layer, Params

__all__ = [
    "ACTIVATIONS",
    "OPTIMIZERS",
    "SCHEMES",
    "Array",
    "Augmentation",
    "DataError",
    "Dataset",
    "Epoch",
    "Examples",
    "Figures",
    "Initialization",
    "Layer",
    "NetworkSpec",
    "Params",
    "Progress",
    "State",
    "Trace",
    "TrainConfig",
    "answer",
    "augment",
    "backward",
    "forward",
    "init_params",
    "load",
    "mnist_spec",
    "predict",
    "summarize",
    "train",
    "train_steps",
]
