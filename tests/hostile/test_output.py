"""What is written is the old or the new, whole, whenever and however the process is ended."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import ojmf
from ojmf.errors import OutputError
from ojmf.output import locked, write_files, write_folder
from ojmf.present.site_folder import MARKER, replaced_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a swap in one step is Linux's")

ROOT = Path(__file__).resolve().parents[2]

# Ends the process right before its n-th event of those that Python tells of and that touch the
# folder of the test; the call that swaps two folders is told of when its symbol is looked up.
HOOK = """
import os, signal, sys
below, last, seen = os.environ["BELOW"], int(os.environ["LAST"]), 0
WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod",
           "os.truncate", "os.chown"}
ONLY = os.environ.get("ONLY", "").split()
def hook(event, arguments):
    global seen
    touches = event in WATCHED and any(os.fsdecode(argument).startswith(below)
        for argument in arguments if isinstance(argument, str | bytes))
    touches |= event == "ctypes.dlsym" and arguments[1] == "renameat2"
    if touches and (not ONLY or event in ONLY):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
"""
STEPS = {
    "files": "from ojmf.output import write_files; write_files({target / 'a': b'new'})",
    "folder": "from ojmf.output import write_folder\n"
    "write_folder(target, {'a': b'new', 'data/b': b'new', 'data/d': b'new'})",
    "site": "from ojmf.present.site_folder import replaced_folder\n"
    "with replaced_folder(target, force=True) as folder:\n    (folder / 'a').write_bytes(b'new')",
}
NEW = {
    "files": {"a": b"new"},
    "folder": {"a": b"new", "data/b": b"new", "data/d": b"new"},
    "site": {
        "a": b"new",
        MARKER: f"ojmf {ojmf.__version__}\n{hashlib.sha256(b'new').hexdigest()}  a\n".encode(),
    },
}
OLD = {"a": b"old", "data/b": b"old", "mine": b"kept"}


def ended(code: str, below: Path, last: int, *arguments: str, only: str = "") -> int:
    """Run code that is killed at its ``last`` event below a folder; its return code."""
    return subprocess.run(
        [sys.executable, "-c", f"{HOOK}\n{code}", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "BELOW": str(below),
            "LAST": str(last),
            "ONLY": only,
            "PYTHONPATH": str(Path(ojmf.__file__).parents[1]),
        },
        capture_output=True,
        check=False,
    ).returncode


def held(folder: Path) -> dict[str, bytes]:
    """The files of a folder by path, without what a process stages."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.endswith((".tmp", ".new", ".lock")) for part in path.parts)
    }


def begin(target: Path, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("kind", STEPS)
def test_a_kill_at_any_call_leaves_the_old_or_the_new_and_the_next_run_sweeps(
    tmp_path: Path, kind: str, existed: bool
) -> None:
    code = f"from pathlib import Path; target = Path(sys.argv[1])\n{STEPS[kind]}"
    new = {**OLD, **NEW[kind]} if existed else NEW[kind]
    old = OLD if existed else {}
    outcomes = set()
    for last in range(1, 200):
        place = tmp_path / str(last)
        target = place / "ut"
        place.mkdir()
        if existed:
            begin(target, OLD)
        killed = ended(code, place, last, str(target)) == -signal.SIGKILL
        found = held(target)
        assert found in (old, new), last
        outcomes.add(found == new)
        exec(code, {"sys": type("Sys", (), {"argv": ["", str(target)]})})
        assert held(target) == new
        assert [path for path in place.rglob(".*") if path.name != MARKER] == []
        shutil.rmtree(place)
        if not killed:
            break
    assert outcomes == {True, False}


def test_a_kill_at_any_call_leaves_the_files_of_a_source_together(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from ojmf.output import write_folder_last\n"
        "target = Path(sys.argv[1])\n"
        "write_folder_last(target, {target / 'extract': b'new', target / 'source': b'new',"
        " target.parent / 'indicators': b'new'})"
    )
    old = {"extract": b"old", "source": b"old", "kept": b"old"}
    new = {**old, "extract": b"new", "source": b"new"}
    outcomes = set()
    for last in range(1, 200):
        target = tmp_path / str(last) / "id"
        begin(target, old)
        killed = ended(code, target.parent, last, str(target)) == -signal.SIGKILL
        found = held(target)
        assert found in (old, new), last
        assert found == old or (target.parent / "indicators").read_bytes() == b"new"
        outcomes.add(found == new)
        if not killed:
            break
    assert outcomes == {True, False}


COMMANDS = {
    "run": (("run", "--output", "{ut}"), "{ut}"),
    "export": (("export", "--output", "{ut}", "--force"), "{ut}"),
    "site": (("site", "--output", "{ut}", "--kommun", "Uppsala", "--force"), "{ut}"),
    "init": (("init", "{ut}"), "{ut}"),
    "status": (("status", "--kommun", "Solna", "--output", "{ut}/status.csv"), "{ut}"),
    "table": (("table", "--kommun", "Solna", "--output", "{ut}/bilaga.xlsx"), "{ut}"),
    "report": (("report", "--kommun", "Solna", "--output", "{ut}/rapport.docx"), "{ut}"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_killed_when_it_commits_can_be_run_again(
    tmp_path: Path, name: str
) -> None:
    arguments, _ = COMMANDS[name]
    target = tmp_path / "ut"
    words = [word.replace("{ut}", str(target)) for word in arguments]
    old = {} if name == "init" else {"gammal.txt": b"kvar"}
    begin(target, old)
    code = "from ojmf.cli import main; sys.argv[0] = 'ojmf'; main()"
    swap = "os.rename ctypes.dlsym"
    assert ended(code, tmp_path, 1, *words, only=swap) == -signal.SIGKILL
    assert held(target) == old if target.exists() else not old
    assert ended(code, tmp_path, 0, *words) == 0
    assert len(held(target)) > len(old) - (name == "site")
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def kolada_answers(folder: Path) -> Path:
    """Saved answers of Kolada: one KPI, one municipality, two years."""
    folder.mkdir()
    rows = [
        {
            "kpi": "N00001",
            "municipality": "0184",
            "period": year,
            "values": [{"gender": "T", "value": 1.5, "status": "", "count": 1}],
        }
        for year in (2023, 2024)
    ]
    kpi = {"id": "N00001", "title": "Prov, andel (%)", "municipality_type": "A"}
    for name, values in (("data", rows), ("kpi", [kpi])):
        content = json.dumps({"count": len(values), "values": values})
        (folder / f"{name}.json").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize("last", [1, 2])
def test_a_fetch_that_is_killed_leaves_a_workspace_that_can_be_used(
    tmp_path: Path, command, last: int
) -> None:
    root = tmp_path / "w"
    assert command("init", str(root)).returncode == 0
    answers = kolada_answers(tmp_path / "svar")
    words = ["fetch", "kolada", "--kpi", "N00001", "--kommun", "0184", "--year", "2023-2024"]
    words += ["--answers", str(answers), "--id", "kolada-prov", "--root", str(root)]
    code = "from ojmf.cli import main; sys.argv[0] = 'ojmf'; main()"
    renames = "os.rename ctypes.dlsym"
    assert ended(code, root, last, *words, only=renames) == -signal.SIGKILL
    assert not (root / "data/sources/kolada-prov").exists()
    assert command("check", "--root", str(root)).returncode == 0
    assert ended(code, root, 0, *words) == 0
    new = held(root)
    assert "data/sources/kolada-prov/observations.parquet" in new
    assert command("check", "--root", str(root)).returncode == 0
    # Again, over what is there: the old source stands until the new one does.
    assert ended(code, root, last, *words, only=renames) in (0, -signal.SIGKILL)
    assert set(held(root)) == set(new)
    assert ended(code, root, 0, *words) == 0
    assert command("check", "--root", str(root)).returncode == 0
    assert list(root.rglob(".*")) == []


def test_a_draft_that_is_killed_can_be_made_again(tmp_path: Path) -> None:
    words = ["source", "new", "data/sources/solna-oj-2024/extract.txt", "--kommun", "Solna"]
    words += ["--id", "prov", "--output", str(tmp_path)]
    code = "from ojmf.cli import main; sys.argv[0] = 'ojmf'; main()"
    assert ended(code, tmp_path, 1, *words, only="os.rename") == -signal.SIGKILL
    assert held(tmp_path) == {}
    assert ended(code, tmp_path, 0, *words) == 0
    made = {path.name for path in (tmp_path / "prov").iterdir()}
    assert made == {"asked.toml", "prov.toml", "source.toml"}


@pytest.mark.parametrize("command_line", [["source", "answer", "prov"], ["import", "{file}"]])
def test_an_answer_or_an_import_that_is_killed_can_be_given_again(
    tmp_path: Path, command, command_line: list[str]
) -> None:
    root, file = tmp_path / "w", tmp_path / "prov.txt"
    rows = "Antal ärenden\t1\t2\nAntal besök\t3\t4\n"
    file.write_text(f"Egna mått\n\nMått\tUtfall 2023\tUtfall 2024\n{rows}", encoding="utf-8")
    assert command("init", str(root)).returncode == 0
    new = ["source", "new", str(file), "--kommun", "Solna", "--id", "prov", "--root", str(root)]
    words = [word.replace("{file}", str(file)) for word in command_line]
    if words[0] == "source":
        assert command(*new).returncode == 0
        words += ["--accept-all", "--root", str(root)]
    else:
        words += ["--kommun", "Solna", "--accept-all", "--yes", "--root", str(root)]
    before = held(root)
    code = "from ojmf.cli import main; sys.argv[0] = 'ojmf'; main()"
    assert ended(code, root, 1, *words, only="os.rename ctypes.dlsym") == -signal.SIGKILL
    assert held(root) == before
    assert ended(code, root, 0, *words) == 0
    assert held(root) != before
    assert command("check", "--root", str(root)).returncode == 0
    assert list(root.rglob(".*")) == []


def test_two_writers_at_once_never_mix(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ojmf.output import write_folder\n"
        "for _ in range(50):\n"
        "    write_folder(Path(sys.argv[1]), {n: sys.argv[2].encode() for n in 'abcd'})"
    )
    target = tmp_path / "ut"
    words = [sys.executable, "-c", code, str(target)]
    with (
        subprocess.Popen([*words, "1"], cwd=ROOT) as one,
        subprocess.Popen([*words, "2"], cwd=ROOT) as other,
    ):
        while one.poll() is None or other.poll() is None:
            if target.exists():
                # Read through one handle, for the folder may be swapped between two reads.
                handle = os.open(target, os.O_RDONLY)
                try:
                    found = {_read(name, handle) for name in "abcd"} - {None}
                finally:
                    os.close(handle)
                assert len(found) <= 1
    assert (one.returncode, other.returncode) == (0, 0)
    assert len(set(held(target).values())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def _read(name: str, folder: int) -> bytes | None:
    try:
        handle = os.open(name, os.O_RDONLY, dir_fd=folder)
    except FileNotFoundError:  # the folder has been replaced and is being removed
        return None
    try:
        return os.read(handle, 10)
    finally:
        os.close(handle)


def test_a_second_writer_that_has_waited_says_who_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ojmf.output.PATIENCE", 0.1)
    target = tmp_path / "ut"
    code = (
        "from pathlib import Path; from ojmf.output import locked; import sys\n"
        f"with locked(Path({str(target)!r})): print('har', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"har\n"
        with pytest.raises(OutputError, match=f"process {other.pid}"):
            write_folder(target, {"a": b"new"})
        other.kill()
    write_folder(target, {"a": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_a_lock_is_not_waited_for_by_its_holder(tmp_path: Path) -> None:
    with locked(tmp_path / "a"):
        write_files({tmp_path / "a": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.fixture
def command() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "ojmf", *arguments],
            cwd=ROOT,
            check=False,
            **{"capture_output": True} | options,
        )

    return run


def test_a_limit_on_the_size_of_files_leaves_the_old(tmp_path: Path, command) -> None:
    import resource

    begin(tmp_path / "ut", {"observations.csv": b"old", "data/status.csv": b"old"})
    for arguments in (("run",), ("export",), ("site", "--kommun", "Uppsala")):
        result = command(
            *arguments,
            "--force",
            "--output",
            str(tmp_path / "ut"),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        )
        assert result.returncode == 8, result.stderr
        assert "större än en fil får bli" in result.stderr.decode()
        assert held(tmp_path / "ut") == {"observations.csv": b"old", "data/status.csv": b"old"}
        assert [path.name for path in tmp_path.iterdir()] == ["ut"]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_in_order(tmp_path: Path, number: int, code: int) -> None:
    target = tmp_path / "ut"
    begin(target, {MARKER: b""})
    with subprocess.Popen(
        [sys.executable, "-m", "ojmf", "site", "--output", str(target)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    ) as process:
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".ut.*.new/*.css")) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == code, told
    assert b"Traceback" not in told
    assert held(target) == {MARKER: b""}
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".md"])
def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path, command, suffix: str) -> None:
    path = tmp_path / f"ut{suffix}"
    os.mkfifo(path)
    result = command("sources", "--output", str(path))
    assert result.returncode == 8
    assert "ingen vanlig fil" in result.stderr.decode()
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_the_modes_of_what_is_replaced_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    begin(target, OLD)
    (target / "a").chmod(0o640)
    target.chmod(0o750)
    write_folder(target, {"a": b"new", "data/b": b"new"})
    assert (target.stat().st_mode & 0o777, (target / "a").stat().st_mode & 0o777) == (0o750, 0o640)
    (target / "a").chmod(0o604)
    write_files({target / "a": b"newer"})
    assert (target / "a").stat().st_mode & 0o777 == 0o604


def test_a_folder_that_others_keep_folders_in_is_not_swapped(tmp_path: Path) -> None:
    target = tmp_path / "ut"
    begin(target, {"a": b"old", "deras/x": b"kept"})
    before = target.stat().st_ino
    write_folder(target, {"a": b"new"})
    assert target.stat().st_ino == before
    assert held(target) == {"a": b"new", "deras/x": b"kept"}


@pytest.mark.parametrize("place", ["", "data", "data/sources", "expectations"])
def test_a_site_never_takes_the_place_of_what_it_reads(tmp_path: Path, command, place: str) -> None:
    root = tmp_path / "w"
    assert command("init", str(root)).returncode == 0
    before = held(root)
    target = str(root / place) if place else str(root)
    result = command("site", "--root", str(root), "--output", target, "--force")
    assert result.returncode == 8
    assert "det som läses" in result.stderr.decode()
    assert held(root) == before


def test_an_export_never_takes_the_place_of_what_it_reads(tmp_path: Path, command) -> None:
    root = tmp_path / "w"
    shutil.copytree(ROOT / "data", root / "data")
    before = held(root)
    result = command("export", "--root", str(root), "--output", str(root), "--force")
    assert result.returncode == 8
    assert held(root) == before


def test_a_staged_folder_is_no_source(tmp_path: Path, command) -> None:
    root = tmp_path / "w"
    shutil.copytree(ROOT / "data", root / "data")
    first = next(path.parent for path in (root / "data/sources").glob("*/source.toml"))
    shutil.copytree(first, first.with_name(f".{first.name}.01234567.new"))
    assert command("check", "--root", str(root)).returncode == 0


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("sources",)])
def test_a_stdout_that_takes_nothing_is_told_of(command, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        result = command(*arguments, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 8
    assert result.stderr.decode().count("\n") <= 2
    assert "standard ut: disken är full" in result.stderr.decode()


@pytest.mark.parametrize("arguments", ["--help", "sources"])
def test_a_closed_stdout_is_told_of(arguments: str) -> None:
    result = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m ojmf {arguments} >&-'],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert result.returncode == 8
    assert "standard ut" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()


def test_a_folder_kept_open_for_a_site_is_replaced_with_its_marker(tmp_path: Path) -> None:
    with replaced_folder(tmp_path / "ut", force=False) as folder:
        (folder / "a").write_bytes(b"new")
    assert set(held(tmp_path / "ut")) == {"a", MARKER}
