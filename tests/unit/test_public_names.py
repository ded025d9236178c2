"""What is public from Python: each name says what it does, with an example that runs."""

from __future__ import annotations

import doctest
import inspect
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

import ojmf

# What only a folder of one's own shows is shown by a test: it takes files to be imported.
WITHOUT_EXAMPLE = {"import_file"}


def functions() -> dict[str, Callable[..., object]]:
    """Every public function, and every class that takes arguments of its own."""
    return {
        f"{home.__name__}.{name}": value
        for home in (ojmf, ojmf.compare)
        for name in home.__all__
        if callable(value := getattr(home, name))
        and not (isinstance(value, type) and issubclass(value, Exception))
    }


def methods(kind: type) -> dict[str, Callable[..., object]]:
    return {
        name: member
        for base in kind.__mro__
        if base.__module__.startswith("ojmf.surface")
        for name, member in vars(base).items()
        if not name.startswith("_") and callable(member)
    }


def homes() -> list[ModuleType]:
    """The modules that the public functions and the methods of the surface are written in."""
    written = {value.__module__ for value in functions().values()}
    of_methods = {one.__module__ for kind in (ojmf.Workspace, ojmf.Data) for one in kind.__mro__}
    of_surface = {name for name in of_methods if name.startswith("ojmf.surface")}
    return [sys.modules[name] for name in sorted(written | of_surface)]


@pytest.mark.parametrize("module", homes(), ids=lambda module: module.__name__)
def test_the_examples_of_the_docstrings_run(module, monkeypatch):
    monkeypatch.delenv("OJMF_ROOT", raising=False)
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted > 0


@pytest.mark.parametrize("name", functions())
def test_every_public_function_has_an_example(name):
    assert ">>> " in (inspect.getdoc(functions()[name]) or "")


@pytest.mark.parametrize("kind", [ojmf.Workspace, ojmf.Data])
def test_every_method_of_the_surface_has_an_example(kind):
    own = methods(kind)
    assert {"status", "gaps", "compare", "validate"} <= own.keys()
    without = {name for name, member in own.items() if ">>>" not in (member.__doc__ or "")}
    assert without - WITHOUT_EXAMPLE == set()


def test_a_module_that_is_public_is_there_after_the_import_of_the_package():
    assert inspect.ismodule(ojmf.compare)
    assert ojmf.schema.STATUS.names()[0] == "area_id"
