"""What the paragraphs of a Word document show: runs with their look, fields, symbols, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from ojmf.ingest.readers import symbols
from ojmf.ingest.readers.colours import alike
from ojmf.ingest.readers.runs import SMALLEST, Look, Run
from ojmf.ingest.readers.word_tables import qn, shading, table_shading

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_THEME, _PALE_THEMES = "w:themeColor", {"background1", "light1"}
_USUAL_SIZE = 20
_NARROWEST = 15.0
"""Letters drawn together to so many percent of their width are not read by anyone."""
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_NO_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_FORMULAS = {f"{_MATH}oMath", f"{_MATH}oMathPara"}
_GONE = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:rt")}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:ptab"): "\t"}
_NOTES = {
    qn("w:footnoteReference"): (RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote"),
    qn("w:endnoteReference"): (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote"),
}
_PARAGRAPH_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_OFF = {"0", "false", "off", "none"}
_SIGNS = set("-–−<>≤≥~+±\xb7\uf02d")


def inner(element: Any) -> Iterator[Any]:
    """The children of an element, those in content controls and tracked insertions as well."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from inner(child)
        else:
            yield child


class WordRuns:
    """Reads paragraphs in the document's order, as fields run on and footnotes are counted.

    What is met beside the text waits for ``take_facts``; ``footnotes`` are the names and texts of
    those met since ``take_footnotes``.
    """

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.fields: list[bool] = []
        self.ground: tuple[Any, ...] | None = None
        self.marks: list[str] = []
        self.notes: list[str] = []
        self.refused: str | None = None
        self.counted = dict.fromkeys(_NOTES, 0)
        self.footnotes: list[tuple[str, str]] = []
        self.boxes = 0
        self.plain: dict[tuple[str | None, str | None], tuple[Look, str | None, float]] = {}
        self._style = lru_cache(maxsize=None)(self._style_properties)
        self._run_style = lru_cache(maxsize=None)(self._inherited)

    def take_facts(self) -> tuple[list[str], list[str], str | None]:
        """Marks, notes and the reason to refuse what was read since last time."""
        taken = self.marks, self.notes, self.refused
        self.marks, self.notes, self.refused = [], [], None
        return taken

    def take_footnotes(self) -> list[tuple[str, str]]:
        """The names ("fotnot 2") and the texts of the footnotes met since last time."""
        taken, self.footnotes = self.footnotes, []
        return taken

    def remarks(self) -> list[str]:
        """What the document shows that is not read."""
        return [f"{self.boxes} textrutor läses inte"] if self.boxes else []

    def of_cell(self, cell: Any, ground: tuple[Any, int, int, int]) -> Iterator[Run]:
        """The runs of a cell, each of its paragraphs on a line of its own, without tables in it.

        ``ground``: the table, the cell's row in it, the number of rows, and the cell's column.
        """
        self.ground = (cell, *ground)
        yield from self._walk([part for part in inner(cell) if part.tag != qn("w:tbl")], None)
        self.ground = None

    def of_paragraph(self, paragraph: Any) -> Iterator[Run]:
        """The runs of a paragraph, as it stands when all tracked changes are accepted."""
        listed = self._list_sign(paragraph)
        if listed and _SIGNS.issuperset(listed):
            self.notes.append(f"listans tecken ”{listed}” hör inte till talet")
        yield from self._walk(paragraph, paragraph)

    def _walk(self, element: Any, paragraph: Any) -> Iterator[Run]:
        for child in element:
            tag = child.tag
            if tag == qn("w:p"):
                yield from self.of_paragraph(child)
                yield Run("\n")
            elif tag == qn("w:r"):
                yield from self._run(child, paragraph)
            elif tag in _FORMULAS:
                yield Run("".join(t.text or "" for t in child.iter(f"{_MATH}t")))
                self.refused = "texten står i en formel"
            elif tag == _ALTERNATE:
                yield from self._walk(child[0] if len(child) else (), paragraph)
            elif tag not in _GONE and isinstance(tag, str):
                yield from self._walk(child, paragraph)

    def _run(self, run: Any, paragraph: Any) -> Iterator[Run]:
        look, font, size = self._appearance(run, paragraph)
        for child in run:
            tag = child.tag
            if tag == qn("w:fldChar"):
                yield from self._field(child)
            elif not all(self.fields):
                continue  # the instruction of a field, or a field within it, is not shown
            elif tag == qn("w:t"):
                yield Run(self._shown(child.text or "", font), look, size)
            elif tag in _BREAKS:
                yield Run(_BREAKS[tag], look)
            elif tag == qn("w:noBreakHyphen"):
                yield Run("-", look)
            elif tag == qn("w:sym"):
                sign = chr(int(child.get(qn("w:char"), "25A1"), 16))
                yield Run(self._shown(sign, child.get(qn("w:font"))), look)
            elif tag in _NOTES:
                self._note(child)
            elif next(child.iter(qn("w:txbxContent")), None) is not None:
                self.boxes += 1
                self.refused = self.refused or "cellen har en textruta"
            elif tag == _ALTERNATE and len(child):
                yield from self._run_parts(child[0], look, font)
            elif tag == qn("w:ruby"):
                yield from self._walk(child, paragraph)

    def _run_parts(self, element: Any, look: Look, font: str | None) -> Iterator[Run]:
        for text in element.iter(qn("w:t"), qn("w:sym")):
            sign = text.text or chr(int(text.get(qn("w:char"), "25A1"), 16))
            yield Run(self._shown(sign, text.get(qn("w:font"), font)), look)

    def _shown(self, text: str, font: str | None) -> str:
        found, unknown = symbols.shown(text, font)
        if unknown:
            self.refused = self.refused or f"tecknet {unknown} går inte att läsa som text"
        return found

    def _field(self, element: Any) -> Iterator[Run]:
        """Follow a field from its instruction (not shown) to its result (shown)."""
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            chosen = element.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
            if chosen is not None and all(self.fields):
                entries = [entry.get(qn("w:val"), "") for entry in chosen.iter(qn("w:listEntry"))]
                result = chosen.find(qn("w:result"))
                number = int(result.get(qn("w:val"), "0")) if result is not None else 0
                yield Run(entries[number] if number < len(entries) else "")
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: Any) -> None:
        """Count a footnote; one with a mark of its own has it as text behind the reference."""
        kind, tag = _NOTES[reference.tag]
        if reference.get(qn("w:customMarkFollows")) in {"1", "true", "on"}:
            return
        self.counted[reference.tag] += 1
        part = self._part(kind)
        wanted, text = reference.get(qn("w:id")), ""
        for note in parse_xml(part.blob).iter(qn(tag)) if part else ():
            if note.get(qn("w:id")) == wanted:
                text = " ".join("".join(t.text or "" for t in note.iter(qn("w:t"))).split())
        said = f": ”{text[:200]}”" if text else ""
        name = f"fotnot {self.counted[reference.tag]}"
        self.notes.append(f"{name}{said}")
        if text:
            self.footnotes.append((name, text))

    def _part(self, kind: str) -> Any:
        relations = self.document.part.rels.values()
        return next((rel.target_part for rel in relations if rel.reltype == kind), None)

    def _list_sign(self, paragraph: Any) -> str | None:
        """The sign that a list sets before the paragraph."""
        found = (p.find(qn("w:numPr")) for p in self._paragraph_properties(paragraph))
        listed = next((numbering for numbering in found if numbering is not None), None)
        number = None if listed is None else listed.find(qn("w:numId"))
        if listed is None or number is None:
            return None
        part = self._part(RELATIONSHIP_TYPE.NUMBERING)
        if part is None:
            return None
        level = listed.find(qn("w:ilvl"))
        wanted = "0" if level is None else level.get(qn("w:val"), "0")
        numbering = part.element
        abstract = numbering.xpath(
            f"w:num[@w:numId='{number.get(qn('w:val'))}']/w:abstractNumId/@w:val"
        )
        texts = abstract and numbering.xpath(
            f"w:abstractNum[@w:abstractNumId='{abstract[0]}']/w:lvl[@w:ilvl='{wanted}']"
            "/w:lvlText/@w:val"
        )
        return str(texts[0]).strip() if texts else None

    def _style_properties(self, style_id: str | None, kind: WD_STYLE_TYPE, what: str) -> list[Any]:
        """The properties ``what`` of a style and those that it builds on, nearest first."""
        style = self.document.styles.get_by_id(style_id, kind)
        found = []
        while style is not None:
            if (properties := style.element.find(qn(what))) is not None:
                found.append(properties)
            style = style.base_style
        return found

    def _paragraph_properties(self, paragraph: Any) -> list[Any]:
        own = paragraph.find(qn("w:pPr"))
        named = None if own is None else own.find(qn("w:pStyle"))
        style = None if named is None else named.get(qn("w:val"))
        return [
            *([] if own is None else [own]),
            *self._style(style, WD_STYLE_TYPE.PARAGRAPH, "w:pPr"),
        ]

    def _inherited(self, character: str | None, paragraph: str | None) -> list[Any]:
        """The run properties of the styles of a run and its paragraph, and the document's own."""
        found = []
        if character is not None:
            found += self._style(character, WD_STYLE_TYPE.CHARACTER, "w:rPr")
        found += self._style(paragraph, WD_STYLE_TYPE.PARAGRAPH, "w:rPr")
        defaults = self.document.styles.element.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )
        return found if defaults is None else [*found, defaults]

    def _appearance(self, run: Any, paragraph: Any) -> tuple[Look, str | None, float]:
        """The look of a run, the name of its font and its size in half points."""
        own = run.find(qn("w:rPr"))
        named = None if own is None else own.find(qn("w:rStyle"))
        at = None if paragraph is None else paragraph.find(_PARAGRAPH_STYLE)
        styles = (
            None if named is None else named.get(qn("w:val")),
            None if at is None else at.get(qn("w:val")),
        )
        if (own is None or not len(own)) and styles in self.plain:
            return self.plain[styles]
        inherited = self._run_style(*styles)
        properties = inherited if own is None else [own, *inherited]
        font = _value(properties, "w:rFonts", "w:ascii")
        size = float(_value(properties, "w:sz") or _USUAL_SIZE)
        found = self._look(properties, paragraph), font, size
        if properties is inherited and _value(properties, "w:color") is None:
            self.plain[styles] = found
        return found

    def _look(self, properties: list[Any], paragraph: Any) -> Look:
        size, colour = _value(properties, "w:sz"), _value(properties, "w:color")
        if colour is None and _value(properties, "w:color", _THEME) in _PALE_THEMES:
            colour = "FFFFFF"
        scale = _value(properties, "w:w")
        shift = int(_value(properties, "w:position") or 0)
        position = _value(properties, "w:vertAlign")
        looks = {
            Look.UNSEEN: _on(properties, "w:vanish")
            or _on(properties, "w:specVanish")
            or (size is not None and float(size) / 2 < SMALLEST)
            or (scale is not None and float(scale.rstrip("%")) < _NARROWEST)
            or any(p.find(f"{_NO_FILL}/{{*}}noFill") is not None for p in properties)
            or (colour is not None and alike(colour, self._ground(properties, paragraph))),
            Look.STRUCK: _on(properties, "w:strike") or _on(properties, "w:dstrike"),
            Look.RAISED: position == "superscript" or shift > 0,
            Look.LOWERED: position == "subscript" or shift < 0,
        }
        return next((look for look, holds in looks.items() if holds), Look.SHOWN)

    def _ground(self, properties: list[Any], paragraph: Any) -> str:
        """The colour behind a run: its own, its paragraph's, its cell's or table's, else white."""
        highlight = _value(properties, "w:highlight")
        if highlight is not None:
            return "FFFFFF" if highlight == "white" else highlight
        near = [*properties, *([] if paragraph is None else self._paragraph_properties(paragraph))]
        own = next((colour for p in near if (colour := shading(p))), None)
        if own is None and self.ground is not None:
            own = table_shading(self.document, *self.ground)
        return own or "FFFFFF"


def _on(properties: list[Any], name: str) -> bool:
    """Whether a switch is on, by the nearest that names it."""
    found = next((p.find(qn(name)) for p in properties if p.find(qn(name)) is not None), None)
    return found is not None and found.get(qn("w:val"), "1") not in _OFF


def _value(properties: list[Any], name: str, attribute: str = "w:val") -> str | None:
    found = (p.find(qn(name)) for p in properties)
    value = next((f.get(qn(attribute)) for f in found if f is not None), None)
    return None if value in {"auto", "none"} else value
