"""Footnotes in a rendered Word document: marks in its text become real notes.

A template holds texts, not notes. A text that needs one carries a mark, a number between two
characters of Unicode's private use area, which goes wherever the template puts the text. After
rendering each mark becomes a reference to a note of its own, numbered by Word in reading order.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ue000\ue001\ufffe\uffff]")
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_REFERENCE_STYLE = "footnote reference"
_TEXT_STYLE = "footnote text"


class Notes:
    """The texts of the notes that a document may refer to."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def mark(self, text: str) -> str:
        """The mark of a note, to stand in a text where its number is to be."""
        self.texts.append(text)
        return f"{_OPEN}{len(self.texts) - 1}{_CLOSE}"


def clean(text: str) -> str:
    """A text without the characters that XML forbids, and without marks."""
    return _CONTROL.sub("", text)


def unmarked(text: str) -> str:
    """A text without its marks, for places that can have no notes."""
    return _MARK.sub("", text)


def insert_notes(document: Document, texts: Sequence[str]) -> int:
    """Turn every mark in the body into a footnote; returns how many there are.

    Marks in headers and footers, where Word allows no notes, are taken away.
    """
    for section in document.sections:
        for story in (section.header, section.footer):
            for text in story._element.iter(qn("w:t")):
                text.text = unmarked(text.text or "")
    body = document.element.body
    runs = [
        run
        for run in body.iter(qn("w:r"))
        if any(_MARK.search(text.text or "") for text in run.iter(qn("w:t")))
    ]
    if not runs:
        return 0
    reference = _style(document, _REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
    style = _style(document, _TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    part, root = _footnotes(document)
    number = max([0, *(int(note.get(qn("w:id"))) for note in root)])
    made = 0
    for run in runs:
        for index, place in _split(run, reference):
            made += 1
            place.set(qn("w:id"), str(number + made))
            root.append(_note(number + made, texts[index], style, reference))
    part._blob = _serialized(root)
    return made


def _split(run: Any, reference: str) -> list[tuple[int, Any]]:
    """Replace a run by runs of its pieces; returns each note's index and reference element."""
    properties = run.find(qn("w:rPr"))
    found: list[tuple[int, Any]] = []
    pieces: list[Any] = []

    def piece(*children: Any, style: bool = True) -> None:
        new = OxmlElement("w:r")
        if style and properties is not None:
            new.append(copy.deepcopy(properties))
        new.extend(children)
        pieces.append(new)

    for child in run:
        if child.tag == qn("w:rPr"):
            continue
        if child.tag != qn("w:t"):
            piece(child)
            continue
        for place, text in enumerate(_MARK.split(child.text or "")):
            if place % 2:
                element = OxmlElement("w:footnoteReference")
                found.append((int(text), element))
                piece(_run_style(reference), element, style=False)
            elif text:
                words = OxmlElement("w:t")
                words.text = text
                words.set(qn("xml:space"), "preserve")
                piece(words)
    for new in pieces:
        run.addprevious(new)
    run.getparent().remove(run)
    return found


def _run_style(style: str) -> Any:
    return parse_xml(
        f'<w:rPr {nsdecls("w")}><w:rStyle w:val="{style}"/>'
        '<w:vertAlign w:val="superscript"/></w:rPr>'
    )


def _note(number: int, text: str, style: str, reference: str) -> Any:
    note = parse_xml(
        f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p>'
        f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{reference}"/><w:vertAlign w:val="superscript"/></w:rPr>'
        '<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
        "<w:r><w:t/></w:r></w:p></w:footnote>"
    )
    note.findall(f".//{qn('w:t')}")[-1].text = text
    return note


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> str:
    """The id of a built-in style, made where the template lacks it."""
    for style in document.styles:
        if style.name is not None and style.name.lower() == name:
            return str(style.style_id)
    style = document.styles.add_style(name, kind, builtin=True)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles.default(kind)
        style.font.size = Pt(9)
        style.paragraph_format.space_after = Pt(0)
    return str(style.style_id)


def _footnotes(document: Document) -> tuple[Part, Any]:
    """The part with the footnotes and its root; the template's own, or a new one."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            part = relation.target_part
            return part, parse_xml(part.blob)
    root = parse_xml(
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"), _CONTENT_TYPE, _serialized(root), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part, root


def _serialized(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
