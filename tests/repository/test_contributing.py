"""What those who work on the project are told: every file and command is there, and CI does what the README says."""

import re
import tomllib

import pytest

from tests.project import ROOT

VERSIONS = ["3.11", "3.12", "3.13", "3.14"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


WORKFLOW = read(".github/workflows/test.yml")
TARGETS = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md", "SECURITY.md"])
def test_every_file_that_is_named_exists(name: str) -> None:
    words = re.findall(r"`([\w./]+)`|\]\(([\w./]+)\)", read(name))
    paths = [
        path for pair in words if "/" in (path := "".join(pair)) or path.endswith((".md", ".txt", ".lock", ".toml"))
    ]
    assert paths or name == "SECURITY.md"
    rooms = (".", "fcnn", "tests", "ui/train")  # where a sentence may leave the folder out
    assert [path for path in paths if not any((ROOT / room / path).exists() for room in rooms)] == []


def test_every_command_that_is_named_exists() -> None:
    commands = set(re.findall(r"(?:^    |'|`)make ([a-z-]+)", read("CONTRIBUTING.md"), re.MULTILINE))
    assert {"test", "unit", "lock"} <= commands
    assert commands <= TARGETS


def test_the_hooks_before_a_commit_are_local_and_are_commands_of_make() -> None:
    hooks = read(".pre-commit-config.yaml")
    assert set(re.findall(r"repo: (\S+)", hooks)) == {"local"}
    commands = re.findall(r"entry: make (\S+)", hooks)
    assert set(commands) == {"format-check", "lint", "types"} <= TARGETS
    assert len(commands) == hooks.count("entry:")


def test_ci_runs_every_python_on_three_systems() -> None:
    python = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"]
    assert python == f">={VERSIONS[0]}"
    assert [re.findall(r'"([\d.]+)"', listed) for listed in re.findall(r"python: \[(.*)\]", WORKFLOW)] == [VERSIONS] * 2
    assert {"ubuntu-latest", "macos-latest", "windows-latest"} <= set(re.findall(r"\w+-latest", WORKFLOW))
    assert "run: make test\n" in WORKFLOW


def test_windows_is_set_up_by_the_commands_of_the_readme() -> None:
    block = read("README.md").split("On Windows, or without make:")[1].split("\n\n")[1]
    lines = (line.strip().split("  ")[0] for line in block.splitlines())  # behind two spaces is a comment
    commands = [line.replace(".venv/bin/", ".venv/Scripts/") for line in lines]
    assert len(commands) == 3
    steps = WORKFLOW.replace("\\", "/")
    assert [command for command in commands if command not in steps] == []


def test_windows_runs_the_tests_as_contributors_do() -> None:
    block = read("CONTRIBUTING.md").split("On Windows, which has no make")[1].split("\n\n")[1]
    commands = [line.strip() for line in block.splitlines()]
    assert len(commands) == 2
    assert [command for command in commands if f"run: {command}" not in WORKFLOW] == []
