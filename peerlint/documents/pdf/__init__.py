"""PDF files: pdfium's positioned characters and drawn shapes, laid out again as a reader of the page takes them."""

from peerlint.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
