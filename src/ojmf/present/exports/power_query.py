"""Queries for Excel and Power BI that read the published data package, as Power Query M."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ojmf.errors import DeclarationError
from ojmf.present.files import generator
from ojmf.present.package import DESCRIPTOR, package_files

if TYPE_CHECKING:
    from ojmf.workspace import Workspace

_TYPES = {
    "string": "type text",
    "number": "type number",
    "integer": "Int64.Type",
    "date": "type date",
}
_HEAD = """\
// {maker}
// Läser {title} från {url}.
// Excel: Data, Hämta data, Starta Power Query-redigeraren, Ny källa, Tom fråga, Avancerad
// redigerare. Power BI: Transformera data, Ny källa, Tom fråga, Avancerad redigerare.
// Klistra in en fråga i taget, från let till och med raden efter in.
"""
_QUERY = """
// {name}: {title}
let
    Fil = Csv.Document(
        Web.Contents("{base}", [RelativePath = "{path}"]),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Rubriker = Table.PromoteHeaders(Fil, [PromoteAllScalars = true]),
    Tomma = Table.ReplaceValue(
        Rubriker, "", null, Replacer.ReplaceValue, Table.ColumnNames(Rubriker)
    ),
    Typer = Table.TransformColumnTypes(
        Tomma,
        {{
{types}
        }},
        "en-US"
    )
in
    Typer
"""


def queries(workspace: Workspace) -> bytes:
    """A query for each table of the package, with its columns and their types.

    Raises ``DeclarationError`` where ``data/publish.toml`` doesn't say where it is published.
    """
    url = workspace.publishing.url.rstrip("/")
    if not url:
        path = workspace.root / "data" / "publish.toml"
        raise DeclarationError(
            [f"{path}: ange url under [publish], adressen där datapaketet publiceras."]
        )
    descriptor = json.loads(package_files(workspace)[DESCRIPTOR])
    tables = [one for one in descriptor["resources"] if one["format"] == "csv"]
    head = _HEAD.format(maker=generator(), title=descriptor["title"], url=url)
    return (head + "".join(_query(url, table) for table in tables)).encode()


def _query(url: str, table: Mapping[str, Any]) -> str:
    types = ",\n".join(
        f'            {{"{field["name"]}", {_TYPES[field["type"]]}}}'
        for field in table["schema"]["fields"]
    )
    return _QUERY.format(
        name=table["name"], title=table["title"], base=f"{url}/", path=table["path"], types=types
    )
