"""Read a file in a process of its own, with a limit on time and memory.

No library bounds what a hostile or damaged file asks for: a merge of 10^13 rows, a stream that
inflates to 2 GB, a form that calls itself a million times. So what parses such a file is another
process, which is ended when it asks for too much, and whatever goes wrong in it is an
``InputError`` with the file's name.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from ojmf.errors import InputError
from ojmf.ingest.document import Document
from ojmf.ingest.readers.content import broken

SECONDS_VARIABLE = "OJMF_READ_SECONDS"
MEGABYTES_VARIABLE = "OJMF_READ_MEGABYTES"
SECONDS = 60
MEGABYTES = 1500
MAX_CHARACTERS = 100_000_000
"""Text of a document, all lines together: more is no report, and would fill this process too."""

_POLL = 0.02
_CHILD = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); " + (
    "from importlib import import_module; import_module(sys.argv[2]).child(*sys.argv[3:])"
)


@dataclass(frozen=True, slots=True)
class Task:
    """What a child does with a file, in the words of messages, and what to do when it fails."""

    done: str
    doing: str
    advice: str


READING = Task("lästs", "läses", "Spara bara de blad eller sidor som har tabellerna i en egen fil")


def read_guarded(path: Path, module: str) -> Document:
    """What ``read`` of a reader's module gives for a file, read in a process of its own.

    The limits are ``SECONDS`` and ``MEGABYTES``, or whole numbers in the environment variables
    ``OJMF_READ_SECONDS`` and ``OJMF_READ_MEGABYTES``. Raises ``InputError`` as the reader does,
    where it breaks in any other way, and where it passes a limit.
    """
    content = run_guarded(path, __name__, [module, str(path)], READING)
    assert isinstance(content, Document)
    return content


def run_guarded(
    path: Path, home: str, words: Sequence[str], task: Task, given: bytes = b""
) -> object:
    """What ``child`` of the module ``home`` answers, which gets the words and the two limits.

    ``given`` is its stdin. It answers through :func:`answer`; ``path`` is for messages. Raises
    ``InputError`` as :func:`read_guarded`.
    """
    seconds = limit(SECONDS_VARIABLE, SECONDS)
    megabytes = limit(MEGABYTES_VARIABLE, MEGABYTES)
    with tempfile.TemporaryFile() as answered, tempfile.TemporaryFile() as asked:
        asked.write(given)
        asked.seek(0)
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", _CHILD, json.dumps(sys.path)),
                *(home, *words, str(seconds), str(megabytes)),
            ],
            stdin=asked,
            stdout=answered,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(process, path, seconds, megabytes, task)
        finally:
            process.kill()
            process.wait()
        answered.seek(0)
        result = answered.read()
    if not result:
        # A negative code is the signal that ended it: the system's own limit, or a fault in C.
        raise broken(path, ValueError(f"läsaren avbröts, kod {process.returncode}"))
    try:
        kind, content = _Answer(io.BytesIO(result)).load()
    except Exception as error:  # a child that was taken over may say anything
        raise broken(path, error) from error
    if kind == "error":
        raise InputError(content)
    if kind == "memory":
        raise _too_much(path, megabytes, task)
    return content


def _wait(
    process: subprocess.Popen[bytes], path: Path, seconds: int, megabytes: int, task: Task
) -> None:
    """Wait until the child ends; end it where it passes a limit."""
    import psutil

    until = time.monotonic() + seconds
    watched = psutil.Process(process.pid)
    while True:
        try:
            process.wait(_POLL)
            return
        except subprocess.TimeoutExpired:
            pass
        if time.monotonic() > until:
            raise InputError(
                f"{path}: filen har inte {task.done} efter {seconds} sekunder. {task.advice}, "
                f"eller höj gränsen med miljövariabeln {SECONDS_VARIABLE}."
            )
        try:
            used = watched.memory_info().rss
        except psutil.Error:  # it has just ended
            continue
        if used > megabytes * 1_000_000:
            raise _too_much(path, megabytes, task)


def limit(variable: str, default: int) -> int:
    """A limit of the environment, where it is a whole number over 0."""
    text = os.environ.get(variable, "")
    return int(text) if text.isdecimal() and int(text) else default


def _too_much(path: Path, megabytes: int, task: Task) -> InputError:
    return InputError(
        f"{path}: filen kräver över {megabytes} MB minne när den {task.doing}. {task.advice}, "
        f"eller höj gränsen med miljövariabeln {MEGABYTES_VARIABLE}."
    )


class _Answer(pickle.Unpickler):
    """Unpickles documents only, so that a reader that was taken over can't run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "ojmf.ingest.document":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def child(module: str, path: str, seconds: str, megabytes: str) -> NoReturn:
    """Read a file and answer with the document, or why there is none."""

    def read() -> Document:
        document: Document = import_module(module).read(Path(path))
        size = sum(map(len, document.lines))
        if size > MAX_CHARACTERS:
            raise InputError(
                f"{path}: filen innehåller {size / 1e6:.0f} miljoner tecken; högst "
                f"{MAX_CHARACTERS / 1e6:.0f} miljoner läses. Spara bara de blad eller sidor som "
                "har tabellerna i en egen fil."
            )
        return document

    answer(read, Path(path), seconds, megabytes)


def answer(work: Callable[[], object], path: Path, seconds: str, megabytes: str) -> NoReturn:
    """Do the work of a child within its limits, and write a pickled answer on stdout."""
    told: tuple[str, object]
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints is no part of the answer
    _bound(int(seconds), int(megabytes))
    try:
        told = ("done", work())
    except InputError as error:
        told = ("error", str(error))
    except MemoryError:
        told = ("memory", None)
    except Exception as error:
        told = ("error", str(broken(path, error)))
    with out:
        pickle.dump(told, out, protocol=pickle.HIGHEST_PROTOCOL)
    # Without cleaning up: what a library still holds must not end the child another way.
    out.close()
    os._exit(0)


def _bound(seconds: int, megabytes: int) -> None:
    """Let the system end this process too, where it can, should its parent be gone."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent watches there too
        return
    for limit, most in (
        (resource.RLIMIT_CPU, seconds + 5),
        (resource.RLIMIT_DATA, megabytes * 1_000_000),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(limit, (most, hard))
