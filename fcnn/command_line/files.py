"""Files that a command reads and writes: bounded before they are read, and never left half written."""

from errno import EISDIR
from pathlib import Path

from fcnn import model_file
from fcnn.model_file import MAX_FILE_BYTES, Model
from fcnn.reading.about import ModelFileError
from fcnn.reading.pictures import MAX_PICTURES_BYTES, PictureError, read_pictures
from fcnn.types import Array


def read_model(name: str) -> Model:
    """Return a saved model.

    Raises:
        ModelFileError: the file is not one that the app can use; it names the file.
        OSError: it cannot be read.
    """
    try:
        return model_file.load(_content(name, MAX_FILE_BYTES))
    except ModelFileError as error:
        raise ModelFileError(f"{name!r}: {error}") from None


def pictures_in(name: str) -> Array:
    """Return the pictures of a file, of shape (N, 784), as numbers.

    Raises:
        PictureError: it holds none; it names the file.
        OSError: it cannot be read.
    """
    try:
        return read_pictures(_content(name, MAX_PICTURES_BYTES))
    except PictureError as error:
        raise PictureError(f"{name!r}: {error}") from None


def _content(name: str, most: int) -> bytes:
    """Return what a file holds, or one byte more than there may be."""
    with Path(name).open("rb") as file:
        return file.read(most + 1)


def check_place(name: str) -> None:
    """Make sure that a file can be written there, before hours go into what it is for.

    Raises:
        OSError: it cannot.
    """
    if Path(name).is_dir():
        raise OSError(EISDIR, "This is a folder, and no name for a file", name)
    aside = _aside(name)
    try:
        aside.touch()
        aside.unlink()
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from None


def write(name: str, content: bytes) -> None:
    """Write a file; one of that name is there until the new one is complete."""
    aside = _aside(name)
    aside.write_bytes(content)
    aside.replace(name)


def _aside(name: str) -> Path:
    path = Path(name)
    return path.with_name(f"{path.name}.part")
