"""What the Mistakes page remembers."""

from dataclasses import dataclass


@dataclass
class MistakesMemory:
    """Where the keyboard's focus goes when a dialog is closed."""

    closed: tuple[int, int] | None = None  # the test digit whose dialog was closed last, and how many were before
