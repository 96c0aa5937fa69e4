"""The folder of the project, and what it prints in a Python of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run_python(code: str, *arguments: str | Path, folder: Path = ROOT) -> str:
    """Return what a program prints that runs in a folder; one that fails, fails the test with what it said."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    """Return the environment for a program whose numbers are to be those of the tests: one thread a product."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
