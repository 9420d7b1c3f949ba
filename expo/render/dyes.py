"""The colours of the style sheet for whatever no browser draws: read from tokens.css, so that they stand there once.

In: the theme's static folder. Out: `Dyes`: the light tokens, the thread colours of a theme and an accent. Dark colours
are not read: a picture that is passed on cannot know what it will lie on.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from expo.render.motifs import ACCENT, COTTON, FIGURE, GROUND, INDIGO

Colour = tuple[int, int, int]

TOKEN = re.compile(r"--([\w-]+): #([0-9A-Fa-f]{6});")
THEME = re.compile(r"\.th-([\w-]+) \{ --gl: #(\w{6}); --fl: #(\w{6});")
ACCENT_DYE = re.compile(r"\.ac-([\w-]+) \{ --tl: #(\w{6});")
NEUTRAL = re.compile(r'\[class\*="th-"\] \{ --gl: #(\w{6}); --fl: #(\w{6});')


@dataclass(frozen=True)
class Dyes:
    """Colours by name."""

    tokens: dict[str, Colour]
    themes: dict[str, tuple[Colour, Colour]]
    accents: dict[str, Colour]
    neutral: tuple[Colour, Colour]  # of a theme that has no dye yet

    @cached_property
    def digest(self) -> bytes:
        """Of all of them: with others every picture is another."""
        return hashlib.sha256(repr((self.tokens, self.themes, self.accents, self.neutral)).encode()).digest()

    def threads(self, theme: str, accent: str) -> dict[str, Colour]:
        """Colour of each thread of a cloth."""
        ground, figure = self.themes.get(theme, self.neutral)
        return {
            GROUND: ground,
            FIGURE: figure,
            COTTON: self.tokens["c"],
            INDIGO: self.tokens["k"],
            ACCENT: self.accents[accent],
        }


def read_dyes(static: Path) -> Dyes:
    """Read tokens.css. Of a token's several values the first is the light one."""
    text = (static / "css" / "tokens.css").read_text("utf-8")
    tokens: dict[str, Colour] = {}
    for name, digits in TOKEN.findall(text):
        tokens.setdefault(name, _colour(digits))
    neutral = NEUTRAL.search(text)
    if neutral is None:
        raise ValueError("tokens.css has no dye for themes without one of their own")
    return Dyes(
        tokens=tokens,
        themes={name: (_colour(ground), _colour(figure)) for name, ground, figure in THEME.findall(text)},
        accents={name: _colour(digits) for name, digits in ACCENT_DYE.findall(text)},
        neutral=(_colour(neutral[1]), _colour(neutral[2])),
    )


def _colour(digits: str) -> Colour:
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
