"""What the Home page remembers."""

from dataclasses import dataclass


@dataclass
class HomeMemory:
    """How far the visitor has gone through its digits."""

    n_digits: int = 0  # shown before this one

    def next_digit(self) -> None:
        """Go on to another one."""
        self.n_digits += 1
