"""Word files: a guarded zip, and one walk over everything a reader of the page would see."""

from peerlint.documents.docx.reader import read_docx

__all__ = ["read_docx"]
