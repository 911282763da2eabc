"""Characters as a reader of the page takes them."""

from __future__ import annotations

import pytest

from peerlint.documents.glyphs import picture_character, picture_font, printed

CASES = {
    "☑ Met □ Not met": "☒ Met ☐ Not met",
    "[x] Home [ ] Work [X] Other": "☒ Home ☐ Work ☒ Other",
    "(x) Yes ( ) No": "☒ Yes ☐ No",
    "_X_ Home ___ Work": "☒ Home ☐ Work",
    "● Yes ○ No": "☒ Yes ☐ No",
    "■ Yes □ No": "☒ Yes ☐ No",
    "Initial plan ☒\tUpdate ☐\tAnnual ☐": "☒ Initial plan\t☐ Update\t☐ Annual",
    "Attended: Yes ☐ No ☒": "Attended: ☐ Yes ☒ No",
    "☒\tHome": "☒ Home",
    "e\ufb03cient \ufb02ow": "efficient flow",
    "soft\u00adhyphen\u200b": "softhyphen",
    "Name:\u00a0Ada": "Name: Ada",
    "Name:      Ada": "Name:\tAda",
    "self\u2011advocacy": "self-advocacy",
}
INNOCENT = [
    "● A bullet that stands alone",
    "■ Another bullet",
    "Signature: ________ Date: ____",
    "Goal (a) and goal (x1)",
    "Seen by Dr. X. Ray (see page 2)",
    "Units: 4 (four)",
    "Consent: ☒",
]


@pytest.mark.parametrize("text", CASES)
def test_normalises(text: str) -> None:
    assert printed(text) == CASES[text]


@pytest.mark.parametrize("text", INNOCENT)
def test_leaves_alone(text: str) -> None:
    assert printed(text) == text


@pytest.mark.parametrize("text", [*CASES, *INNOCENT])
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert printed(printed(text)) == printed(text)


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("ABCDEF+Wingdings-Regular", 0xF0FE, "☒"),
        ("Wingdings", 0xA8, "☐"),
        ("Wingdings 2", 0x52, "☒"),
        ("Webdings", 0x63, "☐"),
        ("Wingdings", 0x46, "•"),
    ],
)
def test_picture_fonts(font: str, code: int, sign: str) -> None:
    assert picture_character(code, picture_font(font)) == sign


def test_fonts_of_letters_are_no_picture_fonts() -> None:
    assert not any(picture_font(font) for font in ("Helvetica", "Symbol", "WinGothic", ""))
