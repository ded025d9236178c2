"""Faults that no one foresaw, colour, and progress."""

from __future__ import annotations

import io
import os
import re
from types import SimpleNamespace

import pytest

from ojmf.cli import faults, session
from ojmf.errors import OjmfError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def breaking(error: BaseException):
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_an_unforeseen_error_is_short_and_has_its_own_code(run, monkeypatch) -> None:
    monkeypatch.setattr("ojmf.ingest.source.ingest_source", breaking(ValueError("oj")))
    result = run("observations")
    assert result.exit_code == 70
    assert result.stderr.startswith(
        "Något gick fel i ojmf (ValueError: oj). Kör om med OJMF_DEBUG=1"
    )


def test_an_unforeseen_error_can_be_traced(run, monkeypatch) -> None:
    monkeypatch.setattr("ojmf.ingest.source.ingest_source", breaking(ValueError("oj")))
    monkeypatch.setenv("OJMF_DEBUG", "1")
    result = run("observations")
    assert result.exit_code == 70
    assert result.stderr.startswith("Traceback")


def test_an_interrupt_ends_with_130(run, monkeypatch) -> None:
    monkeypatch.setattr("ojmf.ingest.source.ingest_source", breaking(KeyboardInterrupt()))
    assert run("observations").exit_code == 130


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Terminal(), {}, os.name != "nt"),
        (Terminal(), {"WT_SESSION": "1"}, True),
        (Terminal(), {"WT_SESSION": "1", "NO_COLOR": ""}, True),
        (Terminal(), {"WT_SESSION": "1", "NO_COLOR": "1"}, False),
        (Terminal(), {"WT_SESSION": "1", "TERM": "dumb"}, False),
        (io.StringIO(), {"WT_SESSION": "1"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(stream, environment, expected: bool) -> None:
    assert session.shows_colour(stream, environment) is expected


@pytest.mark.parametrize(
    ("stream", "quiet", "seconds", "expected"),
    [
        (Terminal(), False, 2.0, "\r1/2 b\r     \r"),
        (Terminal(), False, 0.1, ""),
        (Terminal(), True, 2.0, ""),
        (io.StringIO(), False, 2.0, ""),
    ],
)
def test_progress_is_for_long_work_on_a_terminal(
    monkeypatch, stream, quiet: bool, seconds: float, expected: str
) -> None:
    clock = iter([0.0, 0.0, seconds])
    time = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("ojmf.cli.session.time", time)
    monkeypatch.setattr("ojmf.cli.session.sys", SimpleNamespace(stderr=stream))
    assert list(session.tracked(["a", "b"], quiet=quiet)) == ["a", "b"]
    assert stream.getvalue() == expected


def test_a_table_fills_the_terminal_in_colour(monkeypatch) -> None:
    import polars as pl

    from ojmf.present.tables import Column

    monkeypatch.setattr("ojmf.cli.session.sys", SimpleNamespace(stdout=Terminal()))
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("WT_SESSION", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TERM", raising=False)
    frame = pl.DataFrame({"status": ["●\u00a0Grön"], "text": ["ord " * 30]})
    view = [Column("Status", pl.col("status")), Column("Text", pl.col("text"))]
    shown = session.table(frame, view)
    assert "\x1b[32m●\u00a0Grön" in shown
    assert max(map(len, shown.splitlines()[:2])) <= 40


def test_every_exit_code_is_documented() -> None:
    documented = {int(code) for code in re.findall(r"^  (\d+) ", faults.EXIT_CODES, re.MULTILINE)}
    codes = {kind.exit_code for kind in OjmfError.__subclasses__()}
    signals = {faults.EXIT_BROKEN_PIPE, 129, faults.EXIT_INTERRUPTED, 143}
    assert codes | {0, 1, faults.EXIT_INTERNAL} | signals == documented
