"""Whether reading and writing work just now: what fails becomes a sentence, and a line in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from store.errors import reason

WRITING = ", so that new runs are not kept just now. Learning goes on all the same."
READING = ", so that kept runs cannot be shown just now."


class Trouble:
    """What went wrong last, until the same works again."""

    def __init__(self) -> None:
        self._sentences: dict[str, str] = {}  # by what was tried

    @property
    def sentence(self) -> str:
        """One sentence for the page; "" while all is well."""
        return self._sentences.get(WRITING) or self._sentences.get(READING, "")

    @contextmanager
    def noted(self, tried: str) -> Iterator[None]:
        """Note that what is done in here fails; tried is WRITING or READING."""
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            if tried not in self._sentences:
                logging.getLogger(__name__).warning("The store of runs has trouble", exc_info=True)
            self._sentences[tried] = reason(error) + tried

    def works(self, tried: str) -> None:
        """Note that something was really written, or read: where nothing changes, a full disk does no harm."""
        self._sentences.pop(tried, None)
