"""Made photos of a digit: on paper in all kinds of light, on tables, with what else gets into a picture.

A kind is a function (digit, rng) -> picture: digit (28, 28) of 0 to 1, as MNIST holds it; picture (H, W) of uint8, the
brightness. `digit` of zeros makes the same picture with nothing on the paper.
"""

import io
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

from drawings.photo import from_photo
from fcnn.mnist import Mnist
from fcnn.model_file import Model
from fcnn.network import predict
from fcnn.pixels import as_numbers

Picture = npt.NDArray[np.uint8]
Shades = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Kind = Callable[[Shades, np.random.Generator], Picture]
Images = npt.NDArray[np.float32]
Labels = npt.NDArray[np.integer]
SURE = 0.9
HEIGHT, WIDTH = 560, 420  # pixels of a picture
PAPER, PEN, TABLE, DESK, BLACK = 225.0, 60.0, 70.0, 90.0, 12.0  # brightness


def written(
    digit: Shades,
    rng: np.random.Generator,
    *,
    height: float = 0.4,
    at: tuple[float, float] | None = None,
    size: tuple[int, int] = (HEIGHT, WIDTH),
) -> Shades:
    """Return how much ink covers each pixel of a sheet, 0 to 1: the digit, so high (a share of the sheet's)."""
    n = max(8, round(height * size[0] * 28 / 20))
    large = ndimage.zoom(digit, n / 28, order=3)
    large = ((large - 0.5) * max(1, n / 40) + 0.5).clip(0, 1) * (ndimage.zoom(digit, n / 28, order=1) > 0.05)
    y, x = at if at is not None else tuple(rng.uniform(0.42, 0.58, 2))
    top, left = round(y * size[0] - n / 2), round(x * size[1] - n / 2)
    whole = np.zeros((size[0] + 2 * n, size[1] + 2 * n))
    whole[top + n : top + n + large.shape[0], left + n : left + n + large.shape[1]] = large
    return whole[n:-n, n:-n]


def grid(size: tuple[int, int] = (HEIGHT, WIDTH)) -> tuple[Shades, Shades]:
    """Return y and x of each pixel, -1 to 1."""
    y, x = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]), indexing="ij")
    return y, x


def on(ground: Shades | float, ink: Shades, pen: float = PEN) -> Shades:
    return ground + (pen - ground) * ink


def shot(scene: Shades, rng: np.random.Generator, *, noise: float = 2.0, blur: float = 0.7) -> Picture:
    """Take the picture: a little blur, a little noise, 8 bits."""
    seen = ndimage.gaussian_filter(scene, blur)
    picture: Picture = np.rint((seen + rng.normal(0, noise, seen.shape)).clip(0, 255)).astype(np.uint8)
    return picture


def wood(rng: np.random.Generator, mean: float, size: tuple[int, int] = (HEIGHT, WIDTH)) -> Shades:
    """Return a table with a grain along its rows."""
    grain = ndimage.gaussian_filter(rng.normal(0, 1, size), (1.5, 40))
    shades: Shades = mean + grain / grain.std() * 0.08 * mean
    return shades


def around(page: Shades, ground: Shades, *, share: float, degrees: float = 0.0) -> Shades:
    """Lay a page on a ground that stays visible all round, over this share of the picture."""
    side = np.sqrt(1 - share)
    y, x = grid(page.shape)
    angle = np.deg2rad(degrees)
    # Where on the page each pixel lies, -1 to 1.
    ratio = page.shape[1] / page.shape[0]
    v = (y * np.cos(angle) - x * ratio * np.sin(angle)) / side
    u = (x * np.cos(angle) + y / ratio * np.sin(angle)) / side
    rows, columns = (v + 1) / 2 * (page.shape[0] - 1), (u + 1) / 2 * (page.shape[1] - 1)
    laid = ndimage.map_coordinates(page, [rows, columns], order=1, mode="nearest")
    return np.where((abs(u) <= 1) & (abs(v) <= 1), laid, ground)


# Paper


def plain(digit: Shades, rng: np.random.Generator) -> Picture:
    return shot(on(PAPER, written(digit, rng)), rng)


def ruled(digit: Shades, rng: np.random.Generator) -> Picture:
    page = np.full((HEIGHT, WIDTH), PAPER)
    page[20::28] = 185
    return shot(on(page, written(digit, rng)), rng)


def squared(digit: Shades, rng: np.random.Generator) -> Picture:
    page = np.full((HEIGHT, WIDTH), PAPER)
    page[10::20] = page[:, 10::20] = 185
    return shot(on(page, written(digit, rng)), rng)


def chalk(digit: Shades, rng: np.random.Generator) -> Picture:
    dust = ndimage.gaussian_filter(rng.normal(0, 1, (HEIGHT, WIDTH)), 30)
    return shot(on(55 + 6 * dust / dust.std(), written(digit, rng), 215), rng, noise=5)


def soft_shadow(digit: Shades, rng: np.random.Generator) -> Picture:
    y, x = grid()
    light = 1 - 0.35 / (1 + np.exp(-4 * (x + y + rng.uniform(-0.4, 0.4))))
    return shot(on(PAPER, written(digit, rng)) * light, rng)


def at_the_border(digit: Shades, rng: np.random.Generator) -> Picture:
    return shot(on(PAPER, written(digit, rng, at=(rng.uniform(0.2, 0.24), 0.78))), rng)


def pencil(digit: Shades, rng: np.random.Generator) -> Picture:
    return shot(on(PAPER, written(digit, rng), 150), rng, noise=4)


# A table beside the paper


def with_table(where: Callable[[Shades, Shades], Mask], table: float = TABLE) -> Kind:
    def kind(digit: Shades, rng: np.random.Generator) -> Picture:
        page = on(PAPER, written(digit, rng, height=0.36, at=(0.5, 0.5)))
        return shot(np.where(where(*grid()), wood(rng, table), page), rng)

    return kind


strip = with_table(lambda y, x: x < -0.94 + 0 * y)
table_left = with_table(lambda y, x: x < -0.7 + 0 * y)
table_corner = with_table(lambda y, x: x + y < -1.2)
table_above = with_table(lambda y, x: y < -0.7 + 0 * x)


def two_tone_table(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.36, at=(0.5, 0.5)))
    y, x = grid()
    table = np.where(y + 0.2 * x > 0.1, wood(rng, 120), wood(rng, 45))
    return shot(np.where(x > 0.6 + 0.05 * y, table, page), rng)


def hard_shadow(digit: Shades, rng: np.random.Generator) -> Picture:
    y, x = grid()
    edge = rng.uniform(-0.5, 0.5)
    return shot(on(PAPER, written(digit, rng)) * np.where(x + 0.4 * y > edge, 0.62, 1), rng)


def deep_shadow(digit: Shades, rng: np.random.Generator) -> Picture:
    y, x = grid()
    return shot(on(PAPER, written(digit, rng)) * np.where(x - 0.6 * y > rng.uniform(-0.4, 0.4), 0.42, 1), rng)


def table_and_shadow(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.36, at=(0.5, 0.5)))
    y, x = grid()
    lit = np.where(y > 0.1 + 0.3 * x, 0.62, 1)
    return shot(np.where(x < -0.7, wood(rng, TABLE), page) * lit, rng)


def desk_around(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.55, at=(0.5, 0.5)))
    return shot(around(page, wood(rng, DESK), share=0.47), rng)


def desk_far_around(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.6, at=(0.5, 0.5)))
    return shot(around(page, wood(rng, DESK), share=0.6), rng)


def black_desk_around(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.55, at=(0.5, 0.5)))
    return shot(around(page, np.full((HEIGHT, WIDTH), BLACK), share=0.47), rng)


def black_frame(digit: Shades, rng: np.random.Generator) -> Picture:
    scene = on(PAPER, written(digit, rng))
    y, x = grid()
    return shot(np.where(np.maximum(abs(x), abs(y)) > 0.95, 3, scene), rng)


# Kinds that did not shape the recipe


def tilted_on_a_desk(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.5, at=(0.5, 0.5)))
    return shot(around(page, wood(rng, 50), share=0.5, degrees=float(rng.uniform(-12, 12))), rng)


def keystone(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.5, at=(0.5, 0.5)))
    y, x = grid()
    v, u = (y + 0.1) * (1.15 - 0.15 * y), x * (1.3 - 0.25 * y)  # farther away at the top
    rows, columns = (v + 1) / 2 * (HEIGHT - 1), (u + 1) / 2 * (WIDTH - 1)
    laid = ndimage.map_coordinates(page, [rows, columns], order=1, mode="nearest")
    return shot(np.where((abs(u) < 1) & (abs(v) < 1), laid, wood(rng, 75)), rng)


def vignette(digit: Shades, rng: np.random.Generator) -> Picture:
    y, x = grid()
    return shot(on(PAPER, written(digit, rng)) * (1 - 0.4 * (x**2 + y**2) / 2 * 1.4).clip(0.25), rng)


def coloured_paper(digit: Shades, rng: np.random.Generator) -> Picture:
    return shot(on(rng.uniform(120, 170), written(digit, rng), 45), rng)


def bad_jpeg(digit: Shades, rng: np.random.Generator) -> Picture:
    content = io.BytesIO()
    Image.fromarray(plain(digit, rng)).save(content, "JPEG", quality=6)
    return np.asarray(Image.open(content).convert("L"))


def crumpled(digit: Shades, rng: np.random.Generator) -> Picture:
    height = sum(
        ndimage.gaussian_filter(rng.normal(0, 1, (HEIGHT, WIDTH)), width) * width * share
        for width, share in ((40, 1.0), (18, 0.6), (8, 0.3))
    )
    folds = np.gradient(np.asarray(height))[0] + 0.5 * np.gradient(np.asarray(height))[1]
    return shot(on(PAPER, written(digit, rng)) * (1 - 0.09 * folds / folds.std()).clip(0.55, 1.12), rng)


def margin_line(digit: Shades, rng: np.random.Generator) -> Picture:
    page = np.full((HEIGHT, WIDTH), PAPER)
    page[24::30] = 195
    page[:, 58:61] = 150  # a red line, in grey
    return shot(on(page, written(digit, rng, at=(0.5, 0.58))), rng)


def torn_edge(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.36, at=(0.46, 0.5)))
    y, _ = grid()
    wave = np.cumsum(rng.normal(0, 0.006, WIDTH))
    return shot(np.where(y > 0.72 + wave - wave.mean(), wood(rng, 60), page), rng)


def whiteboard(digit: Shades, rng: np.random.Generator) -> Picture:
    y, x = grid()
    glare = 60 * np.exp(-((x - rng.uniform(-0.7, 0.7)) ** 2 + (y - rng.uniform(-0.7, 0.7)) ** 2) / 0.06)
    return shot((on(185, written(digit, rng), 40) + glare).clip(0, 255), rng)


def whiteboard_frame(digit: Shades, rng: np.random.Generator) -> Picture:
    scene = on(200, written(digit, rng, at=(0.52, 0.5)), 50)
    scene[:22], scene[22:60] = 150, 60
    return shot(scene, rng)


def small_and_aside(digit: Shades, rng: np.random.Generator) -> Picture:
    at = (rng.uniform(0.12, 0.88), rng.uniform(0.15, 0.85))
    return shot(on(PAPER, written(digit, rng, height=0.14, at=at)), rng)


def thin_pen(digit: Shades, rng: np.random.Generator) -> Picture:
    """Write with a ball-pen: a twentieth of the digit's pen, by the middle line of its strokes."""
    ink = written(digit, rng, height=0.45) > 0.5
    depth = ndimage.distance_transform_edt(ink)
    ridge = (depth >= ndimage.maximum_filter(depth, 5) - 0.5) & (depth > 3)
    line = ndimage.binary_dilation(ndimage.binary_closing(ridge, iterations=5), iterations=1)
    return shot(on(PAPER, line.astype(float), 50), rng)


def holes(digit: Shades, rng: np.random.Generator) -> Picture:
    scene = on(PAPER, written(digit, rng, at=(0.5, 0.6), height=0.38))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    for middle in range(20, HEIGHT, 40):
        scene[(y - middle) ** 2 + (x - 22) ** 2 < 9**2] = 60
    return shot(scene, rng)


def moire(digit: Shades, rng: np.random.Generator) -> Picture:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    angle = rng.uniform(0.05, 0.2)
    c, s = np.cos(angle), np.sin(angle)
    wave = np.sin(2.2 * (x * c + y * s)) * np.sin(2.35 * (y * c - x * s))
    return shot(on(210, written(digit, rng), 40) + 22 * wave, rng)


def finger(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.36, at=(0.42, 0.42)))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    tip, along = (430.0, 330.0), np.array([0.8, 0.6])
    t = (y - tip[0]) * along[0] + (x - tip[1]) * along[1]
    side = abs((x - tip[1]) * along[0] - (y - tip[0]) * along[1])
    inside = np.where(t > 0, side < 38, np.hypot(y - tip[0], x - tip[1]) < 38)
    return shot(np.where(inside, 150 - 25 * (side / 38) ** 2, page), rng)


def chalk_and_wall(digit: Shades, rng: np.random.Generator) -> Picture:
    scene = on(55, written(digit, rng, at=(0.56, 0.5), height=0.38), 215)
    y, _ = grid()
    return shot(np.where(y < -0.75, 205, scene), rng, noise=4)


def light_table(digit: Shades, rng: np.random.Generator) -> Picture:
    return with_table(lambda y, x: x < -0.65 + 0 * y, 180)(digit, rng)


def notebook_on_black(digit: Shades, rng: np.random.Generator) -> Picture:
    page = np.full((HEIGHT, WIDTH), PAPER)
    page[20::28] = 185
    page = on(page, written(digit, rng, height=0.5, at=(0.5, 0.5)))
    return shot(around(page, wood(rng, 20), share=0.35, degrees=float(rng.uniform(-6, 6))), rng)


def two_edges(digit: Shades, rng: np.random.Generator) -> Picture:
    page = on(PAPER, written(digit, rng, height=0.36, at=(0.45, 0.55)))
    y, x = grid()
    return shot(np.where((x < -0.75 + 0.1 * y) | (y > 0.7 - 0.05 * x), wood(rng, 40), page), rng)


def printed_words(digit: Shades, rng: np.random.Generator) -> Picture:
    """Print two lines of small words above the digit."""
    scene = on(PAPER, written(digit, rng, height=0.4, at=(0.6, 0.5)))
    image = Image.fromarray(scene)
    draw = ImageDraw.Draw(image)
    draw.text((40, 30), "Name: ________________   Class: ____", fill=70)
    draw.text((40, 55), "Write one digit into the middle of the page.", fill=70)
    return shot(np.asarray(image), rng)


def large(digit: Shades, rng: np.random.Generator) -> Picture:
    return shot(on(PAPER, written(digit, rng, height=0.9, at=(0.5, 0.5), size=(500, 500))), rng)


def tiny_picture(digit: Shades, rng: np.random.Generator) -> Picture:
    return shot(on(PAPER, written(digit, rng, height=0.6, at=(0.5, 0.5), size=(60, 60))), rng, blur=0.4)


def dark_room(digit: Shades, rng: np.random.Generator) -> Picture:
    _, x = grid()
    return shot(on(95, written(digit, rng), 25) * (1 + 0.25 * x), rng, noise=7)


KNOWN: dict[str, Kind] = {  # those of the first table
    "plain": plain,
    "ruled": ruled,
    "squared": squared,
    "chalk": chalk,
    "soft shadow": soft_shadow,
    "at the border": at_the_border,
    "pencil": pencil,
    "dark strip, 3 % of a side": strip,
    "dark table, 15 %, at a side": table_left,
    "dark table in a corner": table_corner,
    "dark table above": table_above,
    "hard shadow, 38 % darker": hard_shadow,
    "desk around, 47 %": desk_around,
    "black frame of a scanner": black_frame,
    "black desk around, 47 %": black_desk_around,
}
OTHERS: dict[str, Kind] = {  # those that did not shape the recipe
    "hard shadow, 58 % darker": deep_shadow,
    "table and shadow": table_and_shadow,
    "desk around, 60 %": desk_far_around,
    "tilted page on a dark desk": tilted_on_a_desk,
    "from a slant": keystone,
    "dark corners of a lens": vignette,
    "coloured paper": coloured_paper,
    "JPEG of quality 6": bad_jpeg,
    "crumpled paper": crumpled,
    "margin line": margin_line,
    "torn edge": torn_edge,
    "whiteboard with glare": whiteboard,
    "whiteboard with its frame": whiteboard_frame,
    "small and aside": small_and_aside,
    "ball-pen": thin_pen,
    "holes of a spiral": holes,
    "screen with moire": moire,
    "finger beside it": finger,
    "chalk and a light wall": chalk_and_wall,
    "light table": light_table,
    "two-tone table": two_tone_table,
    "notebook on a black desk": notebook_on_black,
    "table at two sides": two_edges,
    "two lines of print": printed_words,
    "fills the picture": large,
    "60 x 60 pixels": tiny_picture,
    "dark room": dark_room,
}


class Count(NamedTuple):
    """How pictures of one kind were read."""

    right: int
    wrong: int
    wrong_and_sure: int  # with a probability of 90 % or more
    hints: list[str]  # of those that were refused


def known_digits(mnist: Mnist, model: Model, n: int) -> tuple[Images, Labels]:
    """Return n test digits of each kind that the model reads with 90 % or more, (10 n, 28, 28), and what they are."""
    X, labels = as_numbers(mnist.test.X[2000:4000]), mnist.test.labels[2000:4000]
    p = predict(model.spec, model.params[-1], X)
    known = np.flatnonzero((p.argmax(axis=1) == labels) & (p.max(axis=1) > SURE))
    rows = np.concatenate([known[labels[known] == digit][:n] for digit in range(10)])
    return X[rows].reshape(-1, 28, 28), labels[rows]


def read_photos(kind: Kind, digits: Images, truths: Labels, model: Model) -> Count:
    """Photograph each digit, read the photo, and ask the model."""
    right = wrong = sure = 0
    hints = []
    for i, (digit, truth) in enumerate(zip(digits, truths, strict=True)):
        reading = from_photo(kind(digit.astype(float), np.random.default_rng(i)))
        if reading.image is None:
            hints.append(reading.hint)
            continue
        p = predict(model.spec, model.params[-1], reading.image.reshape(1, -1))[0]
        right += bool(p.argmax() == truth)
        wrong += bool(p.argmax() != truth)
        sure += bool(p.argmax() != truth and p.max() >= SURE)
    return Count(right, wrong, sure, hints)
