"""requirements.lock: what 'make app' installs is one version of each package, on every computer, within the bounds."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project import ROOT

# A computer that the app is for, in the words of a requirement's marker.
SYSTEMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}
COMPUTERS = [
    {
        "sys_platform": system,
        "platform_system": name,
        "os_name": os,
        "python_version": v,
        "python_full_version": f"{v}.0",
    }
    for system, (name, os) in SYSTEMS.items()
    for v in ("3.11", "3.12", "3.13", "3.14")
]
each_computer = pytest.mark.parametrize(
    "computer", COMPUTERS, ids=lambda computer: f"{computer['sys_platform']}-{computer['python_version']}"
)


def lines(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def locked(computer: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and version of each package that the lock gives a computer."""
    for requirement in map(Requirement, lines("requirements.lock")):
        if requirement.marker is None or requirement.marker.evaluate(computer):
            (version,) = requirement.specifier
            yield canonicalize_name(requirement.name), version.version


def test_a_line_is_a_name_and_one_version_without_hosts_or_paths() -> None:
    assert [
        line for line in lines("requirements.lock") if not re.fullmatch(r"[\w.-]+==[\w.]+( ; [\w. <>=!'_]+)?", line)
    ] == []
    assert "/" not in (ROOT / "requirements.lock").read_text("utf-8")


@each_computer
def test_each_package_has_one_version(computer: dict[str, str]) -> None:
    names = [name for name, _ in locked(computer)]
    assert sorted(set(names)) == sorted(names)


@each_computer
def test_every_requirement_is_met_and_those_of_what_it_brings(computer: dict[str, str]) -> None:
    versions = dict(locked(computer))
    wanted = [Requirement(line) for line in lines("requirements.txt")]
    assert len(wanted) > 5
    wanted += [Requirement(text) for name in versions for text in needs(name)]
    asked = [need for need in wanted if need.marker is None or need.marker.evaluate({**computer, "extra": ""})]
    unmet = [
        str(need) for need in asked if not need.specifier.contains(versions.get(canonicalize_name(need.name), "0"))
    ]
    assert unmet == []


def needs(name: str) -> list[str]:
    """Return what a package needs, if it is installed here."""
    try:
        return requires(name) or []
    except ModuleNotFoundError:  # PackageNotFoundError: it is for another system
        return []


def test_streamlit_community_cloud_reads_requirements_txt() -> None:
    # It installs from the first of these that it finds beside the main file: uv.lock, Pipfile, environment.yml,
    # requirements.txt, pyproject.toml.
    assert (ROOT / "streamlit_app.py").exists()
    assert [name for name in ("uv.lock", "Pipfile", "environment.yml") if (ROOT / name).exists()] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make, as on Windows")
def test_make_app_installs_what_is_locked() -> None:
    command = ["make", "--always-make", "--dry-run", "app"]
    steps = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"install .*-r (\S+)", steps) == ["requirements.lock"]
