"""The options ``--store`` and ``--as-of`` of every command that shows observations."""

from __future__ import annotations

from contextvars import ContextVar
from importlib.util import find_spec
from typing import Annotated, Any

import typer
from typer.main import get_command

from ojmf.cli.faults import OneEach
from ojmf.errors import UsageError

Address = Annotated[
    str, typer.Option("--store", metavar="DIR|URI", help="The store: a folder or s3://…")
]
"""The store that a command is about."""

_chosen: ContextVar[tuple[str | None, str | None]] = ContextVar("_chosen", default=(None, None))


def _options(
    *,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|URI",
            help="Take the figures from this shared store instead of the workspace's documents.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|VERSION",
            help="With --store: as it was at the end of this day, or at this version.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """The options, as Typer makes them of a function."""


class OfStore(OneEach):
    """A command whose observations may be those of a store.

    The function of the command knows nothing of it: its workspace is opened with what is chosen.
    """

    def __init__(self, *given: Any, params: Any = None, **more: Any) -> None:
        alone = typer.Typer(add_completion=False)
        alone.command()(_options)
        super().__init__(*given, params=[*(params or ()), *get_command(alone).params], **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command with the store; raises ``UsageError`` for a day without a store."""
        store, as_of = ctx.params.pop("store"), ctx.params.pop("as_of")
        if store is None and as_of is not None:
            raise UsageError("--as-of gäller ett lager; ange det med --store")
        if store is not None:
            require_store()
        before = _chosen.set((store, as_of))
        try:
            return super().invoke(ctx)
        finally:
            _chosen.reset(before)


def chosen_store() -> tuple[str | None, str | None]:
    """``--store`` and ``--as-of`` of the command that runs; None where they are left out."""
    return _chosen.get()


def require_store() -> None:
    """Raise ``UsageError`` where the extra that reads and writes stores is not installed."""
    if find_spec("deltalake") is None:
        raise UsageError(
            "Ett lager behöver tillägget store, som inte är installerat. Installera det: "
            'pip install "ojmf[store]"'
        )
