from pathlib import Path

import pytest

from peerlint.cli.publish import Publication
from peerlint.reports import Options, ReportingError


def test_a_text_format_without_a_file_is_printed_beside_the_others() -> None:
    wanted = Publication.of("concise", ["github", "json:run.json"], Options())
    assert wanted.files == (("github", None), ("json", Path("run.json")))


@pytest.mark.parametrize("words", ["xlsx", "html:", "docx:"])
def test_what_needs_a_file_says_so(words: str) -> None:
    with pytest.raises(ReportingError, match="names no file"):
        Publication.of("console", [words], Options())
