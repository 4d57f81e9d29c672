"""Command line: parse arguments, call one function, print the result.

Exit codes are 0 for success, 1 where ``check`` found faults, and 2 for an error.
"""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command ``territory``; an expected error is printed as a sentence, without a traceback."""
    from territory.cli.commands import app
    from territory.cli.terminal import fail
    from territory.errors import TerritoryError

    try:
        app()
    except TerritoryError as error:
        fail(str(error))
        sys.exit(2)
    except SystemExit as stop:
        if stop.code == _INTERRUPTED:  # what typer raises on Ctrl-C
            fail("Stopped; nothing was written.")
        raise
    except OSError as error:
        fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
        sys.exit(2)
