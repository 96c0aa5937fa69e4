"""A store full of runs: one that was trained for real, and copies of it with other settings, for each visitor.

What the pages list and draw of a run is copied: settings, figures, curves and answers. Its network is not.
"""

import json
import sqlite3
from itertools import product
from pathlib import Path

from fcnn import load
from fcnn.metrics import answer
from runs.store_limits import StoreLimits
from store.owners import new_token, owner_of
from store.store import Store
from tests.kept_visits import keep_run

# Seed, width, learning rate and optimizer of each run of a visitor. The seed varies last: few runs differ in it alone.
SETTINGS = tuple(
    product(range(17), ("8", "16", "32", "64", "128"), ("0.001", "0.01", "0.1"), ("adam", "gradient_descent"))
)
MOST = len(SETTINGS)


def fill(place: Path, n_visitors: int, n_runs: int) -> tuple[str, ...]:
    """Keep n_runs runs, up to MOST, of each of n_visitors; return the visitors' tokens."""
    mnist = load()
    store = Store(str(place), StoreLimits(), lambda spec, params: answer(spec, params, mnist.test), mnist.test.labels)
    original = keep_run(store, new_token(), hidden=(16,), n_epochs=60, n_train=500)
    store.close()
    tokens = tuple(new_token() for _ in range(n_visitors))
    with sqlite3.connect(place) as database:
        for i, token in enumerate(tokens):
            _copy(database, original, f"of{i}", owner_of(token), n_runs)
    return tokens


def _copy(database: sqlite3.Connection, original: str, name: str, owner: str, n_runs: int) -> None:
    settings = json.loads(database.execute("SELECT settings FROM run WHERE id = ?", (original,)).fetchone()[0])
    columns = [row[1] for row in database.execute("PRAGMA table_info(run)")]
    others = ", ".join(each for each in columns if each not in ("id", "owner", "number", "settings"))
    database.execute("INSERT INTO visitor (owner, last_number, gone) VALUES (?, ?, 0)", (owner, n_runs))
    for number, (seed, width, rate, optimizer) in enumerate(SETTINGS[:n_runs], start=1):
        changed = settings | {"hidden": width, "learning_rate": rate, "optimizer": optimizer, "seed": str(seed)}
        run_id = f"{name}-{number}"
        database.execute(
            f"INSERT INTO run (id, owner, number, settings, {others}) "
            f"SELECT ?, ?, ?, ?, {others} FROM run WHERE id = ?",
            (run_id, owner, number, json.dumps(changed), original),
        )
        for table, rest in (("record", "position, figures"), ("answers", "digits")):
            database.execute(
                f"INSERT INTO {table} (run_id, {rest}) SELECT ?, {rest} FROM {table} WHERE run_id = ?",
                (run_id, original),
            )
