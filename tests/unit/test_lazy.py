"""Modules that are loaded when they are first used."""

import gc
import sys
from importlib import import_module

import pytest

from ojmf.lazy import postponed


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A module that counts how often it is loaded, and one that imports it."""
    (tmp_path / "slow_library.py").write_text("value = 7\n")
    (tmp_path / "its_user.py").write_text(
        "import slow_library\ndef ask():\n    return slow_library.value\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in ("slow_library", "its_user"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("library")
def test_a_postponed_module_is_loaded_when_it_is_used():
    with postponed("slow_library"):
        its_user = import_module("its_user")

        assert not gc.isenabled()
    assert gc.isenabled()
    assert "slow_library" not in sys.modules
    assert its_user.ask() == 7
    assert sys.modules["slow_library"].value == 7


@pytest.mark.usefixtures("library")
def test_imports_after_the_block_get_the_module_itself():
    with postponed("slow_library"):
        its_user = import_module("its_user")
    slow_library = import_module("slow_library")

    assert its_user.slow_library is not slow_library
    assert slow_library.value == its_user.ask() == 7


@pytest.mark.usefixtures("library")
def test_what_is_loaded_already_stays():
    slow_library = import_module("slow_library")

    with postponed("slow_library"):
        assert sys.modules["slow_library"] is slow_library
    assert sys.modules["slow_library"] is slow_library
