"""Command line: parse arguments, call one function, print the result.

Exit codes are 0 for success, 1 where ``check`` found faults, and 2 for an error.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

_INTERRUPTED = 130


def application() -> typer.Typer:
    """The command line with all its commands."""
    from territory.cli import commands, folder_commands  # noqa: F401  # they register their commands
    from territory.cli.app import app

    return app


def main() -> None:
    """Run the command ``territory``; an expected error is printed as a sentence, without a traceback."""
    from territory.cli.terminal import fail
    from territory.errors import TerritoryError

    try:
        application()()
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
