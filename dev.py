"""Run, test and check ojmf with nothing installed but Python 3.11 or later.

A virtual environment is made in .venv beside this file the first time, and made anew when it is
broken. Later calls install only when pyproject.toml or this file has changed. Progress goes to
stderr, so that stdout holds nothing but what the command itself prints.
"""

import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - a user may well start it with an older Python
    sys.exit(
        f"dev.py: Python 3.11 eller senare krävs, men {sys.executable} är Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Installera en nyare Python och kör till "
        "exempel: python3.11 dev.py run"
    )

USAGE = """\
usage: python3 dev.py COMMAND [ARGUMENTS]

  run [ARGUMENTS]    compute everything: ojmf run [ARGUMENTS]
  test [ARGUMENTS]   run the tests: pytest [ARGUMENTS]
  check              ruff check, ruff format --check and mypy
"""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "ojmf-installed"
UNFINISHED = "unfinished"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{SUFFIX}"
PROBE = "import sys, pip; print(sys.prefix); sys.exit(sys.version_info < (3, 11))"


def say(message: str) -> None:
    """Tell the user what happens, on stderr."""
    print(f"dev.py: {message}", file=sys.stderr, flush=True)


def fingerprint() -> str:
    """Return a digest of everything that decides what an installation holds."""
    digest = hashlib.sha256(f"{ROOT}\n".encode())
    for name in ("pyproject.toml", "dev.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def installed() -> str:
    """Return the fingerprint of the last finished installation, ``UNFINISHED`` or nothing."""
    return STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""


def usable() -> bool:
    """Tell whether .venv runs, belongs here, has pip and holds no interrupted installation."""
    if not PYTHON.is_file() or installed() == UNFINISHED:
        return False
    try:
        probe = subprocess.run(
            [PYTHON, "-c", PROBE],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        return False
    return probe.returncode == 0 and Path(probe.stdout.strip()).resolve() == VENV.resolve()


def create() -> None:
    """Make .venv, in place of whatever is there."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            sys.exit(
                f"dev.py: modulen {module} saknas i {sys.executable}, så en virtuell miljö kan "
                f"inte skapas. Installera den: på Debian och Ubuntu med `sudo apt install "
                f"python{version}-venv`, annars med en fullständig Python."
            )
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.is_dir():
        say(f"{VENV} går inte att använda och görs om")
        shutil.rmtree(VENV)
    say(f"skapar {VENV}")
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode:
        sys.exit(f"dev.py: {sys.executable} -m venv misslyckades; se felet ovan.")


def install() -> None:
    """Install ojmf and its tools into .venv, in place, so that changes to src/ count at once."""
    say("installerar ojmf och det som det bygger på (några minuter första gången)")
    STAMP.write_text(UNFINISHED, encoding="utf-8", newline="\n")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    command += ["--editable", f"{ROOT}[dev]"]
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode:
        sys.exit("dev.py: installationen misslyckades; rätta felet ovan och kör samma sak igen.")
    STAMP.write_text(fingerprint(), encoding="utf-8", newline="\n")


def prepare() -> None:
    """Make sure that .venv exists and holds what this checkout asks for."""
    if not usable():
        create()
    if installed() != fingerprint():
        install()


def program(command: list[str | Path], cwd: Path | None = None) -> int:
    """Run a program and return its exit code."""
    say(f"kör {shlex.join(map(str, command))}")
    return subprocess.run(command, cwd=cwd, check=False).returncode


def tool(*arguments: str) -> int:
    """Run a Python module of .venv in this folder and return its exit code."""
    return program([PYTHON, "-m", *arguments], cwd=ROOT)


def check() -> int:
    """Run every static check, also after one has failed; return the first failure's exit code."""
    codes = [tool("ruff", "check"), tool("ruff", "format", "--check"), tool("mypy")]
    return next((code for code in codes if code), 0)


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in {"-h", "--help"}:
        print(USAGE, end="")
        return 0
    if command not in {"run", "test", "check"} or (command == "check" and rest):
        print(USAGE, end="", file=sys.stderr)
        return 2
    prepare()
    if command == "run":
        return program([BIN / f"ojmf{SUFFIX}", "run", *rest])
    if command == "test":
        return tool("pytest", *rest)
    return check()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
