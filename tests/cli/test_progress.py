"""The one progress display: what stays of it in a pipe, and how its line changes on a terminal."""

import io
import shutil

import pytest

from truyenthanh.cli import progress
from truyenthanh.cli.progress import Progress, StepProgress
from truyenthanh.messages import Message, say
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import NO_INPUTS

CLEARED = f"\r{'':<9}\r"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten columns, and no waiting between two changes."""
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: __import__("os").terminal_size((10, 24)))
    monkeypatch.setattr(progress, "TICK_S", 0.0)


def test_in_a_pipe_it_announces_and_notes_and_shows_no_line() -> None:
    pipe = io.StringIO()
    with Progress(pipe) as one:
        one.announce("begins")
        one.show("build.planned", count=3)
        one.note(Message("cli.interrupted"))
    assert pipe.getvalue() == f"begins\n{say('cli.interrupted')}\n"


def test_on_a_terminal_a_line_changes_in_place_as_wide_as_the_terminal_and_is_cleared() -> None:
    terminal = Terminal()
    with Progress(terminal) as one:
        one.announce("begins")
        one.show("verify.at", what="a", done=1, total=2)
        one.show("verify.at", what="a long name", done=2, total=2)
    shown = [say("verify.at", what=what, done=done, total=2) for what, done in (("a", 1), ("a long name", 2))]
    assert terminal.getvalue() == "".join(f"\r{text[:9]:<9}" for text in shown) + CLEARED


def test_a_note_stands_above_the_line_and_not_in_it() -> None:
    terminal = Terminal()
    with Progress(terminal) as one:
        one.show("verify.at", what="a", done=1, total=2)
        one.note("careful")
    assert terminal.getvalue().endswith(f"{CLEARED}careful\n")


def test_where_nothing_was_shown_nothing_is_cleared() -> None:
    terminal = Terminal()
    with Progress(terminal):
        pass
    assert terminal.getvalue() == ""


def test_it_changes_once_in_a_tick_unless_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TICK_S", 3600.0)
    terminal = Terminal()
    one = Progress(terminal)
    for done in (1, 2):
        one.show("verify.at", what="a", done=done, total=3)
    assert terminal.getvalue().count("\r") == 1
    one.show("verify.at", at_once=True, what="a", done=3, total=3)
    assert terminal.getvalue().count("\r") == 2


def test_steps_are_counted_from_the_start_of_every_attempt(capsys: pytest.CaptureFixture[str]) -> None:
    with StepProgress() as one:
        one.planned(2)
        one.made(SOUND.step(SoundSettings("chime"), NO_INPUTS))
        one.planned(0)
    assert capsys.readouterr().err == f"{say('build.planned', count=2)}\n"
