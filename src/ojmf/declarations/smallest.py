"""How a workspace publishes: who answers for it, and the least count of persons that is told.

The file is ``data/publish.toml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from ojmf.declarations.base import Declaration
from ojmf.declarations.toml import describe, read_toml
from ojmf.errors import DeclarationError


class Publishing(Declaration):
    """The table ``[publish]``; every entry may be left out.

    ``contact`` is who answers for what is published, by the name of the office, and ``email``
    where one writes to them. ``publisher`` is the authority, ``url`` the address of the folder
    where the open data stand, ``homepage`` that of the page that tells of them, and ``site`` that
    of the web site, which its page for wrong addresses links by. ``smallest`` is the least
    count of persons that leaves the workspace as it is; fewer are held back, with what they could
    be told from (see ``ojmf.disclosure``).
    """

    smallest: Annotated[int, Field(ge=2, le=100)] | None = None
    contact: str = ""
    publisher: str = ""
    url: Annotated[str, Field(pattern=r"^(|https?://[^\s<>\"]+)$")] = ""
    homepage: Annotated[str, Field(pattern=r"^(|https?://[^\s<>\"]+)$")] = ""
    site: Annotated[str, Field(pattern=r"^(|https?://[^\s<>\"]+)$")] = ""
    email: Annotated[str, Field(pattern=r"^(|[^@\s<>?&\"]+@[^@\s<>?&\"]+)$")] = ""


def load_publishing(path: Path) -> Publishing:
    """Read ``publish.toml``; raises ``DeclarationError`` with every fault."""
    raw, faults = read_toml(path, tables=("publish",))
    faults += [
        f"{path}: {name} är en okänd nyckel, väntade [publish]" for name in raw if name != "publish"
    ]
    if faults:
        raise DeclarationError(faults)
    try:
        return Publishing.model_validate(raw.get("publish", {}))
    except ValidationError as error:
        raise DeclarationError([f"{path}: publish.{fault}" for fault in describe(error)]) from error
