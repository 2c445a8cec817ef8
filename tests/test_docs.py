"""The documents say what is so: every command is in them, what they tell to type works, links lead on."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import click
import imageio_ffmpeg
import pytest
from cli_reference import REFERENCE, reference
from commands import built
from commands import truyenthanh as run_command
from places import PACKAGE, REPOSITORY

from truyenthanh import __version__
from truyenthanh.cli.commands import truyenthanh

MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = {
    path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8")
    for path in (
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *sorted((REPOSITORY / "docs").rglob("*.md")),
    )
}
WRITTEN = {name: text for name, text in DOCUMENTS.items() if name != "docs/cli.md"}
README = DOCUMENTS["README.md"]

# What a document tells users to type, and a test cannot: why not.
NOT_RUN = {
    "--engine gtts": "asks Google's service",
    "--engine piper": "needs a voice that is downloaded",
    "voices install": "downloads a voice",
    "voices --test": "waits for Google's service",
    "pip": "installs",
}
UNTIL_INTERRUPTED = {"serve": 0, "build --watch": 130}  # and the exit code then
POINTS = ("01", "05")  # of the 17, so that the small project takes the documents' commands as they stand


def blocks(text: str, kind: str) -> list[str]:
    """Return the lines of code of a kind, without their comments and without what is empty."""
    code = "\n".join(re.findall(rf"^ *```{kind}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE))
    return [line for each in code.splitlines() if (line := re.sub(r"(^|\s)#.*", "", each).strip())]


def calls() -> list[list[str]]:
    """Return the arguments of every truyenthanh command in the documents, in code and in running text."""
    lines = [line for text in WRITTEN.values() for kind in ("sh", "bat") for line in blocks(text, kind)]
    lines += [line for text in WRITTEN.values() for line in re.findall(r"`(truyenthanh [^`]*)`", text)]
    found = re.findall(r"(?:^|[\s\\])truyenthanh ([^#\n]*)", "\n".join(lines))
    return [call.split() for call in found]


def typed() -> list[str]:
    """Return every line with a truyenthanh command that the documents tell users of a shell to type."""
    lines = [line for text in WRITTEN.values() for line in blocks(text, "sh")]
    return [line for line in dict.fromkeys(lines) if re.search(r"(^|\| )truyenthanh ", line)]


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


# ---------------------------------------------------------------- what exists is documented, and no more


def test_every_command_of_the_documents_is_one_that_exists() -> None:
    assert len(calls()) >= 100
    for arguments in calls():
        if arguments[0] in ("--help", "--version"):
            continue
        command, rest = command_of(arguments)
        options = {name for param in command.params for name in param.opts if isinstance(param, click.Option)}
        assert {name for name in rest if name.startswith("--")} <= options, arguments


def test_every_command_is_shown_by_example_and_has_help_for_every_option() -> None:
    shown = {
        command_of(shlex.split(line.rpartition("truyenthanh ")[2]))[0]
        for line in typed()
        if "--version" not in line
    }
    for name, command in every_command(truyenthanh):
        assert command in shown, name
        assert command.help
        assert all(param.help for param in command.params if isinstance(param, click.Option)), name


def test_the_reference_of_commands_is_what_the_program_says_now() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference(), "run: make docs"


def test_the_reference_names_every_option_in_both_languages() -> None:
    sections = dict(
        re.findall(
            r"^## truyenthanh (\S[^\n]*)\n(.*?)(?=^## |\Z)",
            DOCUMENTS["docs/cli.md"],
            re.MULTILINE | re.DOTALL,
        )
    )
    for name, command in every_command(truyenthanh):
        (section,) = (text for title, text in sections.items() if title.split()[-1] == name)
        assert section.count("\ntruyenthanh ") == 2, name
        for param in command.params:
            assert param.opts[0] == "--lang" or isinstance(param, click.Argument) or param.opts[-1] in section


def test_every_make_target_of_the_documents_exists_and_the_other_way_round() -> None:
    targets = set(re.search(r"\.PHONY: (.*)", MAKEFILE)[1].split())  # type: ignore[index]
    named = {
        one for text in WRITTEN.values() for one in re.findall(r"(?:`|^)make ([a-z]+)\b", text, re.MULTILINE)
    }
    assert named <= targets
    assert targets - named <= {"build"}


# ---------------------------------------------------------------- what users are told to type works


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project's own content with two of its 17 points, built, and what its users bring along."""
    root = tmp_path_factory.mktemp("model")
    shutil.copytree(REPOSITORY / "content", root / "content")
    series = root / "content/series/17-diem"
    text = (series / "series.yaml").read_text(encoding="utf-8").partition("\nomnibus:")[0] + "\n"
    text = re.sub(r"^points: .*$", f"points: {list(POINTS)}", text, flags=re.MULTILINE)
    (series / "series.yaml").write_text(text, encoding="utf-8")
    for path in (series / "points").glob("*.yaml"):
        if path.stem not in POINTS:
            path.unlink()
    (series / "approved/xa-mau.yaml").unlink()
    assert (
        run_command(root, "approve", "--all", "--station", "xa-mau", "--by", "Ban biên tập").returncode == 0
    )
    built(root, "--station", "bac-giang", "--station", "xa-mau")
    (root / "E:").mkdir()
    _bring_along(root)
    return root


def _bring_along(root: Path) -> None:
    """Lay down a filled log sheet, somebody's file for the horns, and a phone's recording."""
    assert run_command(root, "pack", ".", "--station", "xa-mau").returncode == 0
    sheet = (root / "xa-mau-loa/NHAT-KY.csv").read_text(encoding="utf-8")
    (root / "NHAT-KY.csv").write_text(sheet.replace(";;;;", ";x;;;", 1), encoding="utf-8")
    shutil.rmtree(root / "xa-mau-loa")
    said = root / "audio/xa-mau/podcast/17-diem-05-podcast.mp3"
    phone = ["-vn", "-t", "12", "-c:a", "aac", str(root / "thu-thanh.m4a")]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(said), *phone], check=True)
    assert run_command(root, "master", "loudspeaker", "thu-thanh.m4a", "bai.mp3").returncode == 0


@pytest.fixture
def project(model: Path, tmp_path: Path) -> Path:
    """Return a copy of the model that a command may change: files are replaced there, never written into."""

    def copied(source: str, target: str) -> None:
        whole = "/content/" in source or source.endswith(".history")
        (shutil.copy2 if whole else os.link)(source, target)

    return Path(shutil.copytree(model, tmp_path / "project", copy_function=copied))


def environment(project: Path) -> dict[str, str]:
    """Return what a shell has in which the virtual environment is active."""
    return {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(project)}


def ending(line: str) -> int | None:
    """Return the exit code of a command that goes on until it is interrupted; None for the others."""
    return next(
        (code for command, code in UNTIL_INTERRUPTED.items() if f"truyenthanh {command}" in line), None
    )


RUN = [line for line in typed() if not any(what in line for what in NOT_RUN)]


@pytest.mark.parametrize("line", [line for line in RUN if ending(line) is None])
def test_what_users_are_told_to_type_works(line: str, project: Path) -> None:
    run = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=project,
        env=environment(project),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("line", [line for line in RUN if ending(line) is not None])
def test_what_goes_on_until_it_is_interrupted_does_and_ends_clean(line: str, project: Path) -> None:
    port = ["--port", "0"] if " serve" in line else []
    with subprocess.Popen(
        [*shlex.split(line), *port],
        executable=str(Path(sys.executable).parent / "truyenthanh"),
        cwd=project,
        env=environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        heard = ""
        while "Ctrl-C" not in heard:
            heard += process.stdout.readline() or pytest.fail(f"ended by itself: {heard}")
        for address in re.findall(r"http://127\.0\.0\.1:\d+/", heard)[:1]:
            urlopen(address, timeout=10).close()  # it prints before it hears signals
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == ending(line), said


def test_what_is_not_run_is_still_told() -> None:
    for what in NOT_RUN:
        assert any(what in line for line in typed()), what


# ---------------------------------------------------------------- the documents themselves


def slug(heading: str) -> str:
    """Return the anchor that a heading gets on the pages of a forge."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def headings(text: str) -> set[str]:
    bare = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {slug(heading) for heading in re.findall(r"^#+ (.*)$", bare, re.MULTILINE)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", DOCUMENTS[name]):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        path = (REPOSITORY / name).parent / file if file else REPOSITORY / name
        assert path.exists(), target
        if anchor:
            assert anchor in headings(path.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("name", WRITTEN)
def test_every_module_that_a_document_names_exists(name: str) -> None:
    inside = [path for root in (PACKAGE, REPOSITORY / "tests") for path in root.rglob("*.py")]
    known = [path.as_posix() for path in (*inside, *REPOSITORY.glob("*.py"))]
    named = re.findall(r"`([\w/]+\.py)`", WRITTEN[name])
    assert not [module for module in named if not any(path.endswith(f"/{module}") for path in known)]


def test_the_architecture_has_a_line_for_every_room() -> None:
    rooms = [f"`{path.name}/`" for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()]
    alone = [f"`{path.name}`" for path in PACKAGE.glob("*.py") if path.name != "__init__.py"]
    table = "\n".join(re.findall(r"^\|.*$", DOCUMENTS["docs/architecture.md"], re.MULTILINE))
    assert len(rooms) >= 20
    assert not [room for room in (*rooms, *alone) if room not in table]


def test_every_name_of_the_glossary_stands_in_the_module_it_says() -> None:
    rows = re.findall(r"^\| .* \| `(\w+)` in `([\w/]+\.py)` \|$", DOCUMENTS["docs/glossary.md"], re.MULTILINE)
    assert len(rows) >= 70
    missing = []
    for name, module in rows:
        path = PACKAGE / module
        code = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not re.search(rf"^(?:class |def )?{name}\b", code, re.MULTILINE):
            missing.append((name, module))
    assert not missing


def test_a_word_of_the_glossary_has_one_meaning() -> None:
    words = re.findall(r"^\| ([a-z][\w -]*) \|", DOCUMENTS["docs/glossary.md"], re.MULTILINE)
    assert len(words) == len(set(words) - {"word"}) + words.count("word")


def test_the_readme_is_short_has_a_picture_and_speaks_vietnamese_near_the_top() -> None:
    lines = README.splitlines()
    assert len(lines) <= 150
    assert any("docs/huong-dan.md" in line for line in lines[:20])
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert (REPOSITORY / picture).stat().st_size <= 120 * 1024


def test_every_document_is_found_from_the_readme() -> None:
    for name in DOCUMENTS:
        assert name == "README.md" or f"({name})" in README or name.startswith("docs/decisions/"), name


def test_the_changelog_knows_this_version() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", text, re.MULTILINE)
