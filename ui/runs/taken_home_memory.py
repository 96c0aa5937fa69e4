"""What the Runs page remembers of what was brought back there, and of what was forgotten."""

from dataclasses import dataclass


@dataclass
class TakenHomeMemory:
    """What came of the last file, and of the last press."""

    n_uploads: int = 0  # counts the files that were brought: a new number is an empty place for the next
    upload_error: str = ""  # what was wrong with the last one
    came_back: str = ""  # what came out of it
    forgotten: str = ""  # what was forgotten just now
    page_due: bool = False  # whether the whole page is to be drawn anew: its list, or the visitor, is another
