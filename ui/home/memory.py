"""What the Home page remembers."""

from dataclasses import dataclass


@dataclass
class HomeMemory:
    """How far the visitor has gone."""

    n_digits: int = 0  # asked for: each of them runs through the network once
    told: bool = False  # whether the story has begun by itself, which it does once
