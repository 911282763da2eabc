"""One Word file from its parts to a ``Document``: body, headers, footers, notes, comments, properties."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.documents.docx.package import Element, Package, R, W, open_package
from peerlint.documents.docx.styles import on
from peerlint.documents.docx.walk import Walk
from peerlint.documents.limits import Limits
from peerlint.documents.model import Block, Document, NoTextLayer, Part, Place, Revision, RevisionKind

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))
_CORE_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "created": "created",
    "modified": "modified",
    "revision": "revision",
}


def read_docx(content: bytes, limits: Limits) -> Document:
    """The document in a .docx, .docm, .dotx or .dotm, transitional or strict. Macros are never looked at."""
    package = open_package(content, limits)
    main = package.main_part
    body = package.xml(main)
    walk = Walk(package, main)
    blocks = walk.story(body, Part.BODY)
    blocks += _headers_and_footers(package, main, walk)
    blocks += _notes(package, main, walk)
    blocks += walk.unplaced_signatures()
    if walk.large_pictures and not any(p.text.strip() for b in blocks for p in b.paragraphs()):
        raise NoTextLayer(
            "the Word file holds pictures of pages and no text", "save the scan as PDF and install 'peerlint[ocr]'"
        )
    return Document(
        format="docx",
        blocks=tuple(blocks),
        revisions=(*walk.revisions, *_comments(package, main, walk)),
        warnings=tuple(walk.warnings),
        properties=_properties(package),
    )


def _headers_and_footers(package: Package, main: str, walk: Walk) -> list[Block]:
    """Each distinct header and footer once. First-page and even-page ones count only where the section shows them."""
    body, targets = package.xml(main), package.relations(main)
    seen: set[str] = set()
    blocks: list[Block] = []
    for reference in _shown_references(package, main):
        relation = targets.get(reference.get(R + "id", ""))
        root = package.xml(relation.target) if relation and relation.target else None
        if relation is None or root is None or root is body or relation.target in seen:
            continue
        seen.add(relation.target)
        part = Part.HEADER if reference.tag == W + "headerReference" else Part.FOOTER
        blocks += walk.story(root, part, relation.target)
    return _distinct(blocks)


def _distinct(blocks: list[Block]) -> list[Block]:
    """Blocks without those that say in the same part what an earlier one said."""
    told: set[tuple[Part, str]] = set()
    kept = []
    for block in blocks:
        said = (block.place.part, "\n".join(p.text for p in block.paragraphs()))
        if said not in told:
            kept.append(block)
        told.add(said)
    return kept


def _shown_references(package: Package, main: str) -> Iterator[Element]:
    settings = package.xml(_sibling(main, "settings.xml"))
    even_pages_differ = settings is not None and on(settings.find(W + "evenAndOddHeaders"))
    body = package.xml(main)
    for section in [] if body is None else body.iter(W + "sectPr"):
        shown = {"default": True, "first": on(section.find(W + "titlePg")), "even": even_pages_differ}
        for reference in section.iterchildren(W + "headerReference", W + "footerReference"):
            if shown.get(reference.get(W + "type", "default"), False):
                yield reference


def _notes(package: Package, main: str, walk: Walk) -> list[Block]:
    blocks: list[Block] = []
    for part, note_name in _NOTES:
        name = _related(package, main, part)
        root = package.xml(name)
        for note in [] if root is None else root.iterchildren(W + note_name):
            if note.get(W + "type", "normal") == "normal":
                blocks += walk.story(note, Part.FOOTNOTE, name)
    return blocks


def _comments(package: Package, main: str, walk: Walk) -> list[Revision]:
    root = package.xml(_related(package, main, "comments"))
    settled = _settled_comments(package.xml(_related(package, main, "commentsExtended")))
    revisions = []
    for comment in [] if root is None else root.iterchildren(W + "comment"):
        paragraphs = list(comment.iter(W + "p"))
        text = "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in paragraphs).strip()
        if text and not any(_paragraph_id(p) in settled for p in paragraphs):
            place = walk.comment_places.get(comment.get(W + "id", ""), Place(0, part=Part.COMMENT))
            revisions.append(Revision(RevisionKind.COMMENT, text, comment.get(W + "author", ""), place))
    return revisions


def _settled_comments(root: Element | None) -> set[str]:
    threads = [] if root is None else [e for e in root if isinstance(e.tag, str) and e.tag.endswith("}commentEx")]
    attributes = [{k.rpartition("}")[2]: v for k, v in e.attrib.items()} for e in threads]
    return {a.get("paraId", "") for a in attributes if a.get("done") in ("1", "true")} - {""}


def _paragraph_id(paragraph: Element) -> str:
    return next((v for k, v in paragraph.attrib.items() if k.endswith("}paraId")), "")


def _properties(package: Package) -> dict[str, str]:
    found = {}
    core, app = package.xml("docProps/core.xml"), package.xml("docProps/app.xml")
    for element in [] if core is None else core.iterchildren("{*}*"):
        name = _CORE_PROPERTIES.get(element.tag.rpartition("}")[2])
        if name and (element.text or "").strip():
            found[name] = element.text.strip()
    for element in [] if app is None else app.iterchildren("{*}Application"):
        found["application"] = (element.text or "").strip()
    return found


def _related(package: Package, main: str, kind: str) -> str:
    """The name of the part related to the main part in this way, or where Word would put it."""
    return next(
        (r.target for r in package.relations(main).values() if r.kind == kind and r.target),
        _sibling(main, f"{kind}.xml"),
    )


def _sibling(main: str, name: str) -> str:
    return f"{main.rpartition('/')[0]}/{name}".lstrip("/")
