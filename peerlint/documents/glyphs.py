"""Characters as a reader of the printed page takes them: tick boxes, ligatures, odd spaces."""

from __future__ import annotations

import re
import unicodedata

from peerlint.documents.model import TICKED, UNTICKED

_TICKED_CHARACTERS = "☑☒✓✔✗✘⊠☓🗷🗸🗹✅❎🗵⮽⮾◉🔘▣"
_UNTICKED_CHARACTERS = "☐□▢◻◽❏❐❑❒⬜⎕🞎🞏🗆"
_INVISIBLE_CHARACTERS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\ufe0e\ufe0f"

_SINGLE = str.maketrans(
    {
        **dict.fromkeys(_TICKED_CHARACTERS, TICKED),
        **dict.fromkeys(_UNTICKED_CHARACTERS, UNTICKED),
        **dict.fromkeys(_INVISIBLE_CHARACTERS, ""),
        **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        "\u2011": "-",
        "\u2010": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
    }
)

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\r]")
_ASCII_TICKED = re.compile(
    r"\[ ?[xX] ?\]|\( ?[xX] ?\)|(?<![\w_])_+[xX]_+(?!\w)|[\[(] ?☒ ?[\])]|(?<![\w_])_+☒_+|☐ ?☒(?!\s*☐)|☒☐(?=\s)"
)
_ASCII_UNTICKED = re.compile(r"\[[ _]{0,4}\]|\([ _]{1,4}\)|[\[(] ?☐ ?[\])]")
_BLANK_BEFORE_WORD = re.compile(r"(?<![\w_:])_{2,5}(?= ?\w)")
_UNDERSCORED_TICK = re.compile(r"(?<![\w_])_+(?:[xX]|☒)_+(?!\w)")
_BOX_AND_TAB = re.compile(rf"^([{TICKED}{UNTICKED}])\t")
_CAPTION_AND_BOX = re.compile(rf"([^{TICKED}{UNTICKED}]*)([{TICKED}{UNTICKED}])")
_ROUND = str.maketrans({"●": TICKED, "⚫": TICKED, "⦿": TICKED, "○": UNTICKED, "◯": UNTICKED, "⚪": UNTICKED})
_SQUARE = str.maketrans({"■": TICKED, "◼": TICKED, "⬛": TICKED})

_PICTURE_FONTS: dict[str, tuple[frozenset[int], frozenset[int]]] = {
    "wingdings": (frozenset({0x78, 0xFB, 0xFC, 0xFD, 0xFE}), frozenset({0x6F, 0x70, 0x71, 0x72, 0xA8})),
    "wingdings 2": (frozenset({0x4F, 0x50, 0x51, 0x52, 0x53, 0x54}), frozenset({0x2A, 0x30, 0x35, 0xA3})),
    "webdings": (frozenset({0x61, 0x67, 0x72}), frozenset({0x63})),
    "zapfdingbats": (frozenset({0x33, 0x34, 0x35, 0x36, 0x37, 0x38}), frozenset({0x6F, 0x70, 0x71, 0x72})),
}


def picture_font(font: str) -> str:
    """The picture font behind a font's name ("ABCDEF+Wingdings2" -> "wingdings 2"), "" for a font of letters."""
    name = font.lower().rpartition("+")[2].replace("-", "").replace(" ", "").removeprefix("itc")
    if name.startswith("wingdings2"):
        return "wingdings 2"
    return next((known for known in ("wingdings", "webdings", "zapfdingbats") if name.startswith(known)), "")


def unknown_picture(code: int) -> str:
    """What a private character prints whose font was lost on the way: one of the Wingdings, most likely."""
    found = picture_character(code, "wingdings")
    return found if found != "•" else picture_character(code, "wingdings 2")


def picture_character(code: int, font: str) -> str:
    """What a character of a picture font prints: a tick box, or a bullet for any other picture."""
    ticked, unticked = _PICTURE_FONTS[font]
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if code in ticked:
        return TICKED
    return UNTICKED if code in unticked else "•"


def plain(text: str) -> str:
    """Text with single characters normalised: tick boxes, ligatures, spaces; controls but tab and newline dropped."""
    text = text.translate(_SINGLE)
    return _CONTROLS.sub("", text)


def printed(line: str) -> str:
    """A whole line or paragraph as printed: typed tick boxes ("[x]", "( )", "_X_ Home"), and gaps as tabs."""
    line = plain(line)
    line = _round_boxes(line)
    if _UNDERSCORED_TICK.search(line):
        line = _BLANK_BEFORE_WORD.sub(UNTICKED, line)
    line = _ASCII_UNTICKED.sub(UNTICKED, _ASCII_TICKED.sub(TICKED, line))
    line = re.sub(r" *\t[ \t]*| {3,}", "\t", line).replace("  ", " ")
    return "\n".join(_box_first(piece.strip()) for piece in line.split("\n")).strip()


def _box_first(line: str) -> str:
    """A line whose boxes stand behind their captions ("Initial ☐  Annual ☒"), with the boxes before them."""
    line = _BOX_AND_TAB.sub(r"\1 ", line)
    if not line.endswith((TICKED, UNTICKED)):
        return line
    label, colon, choices = line.rpartition(":")
    pieces = _CAPTION_AND_BOX.findall(choices)
    if not pieces or not all(caption.strip() for caption, _ in pieces):
        return line
    moved = "".join(
        f"{'	' if n and caption[0] == '	' else ' '}{box} {caption.strip()}"
        for n, (caption, box) in enumerate(pieces)
    )
    return f"{label}{colon}{moved}" if colon else moved.strip()


def _round_boxes(line: str) -> str:
    """Filled and hollow circles or squares are choices only beside each other; alone they are list bullets."""
    if any(c in line for c in "○◯⚪") and (any(c in line for c in "●⚫⦿") or sum(map(line.count, "○◯⚪")) > 1):
        line = line.translate(_ROUND)
    if UNTICKED in line:
        line = line.translate(_SQUARE)
    return line
