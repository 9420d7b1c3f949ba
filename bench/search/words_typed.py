"""How a title is typed otherwise: tone on the other vowel, hỏi for ngã, a slip of one finger.

In: words as they are written, and a random.Random. Out: what was typed. `is_within_one_slip` judges whether another
word is as near; it counts letters without marks as the caller hands them over.
"""

from __future__ import annotations

import random
import re
from unicodedata import normalize

from expo.text import canonical_tone, fold_text

_HOOK, _TILDE = "\u0309", "\u0303"
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_OLD_STYLE = re.compile(r"(?<![qQ])([oO])([àáảãạèéẻẽẹ])|(?<![qQ])([uU])([ỳýỷỹỵ])")


def swap_tone_place(text: str) -> str:
    """hòa → hoà, or where the text is so already, hoà → hòa."""
    new = canonical_tone(text)
    if new != text:
        return new

    def move(match: re.Match[str]) -> str:
        if (after := text[match.end() : match.end() + 1]) and after.isalpha():
            return match[0]
        toned = normalize("NFD", match[2] or match[4])
        return normalize("NFC", (match[1] or match[3]) + toned[1]) + toned[0]

    return _OLD_STYLE.sub(move, text)


def swap_hoi_nga(text: str, chance: random.Random) -> str:
    """The text with one hỏi written as ngã or the other way round; as it was where it has neither."""
    letters = normalize("NFD", text)
    places = [index for index, letter in enumerate(letters) if letter in (_HOOK, _TILDE)]
    if not places:
        return text
    place = chance.choice(places)
    other = _TILDE if letters[place] == _HOOK else _HOOK
    return normalize("NFC", letters[:place] + other + letters[place + 1 :])


def make_slip(word: str, chance: random.Random) -> str:
    """One slip of a finger; the outcome differs from the word without marks too."""
    while True:
        place = chance.randrange(len(word))
        match chance.choice(("delete", "insert", "replace", "swap")):
            case "delete":
                typed = word[:place] + word[place + 1 :]
            case "insert":
                typed = word[: place + 1] + _neighbour(word[place], chance) + word[place + 1 :]
            case "replace":
                typed = word[:place] + _neighbour(word[place], chance) + word[place + 1 :]
            case _:
                typed = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        if fold_text(typed) != fold_text(word):
            return typed


def _neighbour(letter: str, chance: random.Random) -> str:
    """A key beside that of the letter, on the same row or the next."""
    base = fold_text(letter)
    row = next((row for row, keys in enumerate(_KEYS) if base in keys), None)
    if row is None:
        return "a"
    column = _KEYS[row].index(base)
    around = [(row, column - 1), (row, column + 1), (row - 1, column), (row - 1, column + 1), (row + 1, column - 1)]
    return chance.choice([_KEYS[r][c] for r, c in around if 0 <= r < len(_KEYS) and 0 <= c < len(_KEYS[r])])


def is_within_one_slip(left: str, right: str) -> bool:
    """Whether one deletion, insertion, replacement or swap of neighbours at most parts the two."""
    if left == right:
        return True
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    start = next((i for i, letter in enumerate(left) if letter != right[i]), len(left))
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    rest = left[start + 1 :] == right[start + 1 :]
    return rest or (
        left[start : start + 2][::-1] == right[start : start + 2] and left[start + 2 :] == right[start + 2 :]
    )
