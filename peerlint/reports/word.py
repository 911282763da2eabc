"""Building blocks of the Word reports: headings, tables with repeated heads, page numbers, the run's identity.

With a template, its letterhead, page layout and styles stay as the agency made them; the report is written after what
the template holds.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor

from peerlint.findings.tally import Identity
from peerlint.reports import ReportingError

_SOFT = RGBColor(0x4B, 0x58, 0x68)
_STYLES = {"Heading 1": 16, "Heading 2": 12.5, "Heading 3": 10.5}
_TWENTIETHS = 1440
_HEAD_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="DCE5EE"/>'
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class Letter:
    """A Word document in the making."""

    def __init__(self, who: Identity, template: Path | None, title: str) -> None:
        self._document: Any = _open(template)
        self._styles = {style.name for style in self._document.styles}
        self._who = who
        self._own_look = template is None
        if self._own_look:
            self._plain_look()
        self._sign(title)
        self._stamp_pages()

    def heading(self, text: str, level: int = 1) -> None:
        name = f"Heading {level}"
        if name in self._styles:
            self._document.add_heading(text, level)
        else:
            run = self._document.add_paragraph().add_run(text)
            run.bold, run.font.size = True, Pt(_STYLES[name])

    def paragraph(self, text: str, *, soft: bool = False) -> None:
        run = self._document.add_paragraph().add_run(text)
        if soft:
            run.font.color.rgb = _SOFT

    def bullets(self, lines: Iterable[str]) -> None:
        named = "List Bullet" in self._styles
        for line in lines:
            self._document.add_paragraph(line if named else f"• {line}", style="List Bullet" if named else None)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], inches: Sequence[float]) -> None:
        """A bordered table; its head is repeated on every page and no row is torn apart."""
        table = parse_xml(_table(heads, rows, [round(inch * _TWENTIETHS) for inch in inches]))
        self._document.element.body.insert_element_before(table, "w:sectPr")
        self._document.add_paragraph()

    def landscape(self) -> None:
        """What follows stands on wide pages of their own."""
        self._turn(self._document.add_section())

    def landscape_from_start(self) -> None:
        """The pages that the document has so far are wide ones."""
        self._turn(self._document.sections[-1])

    def _turn(self, section: Any) -> None:
        if section.orientation != WD_ORIENT.LANDSCAPE:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width

    def content(self) -> bytes:
        file = io.BytesIO()
        self._document.save(file)
        return _undated(file.getvalue())

    def _plain_look(self) -> None:
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10)
        normal.paragraph_format.space_after = Pt(4)
        for name, size in _STYLES.items():
            font = self._document.styles[name].font
            font.name, font.size, font.color.rgb = "Calibri", Pt(size), RGBColor(0x0B, 0x3C, 0x5D)
            fonts = self._document.styles[name].element.rPr.rFonts
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
        section = self._document.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(0.8)
        section.top_margin = section.bottom_margin = Inches(0.8)

    def _sign(self, title: str) -> None:
        properties = self._document.core_properties
        try:
            moment = datetime.fromisoformat(self._who.as_of)
        except ValueError:
            moment = datetime(2000, 1, 1)
        properties.title = title
        properties.author = properties.last_modified_by = f"{self._who.tool} {self._who.version}"
        properties.comments = self._who.line
        properties.created = properties.modified = moment
        properties.revision = 1

    def _stamp_pages(self) -> None:
        footer = self._document.sections[0].footer
        empty = len(footer.paragraphs) == 1 and not footer.paragraphs[0].text
        line = footer.paragraphs[0] if empty else footer.add_paragraph()
        _small(line.add_run(f"{self._who.line} | page "))
        _field(line, "PAGE")
        _small(line.add_run(" of "))
        _field(line, "NUMPAGES")


def _open(template: Path | None) -> Any:
    try:
        return Document(str(template) if template else None)
    except Exception as error:
        raise ReportingError(f"cannot open the Word template {template} ({type(error).__name__})") from error


def _small(run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(7.5), _SOFT


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    _small(run)
    field.append(run._r)
    paragraph._p.append(field)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> str:
    """A table as WordprocessingML; widths in twentieths of a point."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B8C2CE"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(texts, widths, "<w:cantSplit/>", "", "") for texts in rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(heads, widths, '<w:cantSplit/><w:tblHeader/>', _HEAD_SHADE, '<w:b/>')}{body}</w:tbl>"
    )


def _row(texts: Sequence[str], widths: Sequence[int], row: str, shade: str, weight: str) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{_cell(text, weight)}</w:tc>'
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{row}</w:trPr>{cells}</w:tr>"


def _cell(text: str, weight: str) -> str:
    return "".join(
        f'<w:p><w:pPr><w:spacing w:after="20"/></w:pPr><w:r><w:rPr>{weight}<w:sz w:val="17"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )


def _undated(package: bytes) -> bytes:
    """The same package with the parts' times of writing taken out, so that one run always makes the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(part))
    return file.getvalue()
