"""The README says what is so: its commands exist, and every command and target is in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
from commands import truyenthanh as run_command
from places import REPOSITORY
from project import write_project

from truyenthanh import __version__
from truyenthanh.cli.commands import truyenthanh

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def calls() -> list[list[str]]:
    """Return the arguments of every truyenthanh command in the README's code."""
    code = "\n".join(re.findall(r"```(?:sh|bat)\n(.*?)```", README, re.DOTALL))
    code += "\n" + "\n".join(re.findall(r"`(truyenthanh [^`]*)`", README))
    found = re.findall(r"(?:^|[\s\\])truyenthanh ([^#\n]*)", code)
    return [call.split() for call in found]


def commands_of(group: click.Group) -> dict[str, click.Command]:
    """Return the commands of a group by name; most are loaded when they are asked for."""
    context = click.Context(group)
    found = ((name, group.get_command(context, name)) for name in group.list_commands(context))
    return {name: command for name, command in found if command is not None}


def command_of(arguments: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that a call means, within its group if it has one, and what it is given."""
    command, rest = commands_of(truyenthanh)[arguments[0]], arguments[1:]
    while isinstance(command, click.Group) and rest and rest[0] in commands_of(command):
        command, rest = commands_of(command)[rest[0]], rest[1:]
    return command, rest


def every_command(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group and of the groups in it, by name."""
    for name, command in commands_of(group).items():
        yield name, command
        if isinstance(command, click.Group):
            yield from every_command(command)


def test_every_command_of_the_readme_is_one_that_exists() -> None:
    assert len(calls()) >= 8
    for arguments in calls():
        if arguments == ["--help"]:
            continue
        command, rest = command_of(arguments)
        options = {name for param in command.params for name in param.opts if isinstance(param, click.Option)}
        assert {name for name in rest if name.startswith("--")} <= options, arguments


def test_every_command_stands_in_the_readme_and_has_help_for_every_option() -> None:
    named = {command_of(arguments)[0] for arguments in calls() if arguments != ["--help"]}
    for name, command in every_command(truyenthanh):
        assert command in named, name
        assert command.help
        assert all(param.help for param in command.params if isinstance(param, click.Option)), name


def test_every_make_target_of_the_readme_exists_and_the_other_way_round() -> None:
    targets = set(re.search(r"\.PHONY: (.*)", MAKEFILE)[1].split())  # type: ignore[index]
    named = set(re.findall(r"(?:`|^)make (\w+)", README, re.MULTILINE))
    assert named <= targets
    assert targets - named <= {"build"}


def test_a_readonly_command_of_the_readme_runs(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    for arguments in calls():
        if arguments[0] == "status" or arguments == ["--help"]:
            assert run_command(root, *arguments).returncode == 0


def test_the_changelog_knows_this_version() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", text, re.MULTILINE)
