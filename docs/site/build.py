"""Build the documentation: ``python docs/site/build.py FOLDER``, without network.

The pages are the Markdown files of the repository where they stand. What Sphinx reads is a copy of
them with the pages that are made of the program itself, so that nothing is written beside them. A
link that leads nowhere is an error.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/*.md",
    "src/ojmf/validate/gx_polars/README.md",
    "tests/benchmarks/README.md",
)
OWN = ("conf.py", "index.md", "python.rst")
_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def build(output: Path) -> int:
    """Write the site into a folder and return Sphinx' exit code, which is 1 for any warning."""
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "source"
        lay_out(source)
        doctrees = str(Path(scratch) / "doctrees")
        return build_main(["-q", "-W", "--keep-going", "-d", doctrees, str(source), str(output)])


def lay_out(folder: Path) -> None:
    """Fill a folder with the pages, the files that they link to, and what is made."""
    pages = [path for pattern in PAGES for path in sorted(ROOT.glob(pattern))]
    linked = [
        (page.parent / target).resolve()
        for page in pages
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
    ]
    for path in {*pages, *(path for path in linked if path.is_file())}:
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    here = Path(__file__).parent
    for name in OWN:
        shutil.copyfile(here / name, folder / name)
    (folder / "_static").mkdir()
    shutil.copyfile(here / "ojmf.css", folder / "_static" / "ojmf.css")
    words = folder / "locales" / "sv" / "LC_MESSAGES"
    words.mkdir(parents=True)
    shutil.copyfile(here / "sphinx.po", words / "sphinx.po")
    (folder / "commands.md").write_text(command_reference(), encoding="utf-8", newline="\n")


def command_reference() -> str:
    """Every command in Markdown, of the help that the command line itself gives."""
    from typer.main import get_command

    from ojmf.cli import app

    top: Any = get_command(app)
    head = "# Commands\n\nThe same as `ojmf COMMAND --help` says.\n"
    return "\n".join([head, *_commands("ojmf", top)])


def _commands(words: str, command: Any) -> Iterator[str]:
    """A command and those below it, each as a section."""
    children = getattr(command, "commands", {})  # made when one is asked for by name
    yield f"## {words}\n"
    yield f"{_prose(command.help or '')}\n"
    shown = [param for param in command.params if not getattr(param, "hidden", False)]
    if shown:
        yield "| Option | What it says |\n| --- | --- |"
        yield from (f"| {_names(param)} | {_cell(param.help or '')} |" for param in shown)
        yield ""
    if not children and command.epilog:
        lines = [line.strip() for line in command.epilog.splitlines()]
        examples = [line for line in lines if line.startswith("ojmf")]
        yield "```sh\n" + "\n".join(examples) + "\n```\n"
    for name in children:
        yield from _commands(f"{words} {name}", command.get_command(None, name))


def _names(param: Any) -> str:
    """An option by its names and what it takes, or an argument."""
    argument = param.param_type_name == "argument"
    names = "" if argument else ", ".join(param.opts)
    takes = "" if getattr(param, "is_flag", False) else param.metavar or param.name.upper()
    return f"`{_cell(' '.join(filter(None, [names, takes])))}`"


def _prose(text: str) -> str:
    """Help as it is written, without the marks of Click and safe in Markdown."""
    return re.sub(r"([<>*_\[\]])", r"\\\1", text.replace("\b", "").strip())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/site/build.py FOLDER")
    sys.path.insert(0, str(ROOT / "src"))
    sys.exit(build(Path(sys.argv[1])))
