"""The data package described for dataportal.se: DCAT-AP-SE 3 as RDF/XML, or as JSON-LD.

Mandatory and recommended properties are those of https://docs.dataportal.se/dcat/3.0.1/sv/. The
portal harvests RDF/XML alone. What is written was held against the published SHACL shapes of
DCAT-AP 3.0.1 too: it departs from them where the Swedish profile does, which wants
``dcterms:format`` as text, and says no classes of the addresses in others' vocabularies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import gcd
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

import polars as pl

from ojmf.errors import DeclarationError
from ojmf.present.files import package_mark
from ojmf.present.package import DESCRIPTOR, package_files

if TYPE_CHECKING:
    from ojmf.declarations.smallest import Publishing
    from ojmf.workspace import Workspace

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_LICENCES = {
    "CC0-1.0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
}
_FREQUENCIES = {
    1: "MONTHLY",
    3: "QUARTERLY",
    4: "ANNUAL_3",
    6: "ANNUAL_2",
    12: "ANNUAL",
    24: "BIENNIAL",
}
"""How often figures come, by the months between their periods."""
_YEAR = 12
_LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"


def catalogue(workspace: Workspace, licence: str, suffix: str) -> bytes:
    """The catalogue entry of the data package that is published at ``[publish] url``.

    ``suffix`` is that of its file, a key of ``WRITTEN_AS``.

    Raises ``DeclarationError`` where ``data/publish.toml`` lacks what the profile requires.
    """
    said = workspace.publishing
    missing = [
        f"{name} ({what})"
        for name, value, what in (
            ("publisher", said.publisher, "myndigheten som ger ut uppgifterna"),
            ("url", said.url, "adressen där datapaketet publiceras, https://…"),
            ("contact", said.contact, "enheten som svarar på frågor"),
            ("email", said.email, "dit man skriver"),
        )
        if not value
    ]
    if missing:
        path = workspace.root / "data" / "publish.toml"
        raise DeclarationError(
            [f"{path}: DCAT-AP-SE kräver {name} under [publish]." for name in missing]
        )
    files = package_files(workspace, licence)
    descriptor = json.loads(files[DESCRIPTOR])
    base = said.url.rstrip("/")
    publisher = {"@id": f"{base}/#utgivare"}
    dataset = {"@id": f"{base}/#datamangd"}
    distributions = [_distribution(base, one, licence) for one in descriptor["resources"]]
    newest = _day(workspace.newest())
    sweden = {"@id": f"{_AUTHORITY}/country/SWE"}
    span = _temporal(workspace, f"{base}/#period")
    graph: list[dict[str, Any]] = [
        {
            "@id": f"{base}/#katalog",
            "@type": "dcat:Catalog",
            "dcterms:title": _swedish(f"Öppna data från {said.publisher}"),
            "dcterms:description": _swedish(
                f"Uppgifter om socialtjänsten som {said.publisher} ger ut som öppna data."
            ),
            "dcterms:publisher": publisher,
            "dcterms:license": {"@id": _LICENCES[licence]},
            "dcterms:language": _language(),
            "dcterms:spatial": sweden,
            "dcterms:modified": newest,
            **_page("foaf:homepage", said.homepage),
            "dcat:themeTaxonomy": {"@id": f"{_AUTHORITY}/data-theme"},
            "dcat:dataset": dataset,
        },
        {
            **dataset,
            "@type": "dcat:Dataset",
            "dcterms:title": _swedish(descriptor["title"]),
            "dcterms:description": _swedish(descriptor["description"]),
            "dcterms:publisher": publisher,
            "dcat:contactPoint": {"@id": f"{base}/#kontakt"},
            "dcat:keyword": [_swedish(word) for word in descriptor["keywords"]],
            "dcat:theme": [{"@id": f"{_AUTHORITY}/data-theme/{name}"} for name in ("SOCI", "GOVE")],
            "dcterms:language": _language(),
            "dcterms:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC"},
            **_frequency(workspace),
            "dcterms:spatial": sweden,
            "dcterms:modified": newest,
            **({"dcterms:temporal": {"@id": span["@id"]}} if span else {}),
            **_page("dcat:landingPage", said.homepage),
            "dcat:distribution": [{"@id": one["@id"]} for one in distributions],
        },
        *distributions,
        *([span] if span else []),
        _agent(said, f"{base}/#utgivare"),
        {
            "@id": f"{base}/#kontakt",
            "@type": "vcard:Organization",
            "vcard:fn": said.contact,
            "vcard:hasEmail": {"@id": f"mailto:{said.email}"},
        },
    ]
    return WRITTEN_AS[suffix](graph)


def _json_ld(graph: Sequence[Mapping[str, Any]]) -> bytes:
    text = json.dumps(
        {"@context": _CONTEXT, "generator": package_mark(), "@graph": graph},
        ensure_ascii=False,
        indent=2,
    )
    return f"{text}\n".encode()


def _rdf_xml(graph: Sequence[Mapping[str, Any]]) -> bytes:
    """The same graph in the only syntax that the portal reads."""
    for prefix, address in [("rdf", _RDF), *_CONTEXT.items()]:
        Xml.register_namespace(prefix, address)
    root = Xml.Element(_tag("rdf:RDF"))
    for node in graph:
        about = {_tag("rdf:about"): node["@id"]}
        element = Xml.SubElement(root, _tag(node["@type"]), about)
        for name, values in node.items():
            if not name.startswith("@"):
                for value in values if isinstance(values, list) else [values]:
                    _property(element, name, value)
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode")
    made_by = " ".join(package_mark().values())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {made_by} -->\n{text}\n'.encode()


def _property(node: Xml.Element, name: str, value: str | Mapping[str, str]) -> None:
    element = Xml.SubElement(node, _tag(name))
    if isinstance(value, str):
        element.text = value
        return
    element.text = value.get("@value")
    if "@id" in value:
        element.set(_tag("rdf:resource"), value["@id"])
    if "@language" in value:
        element.set("{http://www.w3.org/XML/1998/namespace}lang", value["@language"])
    if "@type" in value:
        prefix, _, kind = value["@type"].partition(":")
        element.set(_tag("rdf:datatype"), _CONTEXT[prefix] + kind)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_RDF if prefix == 'rdf' else _CONTEXT[prefix]}}}{local}"


WRITTEN_AS = {".rdf": _rdf_xml, ".jsonld": _json_ld}
"""How the entry is written, by the suffix of its file."""


def _distribution(base: str, resource: Mapping[str, Any], licence: str) -> dict[str, Any]:
    address = f"{base}/{resource['path']}"
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dcterms:title": _swedish(resource["title"]),
        "dcterms:description": _swedish(
            f"En tabell i ett datapaket (Frictionless Data Package). {base}/{DESCRIPTOR} säger "
            "vad kolumnerna betyder."
        ),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcterms:format": resource["mediatype"],
        "dcterms:license": {"@id": _LICENCES[licence]},
        "dcat:byteSize": {"@value": str(resource["bytes"]), "@type": "xsd:nonNegativeInteger"},
    }


def _temporal(workspace: Workspace, address: str) -> dict[str, Any] | None:
    """The first and the last day that the figures are about; None without any."""
    shown = workspace.observations()
    first, last = shown["period_start"].min(), shown["period_end"].max()
    if not (isinstance(first, date) and isinstance(last, date)):
        return None
    return {
        "@id": address,
        "@type": "dcterms:PeriodOfTime",
        "dcat:startDate": _day(first),
        "dcat:endDate": _day(last),
    }


def _frequency(workspace: Workspace) -> dict[str, dict[str, str]]:
    """How often figures come, by the periods that series have; nothing where that differs.

    Years may be missing in between, for a series is not always fetched whole.
    """
    series = ["indicator_id", "geo", "sex", "scenario", "period_kind"]
    ends = workspace.observations().select(*series, "period_end").drop_nulls().unique()
    months = pl.col("period_end").dt.year() * _YEAR + pl.col("period_end").dt.month()
    between = ends.sort("period_end").select(months.diff().over(series)).to_series()
    steps = between.drop_nulls().unique().to_list()
    common = gcd(*steps)
    known = common % _YEAR == 0 or steps == [common]
    name = _FREQUENCIES.get(common) if known else None
    address = {"@id": f"{_AUTHORITY}/frequency/{name}"}
    return {"dcterms:accrualPeriodicity": address} if name else {}


def _page(name: str, address: str) -> dict[str, dict[str, str]]:
    """The page that tells of the data, where one is declared."""
    return {name: {"@id": address}} if address else {}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _agent(said: Publishing, address: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "foaf:Agent",
        "foaf:name": _swedish(said.publisher),
        "dcterms:type": {"@id": _LOCAL_AUTHORITY},
    }


def _swedish(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "sv"}


def _language() -> dict[str, str]:
    return {"@id": f"{_AUTHORITY}/language/SWE"}
