"""What is wrong with a command line, in Swedish: the parser's own errors in the words of ours."""

from __future__ import annotations

import re
from typing import Any

from ojmf.declarations.toml import expected
from ojmf.suggestions import did_you_mean, nearest

_QUOTED = re.compile(r"'([^']*)'|\((?!s\))(.*)\)")
_ARGUMENT = re.compile(r"”[^”]*”|(?<![^\s(])(?P<name>[a-z]+(?:_[a-z]+)*)=(?P<value>\w*)")
_FLAG = "tar inget värde. Skriv bara flaggan."
_WORDS = {
    "AGES": "ÅLDRAR",
    "CODE": "KOD",
    "COUNTY": "LÄN",
    "DIR": "MAPP",
    "FILE": "FIL",
    "GROUP": "GRUPP",
    "INDICATOR": "INDIKATOR",
    "KEY": "NYCKEL",
    "NAME": "NAMN",
    "NUMBER": "TAL",
    "PIXELS": "PIXLAR",
    "SCORE": "POÄNG",
    "SOURCE_ID": "KÄLLA",
    "VALUE": "SVAR",
    "YEARS": "ÅR",
}
"""What stands in the help for what a person is to write, as it is written in a message."""

_SWEDISH = {
    "--mot": "--against",
    "--jamfor": "--against",
    "--jämför": "--against",
    "--år": "--period",
    "--ar": "--period",
    "--sedan": "--since",
    "--område": "--area",
    "--omrade": "--area",
    "--kön": "--sex",
    "--kon": "--sex",
    "--mapp": "--root",
    "--fil": "--output",
    "--län": "--lan",
}
"""What a flag is called where its name is written in Swedish."""


def as_options(text: str) -> str:
    """A message of the functions with their arguments (``by=gap``) as the options that they are.

    What stands between quotation marks is the user's own.
    """
    return _ARGUMENT.sub(_as_option, text)


def _as_option(found: re.Match[str]) -> str:
    name, value = found["name"], found["value"]
    if name is None:
        return found[0]
    return f"--{name.replace('_', '-')}{f' {value}' if value else ''}"


def told(error: Any) -> str:
    """What is wrong, and what to do, for an error of the parser."""
    text = _told(error)
    path = error.ctx.command_path if getattr(error, "ctx", None) is not None else "ojmf"
    return f"{text} Se {path} --help."


def _told(error: Any) -> str:
    """The parser's errors are told apart by their names: it does not export their classes."""
    match type(error).__name__:
        case "MissingParameter":
            return f"{_name(error.param)} saknas. Ange {_written(error.param)}."
        case "NoSuchOption":
            return _no_such_option(error)
        case "BadOptionUsage":
            lacks = "saknar sitt värde. Skriv det efter flaggan."
            return f"{error.option_name} {lacks if 'requires' in error.message else _FLAG}"
        case "BadParameter":
            return _bad_value(error)
        case _:
            return _strange_word(error)


def _no_such_option(error: Any) -> str:
    command = error.ctx.command
    options = [name for param in command.params for name in param.opts if name.startswith("--")]
    meant = _SWEDISH.get(error.option_name, "")
    # Without the hyphens that all have, which make short ones alike.
    bare = [name.removeprefix("--") for name in options]
    close = nearest(error.option_name.lstrip("-"), bare, 1)
    found = [meant] if meant in options else [f"--{name}" for name in close]
    near = f"Menade du {found[0]}?" if found else ""
    if not near and hasattr(command, "commands"):
        near = "Skriv flaggor efter kommandot."
    return f"flaggan {error.option_name} finns inte. {near}".rstrip()


def _strange_word(error: Any) -> str:
    """An unknown command, or one argument too many: the message alone says which."""
    said = next((a or b for a, b in _QUOTED.findall(error.message)), "")
    if "command" not in error.message:
        return (
            f"”{said}” är ett argument för mycket. Skriv en text med mellanslag inom citattecken."
        )
    known = error.ctx.command.list_commands(error.ctx)
    near = did_you_mean(said, known, briefly=True) or f"Det finns {', '.join(known)}."
    return f"kommandot ”{said}” finns inte. {near}"


def _bad_value(error: Any) -> str:
    """Which value an option or argument can't have, and what was expected instead."""
    cause = error.__cause__
    fault = cause.errors()[0] if hasattr(cause, "errors") else {}
    given = f"”{fault['input']}”" if "input" in fault else "värdet"
    descriptor = error.param.type_descriptor
    if descriptor.choices:
        said = next((a for a, _ in _QUOTED.findall(error.message)), "")
        known = [getattr(choice, "value", str(choice)) for choice in descriptor.choices]
        near = did_you_mean(said, known, briefly=True)
        wanted = f"någon av {', '.join(known)}"
        return f"{_name(error.param)} är ”{said}”, väntade {wanted}.{f' {near}' if near else ''}"
    if descriptor.is_datetime:
        wanted = "ett datum som 2024-08-31"
    else:
        wanted = expected(fault) or "ett annat värde"
    return f"{_name(error.param)} är {given}, väntade {wanted}."


def _name(param: Any) -> str:
    """What a parameter is called where it is written."""
    if param.param_type_name == "argument":
        metavar = str(param.metavar or param.name.upper())
        return re.sub(r"[A-Z]+", lambda match: _WORDS.get(match[0], match[0]), metavar)
    return str(next((name for name in param.opts if name.startswith("--")), param.opts[0]))


def _written(param: Any) -> str:
    name = _name(param)
    meant = name if param.param_type_name == "argument" else f"{name} {param.metavar or 'SVAR'}"
    return re.sub(r"[A-Z]+", lambda match: _WORDS.get(match[0], match[0]), meant)
