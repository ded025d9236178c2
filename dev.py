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
import sysconfig
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
  sail               make the environment in which some tests run Spark's frames on Sail
"""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SAIL = ROOT / ".venv-sail"
UNFINISHED = "unfinished"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
SUFFIX = ".exe" if os.name == "nt" else ""
BIN = VENV / SCRIPTS
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


def python_of(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / SCRIPTS / f"python{SUFFIX}"


def stamp_of(venv: Path) -> Path:
    """The file that says what an environment holds."""
    return venv / "ojmf-installed"


def installed(venv: Path) -> str:
    """Return the fingerprint of the last finished installation, ``UNFINISHED`` or nothing."""
    stamp = stamp_of(venv)
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else ""


def usable(venv: Path) -> bool:
    """Tell whether a venv runs, belongs here, has pip and holds no interrupted installation."""
    if not python_of(venv).is_file() or installed(venv) == UNFINISHED:
        return False
    try:
        probe = subprocess.run(
            [python_of(venv), "-c", PROBE],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        return False
    return probe.returncode == 0 and Path(probe.stdout.strip()).resolve() == venv.resolve()


def create(venv: Path) -> None:
    """Make an environment, in place of whatever is there."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            version = f"{sys.version_info[0]}.{sys.version_info[1]}"
            sys.exit(
                f"dev.py: modulen {module} saknas i {sys.executable}, så en virtuell miljö kan "
                f"inte skapas. Installera den: på Debian och Ubuntu med `sudo apt install "
                f"python{version}-venv`, annars med en fullständig Python."
            )
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.is_dir():
        say(f"{venv} går inte att använda och görs om")
        shutil.rmtree(venv)
    say(f"skapar {venv}")
    if subprocess.run([sys.executable, "-m", "venv", venv], check=False).returncode:
        sys.exit(f"dev.py: {sys.executable} -m venv misslyckades; se felet ovan.")


def install(venv: Path, extra: str) -> None:
    """Install ojmf and its tools in an environment, so that changes to src/ count at once."""
    say("installerar ojmf och det som det bygger på (några minuter första gången)")
    stamp_of(venv).write_text(UNFINISHED, encoding="utf-8", newline="\n")
    command = [str(python_of(venv)), "-m", "pip", "install", "--disable-pip-version-check"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    command += ["--editable", f"{ROOT}[{extra}]"]
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode:
        sys.exit("dev.py: installationen misslyckades; rätta felet ovan och kör samma sak igen.")
    stamp_of(venv).write_text(fingerprint(), encoding="utf-8", newline="\n")


def prepare() -> None:
    """Make sure that .venv exists and holds what this checkout asks for."""
    if not usable(VENV):
        create(VENV)
    if installed(VENV) != fingerprint():
        install(VENV, "dev")


def prepare_sail() -> None:
    """Make sure that .venv-sail exists: Sail with its own pandas, beside the rest that .venv has.

    What .venv has is read there, behind what is its own, and not installed twice.
    """
    if not usable(SAIL):
        create(SAIL)
        packages = {
            venv: Path(sysconfig.get_path("purelib", "venv", {"base": str(venv)}))
            for venv in (VENV, SAIL)
        }
        (packages[SAIL] / "behind.pth").write_text(f"{packages[VENV]}\n", encoding="utf-8")
    if installed(SAIL) != fingerprint():
        install(SAIL, "sail")


def program(command: list[str | Path], cwd: Path | None = None) -> int:
    """Run a program and return its exit code."""
    say(f"kör {shlex.join(map(str, command))}")
    return subprocess.run(command, cwd=cwd, check=False).returncode


def tool(*arguments: str) -> int:
    """Run a Python module of .venv in this folder and return its exit code."""
    return program([python_of(VENV), "-m", *arguments], cwd=ROOT)


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
    if command not in {"run", "test", "check", "sail"} or (command in {"check", "sail"} and rest):
        print(USAGE, end="", file=sys.stderr)
        return 2
    prepare()
    if command == "run":
        return program([BIN / f"ojmf{SUFFIX}", "run", *rest])
    if command == "test":
        return tool("pytest", *rest)
    if command == "sail":
        prepare_sail()
        return 0
    return check()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
