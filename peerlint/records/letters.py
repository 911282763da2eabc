"""The letters that stand for the parts of a note (SOAP, DAP, PIE, BIRP, GIRP), written without a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMATS = ("SOAP", "DAP", "PIE", "BIRP", "GIRP")
_LED = re.compile(r"\s*(?P<letter>[SOPDEBRG]|[AI](?=\s+[A-Z\"“‘(]|\s*$))(?:\s+|$)(?=\S|$)")


def led_by_letters(texts: Sequence[str]) -> dict[int, str]:
    """Number of each text that a letter of one of the formats leads -> the text with a colon behind that letter.

    The letters count only where all those of a format lead texts in its order: "A friend came along" in a note without
    the other letters, and "I walked", are sentences.
    """
    led = [(number, match) for number, text in enumerate(texts) if (match := _LED.match(text))]
    letters = "".join(match["letter"] for _, match in led)
    first, count = next(((letters.find(name), len(name)) for name in _FORMATS if name in letters), (0, 0))
    return {
        number: f"{match['letter']}: {texts[number][match.end() :]}" for number, match in led[first : first + count]
    }
