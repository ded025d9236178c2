"""The real process: streams, exit codes, what is imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ojmf

HEAVY = {"great_expectations", "pandas", "polars", "pyarrow", "pydantic", "rich", "scipy"}
PROGRAM = """\
import sys
from ojmf.cli import main
try:
    sys.argv = ["ojmf", *sys.argv[1:]]
    main()
except SystemExit as end:
    names = sorted({name.partition(".")[0] for name in sys.modules})
    print(end.code, *names, file=sys.stderr)
"""


def imported_by(root: Path, *arguments: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=root,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(ojmf.__file__).parents[1])},
    )
    code, *names = result.stderr.split()
    assert code == "0"
    return set(names)


def test_help_imports_nothing_heavy(root: Path) -> None:
    assert imported_by(root, "--help") & HEAVY == set()


@pytest.mark.parametrize("arguments", [["--version"], ["status", "--help"]])
def test_the_help_of_a_command_imports_only_what_typer_does(
    root: Path, arguments: list[str]
) -> None:
    assert imported_by(root, *arguments) & HEAVY <= {"pydantic"}


@pytest.mark.parametrize("arguments", [["status", "--kommun", "Solna", "-q"], ["observations"]])
def test_comparing_imports_neither_gx_nor_pandas(root: Path, arguments: list[str]) -> None:
    names = imported_by(root, *arguments)
    assert "polars" in names
    assert names & {"great_expectations", "pandas", "rich", "scipy"} == set()


def test_version(process) -> None:
    result = process("--version")
    assert result.stderr == b""
    assert (result.returncode, result.stdout) == (0, f"ojmf {ojmf.__version__}\n".encode())


def test_help_names_the_program_and_the_exit_codes(process) -> None:
    text = process("--help").stdout.decode()
    assert text.startswith("Usage: ojmf [OPTIONS] COMMAND")
    assert "Exit codes:\n    0    done" in text


@pytest.mark.parametrize("encoding", ["latin-1", "cp850"])
def test_stdout_is_data_alone_in_utf_8_whatever_the_locale(
    process, tmp_path: Path, encoding: str
) -> None:
    arguments = ("sources", "--format", "json")
    result = process(*arguments, cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert result.returncode == 0
    titles = {row["title"] for row in json.loads(result.stdout.decode("utf-8"))}
    assert "Öppna jämförelser 2024" in titles
    assert result.stderr.decode("utf-8").startswith("Använder de inbyggda uppgifterna (")


def test_a_table_has_its_marks_on_a_console_of_windows(process) -> None:
    result = process("status", "--kommun", "Solna", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert result.returncode == 0
    assert "●" in result.stdout.decode("utf-8")


def test_a_table_in_a_pipe_has_no_colour(process) -> None:
    assert b"\x1b" not in process("status", "--kommun", "Solna").stdout


def test_an_error_is_a_message_and_a_code(process) -> None:
    result = process("ingest", "missing.txt")
    assert (result.returncode, result.stdout) == (3, b"")
    assert result.stderr.decode().startswith("fel: missing.txt: filen kan inte läsas")


@pytest.mark.skipif(os.name == "nt", reason="names are always text there")
@pytest.mark.parametrize("given", ["file", "folder"])
def test_a_name_that_is_no_text_is_refused(process, tmp_path: Path, given: str) -> None:
    name = os.fsdecode("år".encode("latin-1"))
    try:
        (tmp_path / name).mkdir()
    except OSError:
        pytest.skip("names are always text on this disk")
    here = tmp_path / name if given == "folder" else tmp_path
    result = process("ingest", *([name] if given == "file" else []), cwd=here)
    told = result.stderr.decode()
    assert (result.returncode, result.stdout) == (2, b"")
    assert "\N{REPLACEMENT CHARACTER}r” har tecken som inte är UTF-8. Byt namn" in told


def test_a_reader_that_went_away_is_no_error_to_talk_about(process) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = process("observations", stdout=writing)
    finally:
        os.close(writing)
    assert result.stderr == b""
    assert result.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_stdout_that_is_full_is_told(process) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        result = process("observations", stdout=full)
    finally:
        os.close(full)
    assert result.returncode == 8
    assert result.stderr.decode().splitlines() == [
        "fel: standard ut: disken är full. Frigör utrymme eller välj en annan plats med --output."
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ojmf status --kommun Sol", ["Solna"]),
        ("ojmf status --kommun 018", ["0180", "0184"]),
        ("ojmf gaps --area k", ["kostnader"]),
        ("ojmf ingest pr", ["prov-2024"]),
        ("ojmf gaps --against r", ["riket"]),
        ("ojmf gaps --format c", ["csv"]),
    ],
)
def test_names_are_completed(process, words: str, expected: list[str]) -> None:
    position = str(len(words.split()) - 1)
    result = process(_OJMF_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=position)
    assert sorted(result.stdout.decode().split()) == expected


def test_completion_outside_a_workspace_is_silent(process) -> None:
    words = "ojmf status --root nowhere --kommun S"
    result = process(_OJMF_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD="5")
    assert (result.stdout.split(), result.stderr) == ([], b"")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
@pytest.mark.parametrize(("no_colour", "painted"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_it_asks_for_none(
    process, no_colour: str, painted: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    try:
        result = process(
            "areas", "--kommun", "Solna", stdout=theirs, TERM="xterm", NO_COLOR=no_colour
        )
        shown = os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert result.returncode == 0
    assert "●\u00a0Grön" in shown
    assert ("\x1b[32m" in shown) is painted


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
@pytest.mark.parametrize(("typed", "limit"), [("", "smallest = 5"), ("x\n7", "smallest = 7")])
def test_init_asks_on_a_terminal_and_takes_its_own_proposal(
    process, tmp_path: Path, typed: str, limit: str
) -> None:
    import pty

    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{typed}\n".encode())
        result = process("init", str(tmp_path / "yta"), "--kommun", "Solna", stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert result.returncode == 0, result.stderr.decode()
    publish = (tmp_path / "yta" / "data" / "publish.toml").read_text(encoding="utf-8")
    assert f"\n{limit}\n" in publish
