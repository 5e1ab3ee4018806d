"""The command line: runs a verb, and ends the process with 0 done, 1 done with refusals, 2 could not."""

from __future__ import annotations

import json
import signal
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import typer

from marquee.api.options import COULD_NOT, DONE
from marquee.api.verbs import app
from marquee.schema.errors import MarqueeError

_INTERRUPTED = 130  # what typer makes of Ctrl+C


def main(argv: Sequence[str] | None = None) -> None:
    """Runs the command line; ends the process with the exit code of the verb."""
    words = sys.argv[1:] if argv is None else list(argv)
    if argv is None:
        _prepare()
    try:
        code = _run(words)
    except MarqueeError as error:
        code = _failed(str(error), words)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        code = _failed(f"{place}{error.strerror or error}.", words)
    except Exception as error:
        traceback.print_exc()
        code = _failed(f"this is a fault in Marquee, please report it: {error!r}", words)
    sys.exit(code)


def _run(words: list[str]) -> int:
    try:
        code = app(args=words, standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except SystemExit:  # of rich or typer: whoever read the output has enough of it
        code = DONE
    except Exception as error:
        show = getattr(error, "show", None)  # a usage error of the parser shows itself
        if show is None:
            raise
        show()
        return _said(error.format_message() if hasattr(error, "format_message") else str(error), words)
    if code == _INTERRUPTED:
        return _failed("stopped; a run that was under way is taken back.", words)
    return code if isinstance(code, int) else DONE


def _failed(message: str, words: Sequence[str]) -> int:
    print(f"marquee: {message}", file=sys.stderr)
    return _said(message, words)


def _said(message: str, words: Sequence[str]) -> int:
    """Where JSON is asked for, an error is JSON too."""
    if "--json" in words:
        print(json.dumps({"error": message}, ensure_ascii=False))
    return COULD_NOT


def _prepare() -> None:
    """SIGTERM ends a verb as Ctrl+C does: what is under way is taken back, the terminal is left as it was.
    What the terminal has no letter for is shown as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.platform != "win32" and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)


if __name__ == "__main__":
    main()
