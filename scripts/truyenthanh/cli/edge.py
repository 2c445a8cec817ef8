"""The one edge that turns errors into words and exit codes."""

import contextlib
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from ..errors import TruyenthanhError
from ..messages import LANGUAGES, language_of, say, use_language
from ..system import reason_of
from .exit_codes import BUG, DONE, INTERRUPTED, MENDABLE, WRONG_USAGE


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    use_language(_language_asked_for(arguments) or language_of(os.environ))
    from .commands import truyenthanh  # help is worded on import, so the language must be known
    from .wrong_calls import wrong_call_text

    _speak_utf8()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a build told to stop stops cleanly
    try:
        code = truyenthanh.main(list(arguments), prog_name="truyenthanh", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.UsageError as error:
        _complain(wrong_call_text(error))
        return WRONG_USAGE
    except TruyenthanhError as error:
        _complain(str(error))
        return MENDABLE
    except (KeyboardInterrupt, click.Abort):
        _complain(say("cli.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has gone: there is nobody to tell
        sys.stderr.close()
        return DONE
    except OSError as error:
        facts = {"file": str(error.filename)} if error.filename else {}
        _complain(say("cli.system_file" if facts else "cli.system", reason=reason_of(error), **facts))
        return MENDABLE
    except Exception:
        _complain(say("cli.bug", log=str(_write_log())))
        return BUG


def _language_asked_for(arguments: Sequence[str]) -> str | None:
    """Return the language of ``--lang``, anywhere in the call, if it is valid; click refuses others."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    asked = [
        after if one == "--lang" else one.removeprefix("--lang=")
        for one, after in pairwise([*options, ""])
        if one.startswith("--lang")
    ]
    return next((language for language in reversed(asked) if language in LANGUAGES), None)


def _speak_utf8() -> None:
    """Make the streams accept Vietnamese whatever the locale (Windows consoles, LANG=C)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _complain(text: str) -> None:
    click.echo(text, err=True)


def _write_log() -> Path:
    """Write the traceback and return its path: here, or among temporary files if this folder is read-only."""
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
        path = folder / "truyenthanh-error.log"
        with contextlib.suppress(OSError):
            path.write_text(traceback.format_exc(), encoding="utf-8")
            return path
    traceback.print_exc()
    return path
