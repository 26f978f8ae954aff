"""Commands and wrong command lines come in; help and corrections in the reader's language go out.

Typer reads the line; all that a person reads of it is written here.
"""

from __future__ import annotations

import difflib
import gc
import io
import shutil
import sys
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from builder import PROGRAM
from builder.cli.boundary import Boundary, Status
from builder.cli.words import Words, here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import NoReturn

    from typer._click import Command, Context, HelpFormatter, Parameter

WIDEST = 100
NARROWEST = 50
INDENT = "  "
NEW_OBJECTS = 500_000  # till Python looks for garbage: what a command reads stays to its end, so there is little


class WrongLine(typer.TyperException):
    """Raised for a command line that cannot be meant: ``what`` says why, ``command`` whose help to read."""

    def __init__(self, what: str, command: str = PROGRAM) -> None:
        """Keep both."""
        self.what = what
        self.command = command
        super().__init__(what)


class Order(TyperCommand):
    """One command."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help of a command."""
        words = here()
        name = _key(ctx)
        arguments = [each for each in self.params if isinstance(each, TyperArgument)]
        options = [each for each in self.params if each not in arguments]
        shown = [words(f"{name}.{each.name}.metavar") for each in arguments]
        rows = [(title, words(f"{name}.{each.name}.help")) for title, each in zip(shown, arguments, strict=True)]
        formatter.write(_usage(words, ctx.command_path, *shown, words("help.option")))
        formatter.write(_paragraph(words(f"{name}.help")))
        formatter.write(_section(words("help.arguments"), rows))
        formatter.write(_section(words("help.options"), [*_options(words, name, options), _help_row(words)]))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words after the command.

        Raises:
            WrongLine: when it does not take them.
        """
        ctx.allow_extra_args = True
        with _read_aloud(ctx):
            rest = super().parse_args(ctx, args)
        for param in self.params:
            if param.default != "" and _is_empty(ctx.params.get(str(param.name))):
                raise WrongLine(here()("line.missing", name=_name(here(), ctx, param)), ctx.command_path)
        if rest:
            raise WrongLine(here()("line.too_many", words=" ".join(rest)), ctx.command_path)
        return rest


class Room(TyperGroup):
    """A command with commands of its own."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what it does and which commands it has."""
        words = here()
        formatter.write(_usage(words, ctx.command_path, words("help.option"), words("help.command")))
        formatter.write(_paragraph(words(f"{_key(ctx)}.help")))
        formatter.write(_section(words("help.options"), [_help_row(words)]))
        formatter.write(_section(words("help.commands"), self._summaries(ctx, words)))

    def _summaries(self, ctx: Context, words: Words) -> list[tuple[str, str]]:
        return [(name, words(f"{_key(ctx)}.{name}.summary")) for name in self.list_commands(ctx)]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words before the command.

        Raises:
            WrongLine: when the program does not take them.
        """
        with _read_aloud(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command.

        Raises:
            WrongLine: when there is none of that name.
        """
        if args[0] not in self.commands and not args[0].startswith("-"):
            words = here()
            near = difflib.get_close_matches(args[0], self.commands)
            raise WrongLine(words("line.no_command", name=args[0]) + _perhaps(words, near), ctx.command_path)
        return super().resolve_command(ctx, args)


class Front(Room):
    """The program: where every command begins and every error ends."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help of the program."""
        words = here()
        formatter.write(_usage(words, PROGRAM, words("help.option"), words("help.command")))
        formatter.write(_paragraph(words("help.program")))
        formatter.write(_section(words("help.options"), [("--version", words("help.show_version")), _help_row(words)]))
        formatter.write(_section(words("help.commands"), self._summaries(ctx, words)))

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: object, **__: object
    ) -> NoReturn:
        """Run a command line and leave with its status; ``prog_name`` is always ``anpham``."""
        del prog_name
        _let_every_letter_pass()
        gc.set_threshold(NEW_OBJECTS)
        with Boundary():
            try:
                status = super().main(args, PROGRAM, standalone_mode=False)
            except WrongLine as error:
                print(_correction(here(), error), file=sys.stderr)
                status = Status.LINE
            except typer.Abort:
                status = Status.INTERRUPTED
        if status == Status.INTERRUPTED:
            print(here()("stop.interrupted"), file=sys.stderr)
        gc.freeze()  # what is left goes with the process: to look through it for garbage takes a quarter of a second
        sys.exit(status or Status.DONE)


def _let_every_letter_pass() -> None:
    """Write files and pipes as UTF-8; on a terminal that lacks a letter, print ``?`` and go on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


# --- wrong lines ----------------------------------------------------------------------------------


@contextmanager
def _read_aloud(context: Context) -> Iterator[None]:
    """Turn Typer's English objections to a line into the reader's language; its classes are told by what they carry.

    Raises:
        WrongLine: for each of them.
    """
    try:
        yield
    except WrongLine:
        raise
    except typer.TyperException as error:
        raise WrongLine(_what_is_wrong(here(), error, context), context.command_path) from error


def _what_is_wrong(words: Words, error: typer.TyperException, context: Context) -> str:
    option = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    if hasattr(error, "possibilities"):
        return words("line.no_option", name=option) + _perhaps(words, error.possibilities or ())
    if option:
        flags = [name for each in context.command.params if getattr(each, "is_flag", False) for name in each.opts]
        return words("line.needless_value" if option in flags else "line.no_value", name=option)
    if hasattr(error, "param_type") and param:
        return words("line.missing", name=_name(words, context, param))
    return words("line.bad_value", name=_name(words, context, param)) if param else words("line.other")


def _is_empty(given: object) -> bool:
    """Tell whether a name was typed that is none (``"$X"`` in a script): taken as a path it would mean this folder."""
    return given == "" or (isinstance(given, list | tuple) and "" in given)


def _correction(words: Words, error: WrongLine) -> str:
    return f"{words('line.wrong', what=error.what)}\n{words('line.more', command=_command(words, error.command))}"


def _name(words: Words, context: Context, param: Parameter) -> str:
    if param.opts[0].startswith("-"):
        return param.opts[0]
    return words(f"{_key(context)}.{param.name}.metavar")


def _key(context: Context) -> str:
    """Return the key under which the words of a command stand: ``commands.build``, ``commands.printer.set``."""
    return ".".join(["commands", *context.command_path.split()[1:]])


def _perhaps(words: Words, near: Iterable[str]) -> str:
    shown = ", ".join(f"“{each}”" for each in near)
    return f" {words('line.perhaps', near=shown)}" if shown else ""


# --- help -----------------------------------------------------------------------------------------


def width() -> int:
    """Return how many characters a line may have on this terminal."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Set two columns, the second turned over within itself."""
    first = max((len(left) for left, _ in rows), default=0)
    return "".join(_row(left, right, first) for left, right in rows)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Set a table of several columns, the last turned over within itself."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    heads = [INDENT.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) for row in rows]
    return "".join(_row(head, row[-1], max(map(len, heads))) for head, row in zip(heads, rows, strict=True))


def _row(left: str, right: str, first: int) -> str:
    head = f"{INDENT}{left:<{first}}{INDENT}"
    return filled(right, head, " " * len(head)) + "\n"


def _usage(words: Words, *parts: str) -> str:
    return f"{words('help.usage')}: {' '.join([_command(words, parts[0]), *parts[1:]])}\n"


def _command(words: Words, path: str) -> str:
    """Write a command, which begins with the program's name, as it is typed here."""
    return words.program + path.removeprefix(PROGRAM)


def _paragraph(text: str) -> str:
    return "\n" + filled(text, INDENT, INDENT) + "\n"


def filled(text: str, first: str = "", others: str = "") -> str:
    """A text broken into lines of the screen's width; words and addresses stay whole."""
    return textwrap.fill(
        text, width(), initial_indent=first, subsequent_indent=others, break_on_hyphens=False, break_long_words=False
    )


def _section(title: str, rows: Sequence[tuple[str, str]]) -> str:
    return f"\n{title}:\n{table(rows)}" if rows else ""


def _options(words: Words, name: str, options: Sequence[Parameter]) -> list[tuple[str, str]]:
    rows = []
    for each in options:
        key = f"{name}.{each.name}"
        value = f" {words(f'{key}.metavar')}" if words.has(f"{key}.metavar") else ""
        rows.append((f"{'/'.join([*each.opts, *each.secondary_opts])}{value}", words(f"{key}.help")))
    return rows


def _help_row(words: Words) -> tuple[str, str]:
    return ("--help", words("help.help"))
