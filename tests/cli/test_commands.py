"""The commands as a whole: each is found by its name, is in the help, and is loaded by nobody else."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from commands import truyenthanh
from project import write_project

from truyenthanh import __version__
from truyenthanh.cli.commands import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_stands_in_the_module_of_its_name(name: str) -> None:
    command = getattr(import_module(f"truyenthanh.cli.{name}"), name)
    assert isinstance(command, click.Command)
    assert command.name == name


def test_help_is_vietnamese_and_names_every_command(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    said = truyenthanh(project, "--help").stdout
    assert "Cách dùng: truyenthanh" in said
    for english in ("Usage", "Options", "Commands", "Show this message", "Error"):
        assert english not in said
    assert re.findall(r"^  ([a-z]+)  ", said.partition("Các lệnh:")[2], re.MULTILINE) == [*COMMANDS]
    for command in ("build", "status"):
        below = truyenthanh(project, command, "--help").stdout
        assert "--station ID" in below
        assert "Usage" not in below
    assert truyenthanh(project, "--version").stdout == f"truyenthanh {__version__}\n"


def test_help_loads_no_library_and_no_command() -> None:
    code = (
        "import sys; from truyenthanh.cli.edge import main; main(['--help']);"
        "heavy = {'numpy', 'pydub', 'feedgen', 'lxml', 'PIL', 'jinja2', 'yaml', 'concurrent',"
        "'truyenthanh.reading', 'truyenthanh.build'};"
        "heavy |= {f'truyenthanh.cli.{name}' for name in sys.modules['truyenthanh.cli.commands'].COMMANDS};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "[]"
