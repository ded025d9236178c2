"""Filling a Word template: placeholders to text, every fault of the template told by its name."""

from __future__ import annotations

import io
import pickle
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from ojmf.errors import InputError
from ojmf.ingest.readers.guard import Task, answer, run_guarded
from ojmf.present.files import MAKER
from ojmf.present.report.notes import insert_notes
from ojmf.suggestions import did_you_mean

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LANGUAGE = "sv-SE"
_TAG = re.compile(r"<[^>]+>")
_PLACEHOLDER = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"'([^']+)'")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_HELP = (
    "Platshållarna beskrivs i docs/rapportmall.md; en mall att utgå från ges av --init-template."
)

_FILLING = Task("fyllts", "fylls", "Ta bort slingor i mallen som går runt för många gånger")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a template: its bytes, its text alternative and its width in cm."""

    content: bytes
    alt: str
    width: float


class _Inline:
    """A picture in the part that is being rendered, as the XML that stands in a run."""

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        self.document = document
        self.picture = picture

    def __html__(self) -> str:
        part = self.document.current_rendering_part
        inline = part.new_pic_inline(io.BytesIO(self.picture.content), Cm(self.picture.width))
        inline.docPr.set("descr", self.picture.alt)
        return (
            f"</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )


class _StrictTemplate(DocxTemplate):  # type: ignore[misc]
    """A template whose result must be well-formed; the base class repairs what is not, silently."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        return super().fix_tables(xml)


def render(
    template: bytes,
    name: str,
    values: DataclassInstance,
    *,
    title: str,
    day: date,
    notes: Sequence[str] = (),
) -> bytes:
    """The document that a template gives; ``name`` is the template's, for messages.

    ``values`` is a dataclass with a field for each placeholder; a template can't change them.
    ``title`` and ``day`` become properties of the document. The same input gives the same bytes.
    Raises ``InputError`` for a file that is no Word document, broken XML, an unknown placeholder
    and a placeholder that is not written as it should be.
    """
    context = {field.name: getattr(values, field.name) for field in fields(values)}
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document = _StrictTemplate(io.BytesIO(template))
    try:
        document.init_docx()
        _refuse_unknown(document, name, environment, context)
        document.render(
            {
                name: _Inline(document, value) if isinstance(value, Picture) else value
                for name, value in context.items()
            },
            environment,
        )
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"{name}: mallen är inget Word-dokument. Spara den som .docx.") from error
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{name}: mallen går inte att fylla i ({error.msg}). En slinga börjar och slutar "
            "troligen på olika slags ställen: {%p … %} står i egna stycken, {%tr … %} i egna "
            f"tabellrader. {_HELP}"
        ) from error
    except UndefinedError as error:
        part = _QUOTED.findall(str(error.message))[-1]
        raise InputError(
            f"{name}: okänd platshållare ”{part}”{_written(document, [part])}. {_HELP}"
        ) from error
    except TemplateSyntaxError as error:
        raise InputError(_misspelt(name, error)) from error
    except MemoryError:
        raise
    except Exception as error:  # a template is a program of a user's, and may break anything
        raise InputError(
            f"{name}: en platshållare{_written(document, _QUOTED.findall(str(error)))} kan inte "
            f"räknas ut ({error}). {_HELP}"
        ) from error
    filled: Document = document.docx
    insert_notes(filled, notes)
    _finish(filled, title, day)
    return _saved(filled)


def render_guarded(
    template: bytes,
    name: str,
    values: DataclassInstance,
    *,
    title: str,
    day: date,
    notes: Sequence[str] = (),
) -> bytes:
    """:func:`render` with a user's template, in a process with limits on time and memory."""
    asked = pickle.dumps((template, name, values, {"title": title, "day": day, "notes": notes}))
    content = run_guarded(Path(name), __name__, [name], _FILLING, asked)
    assert isinstance(content, bytes)
    return content


def child(path: str, seconds: str, megabytes: str) -> NoReturn:
    """Fill the template that stands on stdin with all that :func:`render` needs."""

    def filled() -> bytes:
        template, name, values, given = pickle.load(sys.stdin.buffer)
        return render(template, name, values, **given)

    answer(filled, Path(path), seconds, megabytes)


def _refuse_unknown(
    document: DocxTemplate,
    name: str,
    environment: ImmutableSandboxedEnvironment,
    context: Mapping[str, Any],
) -> None:
    """Raise ``InputError`` for all placeholders that have no value, in body, head and foot."""
    unknown = sorted(document.get_undeclared_template_variables(environment, dict(context)))
    if unknown:
        lines = []
        for word in unknown:
            hint = did_you_mean(word, context, briefly=True)
            said = [f"{name}: okänd platshållare ”{word}”.", hint, _HELP]
            lines.append(" ".join(filter(None, said)))
        raise InputError("\n".join(lines))


def _written(document: DocxTemplate, words: Iterable[str]) -> str:
    """The first placeholder in the body that has one of the words, as it is written there."""
    text = _TAG.sub("", document.patch_xml(document.get_xml()))
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words) or r"\Z.")
    found = next((part for part in _PLACEHOLDER.findall(text) if pattern.search(part)), "")
    return f" i {' '.join(found.split())}" if found else ""


def _misspelt(name: str, error: TemplateSyntaxError) -> str:
    lines = list(getattr(error, "docx_context", ()))
    near = next((line.strip() for line in lines[3:4] if line.strip()), "")
    where = f" i ”{near[:80]}”" if near else ""
    return f"{name}: en platshållare är felskriven{where}: {error.message}. {_HELP}"


def _finish(document: Document, title: str, day: date) -> None:
    """Language, title and date of a document, and who made it."""
    properties = document.core_properties
    properties.title = title
    properties.language = LANGUAGE
    properties.author = properties.author or MAKER
    properties.last_modified_by = MAKER
    properties.created = properties.modified = datetime.combine(day, time())
    properties.revision = 1
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    if defaults is None:
        return
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _saved(document: Document) -> bytes:
    """The bytes of a document, whose parts carry no time of writing."""
    written, steady = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(steady, "w") as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item))
    return steady.getvalue()
