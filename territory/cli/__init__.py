"""The command line: parse, call one function, print.

Exit code 0: done; 1: ``check`` found faults; 2: it could not be done.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run ``territory``; whatever goes wrong on purpose is said in a sentence, without a traceback."""
    from territory.cli.commands import app
    from territory.cli.terminal import fail
    from territory.errors import TerritoryError

    try:
        app()
    except TerritoryError as error:
        fail(str(error))
        sys.exit(2)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # typer makes this of Ctrl-C
            fail("Stopped; nothing was written.")
        raise
    except OSError as error:
        fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
        sys.exit(2)
