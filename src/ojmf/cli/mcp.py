"""``ojmf mcp``: the comparisons for an assistant, over the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec

from ojmf.cli.options import Quiet, Root
from ojmf.cli.session import open_workspace
from ojmf.cli.stored import chosen_store
from ojmf.errors import UsageError


def mcp(*, root: Root = None, quiet: Quiet = False) -> None:
    """Answer an assistant's questions over the Model Context Protocol, on stdin and stdout.

    It is started by the assistant's program and not by hand. Every answer names the document, the
    place and the citation id of its figures, or says that there is no figure and why. Nothing in
    the workspace is written. Needs the extra: pip install "ojmf[mcp]"
    """
    if find_spec("mcp") is None:
        raise UsageError(
            "ojmf mcp behöver tillägget mcp, som inte är installerat. Installera det: "
            'pip install "ojmf[mcp]"'
        )
    from ojmf import Workspace
    from ojmf.mcp.server import serve

    open_workspace(root, quiet=quiet)  # what is wrong with it is told before anyone asks
    store, as_of = chosen_store()
    serve(lambda: Workspace.open(root, store=store, as_of=as_of))
