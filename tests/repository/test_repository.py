"""What a person meets before the first page opens: the licence, the commands, the requirements, the settings."""

import hashlib
import re
import tomllib

import pytest

from tests.project import ROOT

MNIST = ROOT / "data" / "mnist"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_licence_is_mit() -> None:
    text = read("LICENSE")
    assert text.startswith("MIT License")
    assert "Permission is hereby granted, free of charge" in text


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"])
def test_every_requirement_has_a_lower_and_an_upper_bound(name: str) -> None:
    lines = [line for line in read(name).splitlines() if line and not line.startswith(("#", "-r "))]
    assert [line for line in lines if not re.fullmatch(r"[\w\[\]-]+>=[\d.]+,<[\d.]+", line)] == []


def test_the_address_of_a_page_is_a_plain_word() -> None:
    names = [path.stem for path in (ROOT / "pages").glob("*.py")]
    assert names
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_every_command_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    commands = set(re.findall(r"\bmake ([a-z-]+)(?=$|`| +#)", read("README.md"), re.MULTILINE))
    assert {"app", "test"} <= commands
    assert commands <= targets


def test_the_app_sends_no_usage_statistics_and_prints_no_stray_values() -> None:
    config = tomllib.loads(read(".streamlit/config.toml"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["runner"]["magicEnabled"] is False


def test_the_data_is_what_its_readme_says() -> None:
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MNIST.glob("*.gz")}
    text = (MNIST / "README.md").read_text("utf-8")
    assert len(sums) == 4
    assert {name for name, checksum in sums.items() if f"`{name}`" not in text or checksum not in text} == set()
