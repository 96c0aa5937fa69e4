"""What the Home page remembers."""

from dataclasses import dataclass


@dataclass
class HomeMemory:
    """How far the visitor has gone."""

    n_digits: int = 0  # shown before this one
    told: bool = False  # whether the story has begun by itself, which it does once

    def next_digit(self) -> None:
        """Go on to another one."""
        self.n_digits += 1
