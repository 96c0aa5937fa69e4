"""The app, or a script from apps/, served by a Streamlit of its own on a free port of this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.project import ROOT

LIMITS = "limits.toml"
START_S = 60.0
STOP_S = 5.0


@dataclass(frozen=True)
class Server:
    url: str  # without a slash at the end
    process: subprocess.Popen[bytes]
    log_file: Path

    def log(self) -> str:
        return self.log_file.read_text("utf-8", errors="replace")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class StartServer(Protocol):
    """Serve a script of the repository with these environment variables added; it is stopped at the end."""

    def __call__(self, script: str = ..., env: Mapping[str, str] | None = ...) -> Server: ...


def start(script: str, env: Mapping[str, str], folder: Path) -> Server:
    """Return once the server answers; its log goes to folder."""
    port = free_port()
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    command = [sys.executable, "-m", "streamlit", "run", str(staged(ROOT / script, folder)), *options]
    own = {"STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none", "DIGITS_STORE": str(folder / "runs.sqlite3")}
    variables = {**os.environ, **own, **env}
    log_file = folder / "server.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=subprocess.STDOUT)
    base = env.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    server = Server(f"http://127.0.0.1:{port}/{base}".rstrip("/"), process, log_file)
    wait_until_healthy(server)
    return server


def staged(script: Path, folder: Path) -> Path:
    """Return the script to run: app/static/ is the folder static/ beside it, so a demo gets a copy of both."""
    if (script.parent / "static").exists():
        return script
    shutil.copytree(ROOT / "static", folder / "static")
    return Path(shutil.copy(script, folder))


def app_with_limits(limits: str, folder: Path) -> str:
    """Return the script of an app that is this one but for its limits.toml."""
    for entry in ROOT.iterdir():
        if entry.name != LIMITS:
            (folder / entry.name).symlink_to(entry)
    (folder / LIMITS).write_text(limits, "utf-8")
    return str(folder / "streamlit_app.py")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5):
            return
        time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"Streamlit did not start:\n{server.log()}")
