"""What the Map page remembers."""

from dataclasses import dataclass


@dataclass(eq=False)
class MapMemory:
    """What was done here."""

    picked: tuple[int, ...] = ()  # the points that the lasso holds
    refused: str = ""  # why there is no map by t-SNE
    refused_of: str = ""  # the key of that map
