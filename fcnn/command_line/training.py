"""python -m fcnn train: learn, say how it goes after each epoch, and keep what was learned, even at Ctrl-C."""

import argparse
import sys
from dataclasses import dataclass, field

from fcnn import model_file
from fcnn.command_line.bar import Bar
from fcnn.command_line.files import check_place, write
from fcnn.command_line.saying import on_the_test, percent, say
from fcnn.command_line.setting_options import settings_of
from fcnn.config import Settings, TrainConfig
from fcnn.epoch import Epoch, Progress
from fcnn.history_file import HistoryRow, history_csv
from fcnn.measuring import n_validated
from fcnn.metrics import Figures, answer
from fcnn.mnist import Dataset, load
from fcnn.training import train_steps

DIVERGED, INTERRUPTED = 1, 130  # exit codes
ON_TRAINING, ON_VALIDATION = "epoch   training loss   accuracy", "   validation loss   accuracy"


@dataclass
class Learned:
    """What there is so far: the newest network, the one to use, and the figures of all moments."""

    newest: Epoch | None = None  # after a whole epoch
    final: Epoch | None = None  # the newest, or the best where that is set
    rows: list[HistoryRow] = field(default_factory=list)

    def add(self, epoch: Epoch, config: TrainConfig) -> None:
        """Note an epoch, or a moment inside of one."""
        validated = n_validated(epoch.number) if epoch.validation else 0
        figures = epoch.train, epoch.validation, epoch.learning_rate
        self.rows.append(HistoryRow(epoch.number, *figures, None, epoch.n_updates, epoch.n_measured, validated))
        if epoch.is_whole:
            self.newest = epoch
            self.final = epoch if epoch.best == epoch.number or not config.restore_best else self.final


def train(options: argparse.Namespace) -> int:
    """Train as the options say, and return the exit code."""
    settings = settings_of(options)
    for name in filter(None, (options.save, options.history)):
        check_place(name)
    data = load(options.data).dataset(settings.config)
    say(_sentence(settings, len(data.train.X)))
    learned, bar, interrupted = Learned(), Bar(sys.stderr), False
    try:
        _learn(settings, data, learned, bar)
    except KeyboardInterrupt:
        interrupted = True
    bar.clear()
    if ended := _how_it_ended(settings.config, learned.newest, interrupted=interrupted):
        say(ended)
    _keep(options, settings, data, learned)
    diverged = learned.newest is not None and learned.newest.diverged
    return INTERRUPTED if interrupted else DIVERGED if diverged else 0


def _learn(settings: Settings, data: Dataset, learned: Learned, bar: Bar) -> None:
    config, n_train = settings.config, len(data.train.X)
    say(ON_TRAINING + (ON_VALIDATION if data.validation else ""))
    for piece in train_steps(settings.spec, data, lambda: config):
        if isinstance(piece, Progress):
            share = max(0, piece.epoch - 1 + piece.n_seen / n_train) / config.n_epochs
            bar.show(share, f"epoch {piece.epoch} of {config.n_epochs}")
            continue
        learned.add(piece, config)
        if piece.is_whole:
            bar.clear()
            say(f"{piece.number:5.0f}{_figures(piece.train, 16)}{_figures(piece.validation, 18)}")


def _how_it_ended(config: TrainConfig, newest: Epoch | None, *, interrupted: bool) -> str:
    """Say why there are not as many epochs as were asked for; nothing, if there are."""
    number = newest.number if newest else 0
    if newest and newest.diverged:
        return "It diverged: its numbers grew beyond what float32 can hold. A smaller learning rate may help."
    if interrupted:
        return f"Interrupted in epoch {number + 1:.0f} of {config.n_epochs}."
    if number < config.n_epochs:
        return f"Stopped early: the validation loss has not improved for {config.patience} epochs."
    return ""


def _keep(options: argparse.Namespace, settings: Settings, data: Dataset, learned: Learned) -> None:
    """Write what there is, and say how good it is."""
    final, newest = learned.final, learned.newest
    if options.history and learned.rows:
        write(options.history, history_csv(learned.rows).encode())
        say(f"The history is in {options.history!r}.")
    if final is None or newest is None or newest.number == 0 or final.diverged:
        say("There is no network to save." if options.save else "There is no network to test.")
        return
    if options.save:
        write(options.save, model_file.save(model_file.one_epoch(settings.spec, final.number, final.params)))
        say(f"The network after epoch {final.number} is saved as {options.save!r}.")
    say(f"After epoch {final.number}: {on_the_test(answer(settings.spec, final.params, data.test), data.test.labels)}")


def _sentence(settings: Settings, n_train: int) -> str:
    spec, n_epochs = settings.spec, settings.config.n_epochs
    size = settings.config.batch_size or n_train
    batches = "all at once" if size >= n_train else f"{size:,} at a time"
    times = "once" if n_epochs == 1 else f"{n_epochs:,} times over"
    return (
        f"A network of {spec} with {spec.n_parameters:,} parameters learns from {n_train:,} images, {batches}, {times}."
    )


def _figures(figures: Figures | None, width: int) -> str:
    return f"{figures.loss:{width}.4f}{percent(figures.accuracy):>11}" if figures else ""
