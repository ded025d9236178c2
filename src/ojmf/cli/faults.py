"""What a person sees when something goes wrong, and the exit code that a program sees."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from ojmf.errors import OjmfError, OutputError, UsageError
from ojmf.output import explain
from ojmf.typography import without_controls

EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141
EXIT_SIGNAL = 128
_MOST_LINES = 50  # of an error; a file that is another than it was taken for has one for each row
_STREAM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF, errno.EIO}
EXIT_CODES = """\n
\b
Exit codes:
  0    done
  1    validate, claims: findings at or over --fail-on; publish: critical findings;
       diff, store diff: there are differences; verify-citation: it no longer holds
  2    wrong usage: unknown command, option, format or file suffix
  3    a file cannot be read
  4    a document that no source declares
  5    a table is not as declared, or figures are left unexplained
  6    faults in data/ or expectations/
  7    a correction matches no cell or is not confirmed by the sums
  8    a result cannot be written
  9    an unknown municipality, area, indicator or source, or no data for it
  70   internal error
  129  the terminal was closed
  130  interrupted
  141  output pipe closed
  143  asked to end
"""


class OneEach(TyperCommand):
    """A command that takes each option with a value once, unless it is meant to be repeated."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raises ``UsageError`` for an option that is given again.

        The parser would keep the last one and drop the others without a word.
        """
        _refuse_unwritable(args)
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        once = [
            param
            for param in given
            if isinstance(param, TyperOption) and not (param.multiple or param.is_flag)
        ]
        for param in once:
            if once.count(param) > 1:
                raise UsageError(
                    f"{param.opts[0]} är angiven {once.count(param)} gånger och tas bara en gång. "
                    "Flera kommuner på en gång är ett län, en grupp eller alla."
                    if param.name == "kommun"
                    else f"{param.opts[0]} är angiven {once.count(param)} gånger; ange den en gång."
                )
        for switch in given:
            off = switch.secondary_opts
            if off and {*switch.opts} & {*args} and {*off} & {*args}:
                raise UsageError(f"{switch.opts[0]} och {off[0]} säger olika; ange den ena.")
        return super().parse_args(ctx, args)


def _refuse_unwritable(args: Sequence[str]) -> None:
    """Refuse names of files and folders that no text can hold: those of old disks, in Latin-1.

    Raises ``UsageError``. Such a name could be read, but not stored with the figures of its file.
    """
    with suppress(OSError):  # the current folder may be gone, or may not be asked for
        args = [*args, os.getcwd()]  # noqa: PTH109 - as text
    for one in args:
        if one != one.encode(errors="replace").decode():
            shown = os.fsencode(one).decode(errors="replace")
            raise UsageError(
                f"”{shown}” har tecken som inte är UTF-8. Byt namn på filen eller mappen; är "
                "namnet rätt skrivet, kör om med PYTHONUTF8=1."
            )


class FaultGroup(TyperGroup):
    """A group of commands whose errors become messages and exit codes."""

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Parse the options before a command; raises ``typer.Exit`` where they are wrong."""
        try:
            return super().make_context(*given, **more)
        except typer.TyperException as error:
            raise _usage(error) from error

    def invoke(self, ctx: Any) -> Any:
        """Run the command; raises ``typer.Exit`` with the exit code of an error."""
        try:
            return super().invoke(ctx)
        except typer.Exit:
            raise
        except typer.Abort as error:  # Ctrl-C, or the end of the input, where something was asked
            typer.echo("\nAvbrutet.", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from error
        except typer.TyperException as error:
            raise _usage(error) from error
        except OjmfError as error:
            from ojmf.cli.usage import as_options

            lines = as_options(str(error)).splitlines()
            for line in lines[:_MOST_LINES]:
                typer.echo(f"fel: {without_controls(line)}", err=True)
            if len(lines) > _MOST_LINES:
                more = len(lines) - _MOST_LINES
                typer.echo(f"fel: … och {more} fel till; rätta dessa först", err=True)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            abandon_stdout()
            raise typer.Exit(EXIT_BROKEN_PIPE) from error
        except Exception as error:
            # Help is printed in here too, and a stdout that fails is told of at the end.
            if isinstance(error, OSError) and error.filename is None and error.errno in _STREAM:
                raise
            if os.environ.get("OJMF_DEBUG"):
                traceback.print_exc()
            told = without_controls(f"{type(error).__name__}: {error}")
            typer.echo(
                f"Något gick fel i ojmf ({told}). Kör om med OJMF_DEBUG=1 och skicka utskriften "
                "till den som förvaltar ojmf.",
                err=True,
            )
            raise typer.Exit(EXIT_INTERNAL) from error


def _usage(error: Any) -> Exception:
    """How a wrong command line ends: told in Swedish, or as it is where it only asks for help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return cast("Exception", error)
    from ojmf.cli.usage import told

    typer.echo(f"fel: {without_controls(told(error))}", err=True)
    return typer.Exit(UsageError.exit_code)


def end_in_order() -> None:
    """Let a signal to end be an exit, so that what is half-written is taken away first."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        # Whoever started the process with nohup wants it to be ignored.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, _: FrameType | None) -> None:
    raise SystemExit(EXIT_SIGNAL + number)


def run_to_the_end(command: Callable[[], object]) -> int:
    """The exit code of a command line, after all that it printed has arrived or been given up."""
    code = 0
    try:
        try:
            command()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        sys.stdout.flush()
    except BrokenPipeError:
        code = EXIT_BROKEN_PIPE
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        typer.echo(f"fel: {explain('standard ut', error)}", err=True)
        code = OutputError.exit_code
    except KeyboardInterrupt:
        abandon_stdout()
        code = EXIT_INTERRUPTED
    return code


def abandon_stdout() -> None:
    """Discard buffered stdout, so that Python does not fail on it at exit."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
