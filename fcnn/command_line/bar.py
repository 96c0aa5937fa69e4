"""A progress bar on a terminal; where nobody watches, in a file or a pipe, there is none."""

from typing import TextIO

WIDTH = 30  # characters


class Bar:
    """The last line of a terminal, which is written anew. It needs no clock: it changes when its words do."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._shown = ""

    def show(self, share: float, words: str) -> None:
        """Draw how much is done, 0 to 1, and what is being done."""
        n_full = int(WIDTH * share)
        self._write(f"{'#' * n_full}{'-' * (WIDTH - n_full)} {100 * share:3.0f} %  {words}")

    def clear(self) -> None:
        """Make room for another line."""
        self._write("")

    def _write(self, line: str) -> None:
        if self._stream is None or line == self._shown:
            return
        # What is no longer covered is covered with spaces; and the next line begins where this one did.
        self._stream.write(f"\r{line.ljust(len(self._shown))}{'' if line else chr(13)}")
        self._stream.flush()
        self._shown = line
