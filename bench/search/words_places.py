"""Names of invented communes and hamlets, composed by rule from onsets and rhymes.

Out: `commune_words()`, common first words, and `rare_words()`, several hundred syllables that Vietnamese could have;
some do exist, which is as in life. Syllables that would be rude or silly as a name are left out. No list of places was
used.
"""

# ruff: noqa: E501, SIM905 — lists are written as one text

from __future__ import annotations

import random
from functools import cache
from unicodedata import normalize

from expo.text import fold_text

_FIRST_WORDS = (
    "Tân Phú An Bình Hòa Mỹ Long Thạnh Vĩnh Đông Tây Nam Xuân Thanh Sơn Phước Hưng Lộc Trung Quang Yên Đại Kim Minh Ngọc Cẩm Thủy Hóa "
    "Ea Đắk Krông Nậm Mường Pù Tà Cư Trà Giồng Bàu Rạch Láng Gò Khe Suối Thác Đồng Cồn Bãi Hố Mương Kênh Xẻo Vàm Cù"
).split()
_ONSETS = "b ch d đ gi h kh l m n nh ph r s t th tr v x".split()
_RHYMES = (
    "oai oan oang uân uyên uôm uông ươm ương iêm iêng iêu oong eng ơn âm âng êu ênh oanh uynh ap at ac ach êp êt ot op ong ơp ut uc ưt "
    "ưc uôt uôc ươc ươt iêp iêt iêc am an ang anh ăm ăng ăn âu ây ôm ôn ông um un ung ưng inh im in eo em en oa oe uy uê"
).split()
_SHARP_TONES = "\u0301\u0323"  # sắc, nặng: all that a syllable ending in p, t, c, ch can have
_ALL_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKED_VOWELS = "ăâêôơư"
_VOWELS = "aăâeêioôơuưy"
_UNFIT = frozenset(
    "an ang bac ban bang buon chet cho chop cut dam dan dien dit don du dung hiep ho khung khon lam lon lun mat ngu nhuc nuc sat thac tham "
    "tham thit trom tru tung vong xac xan xung loan lung chich chim buop hep hon lot meo deo leo deu heo treo leu nheo dot".split()
)
_HOW_MANY = 620


def commune_words() -> list[str]:
    """First words of names, the commoner first."""
    return _FIRST_WORDS


@cache
def rare_words() -> tuple[str, ...]:
    """Capitalised syllables in a fixed order; all differ when folded."""
    chance = random.Random("places")
    found: dict[str, str] = {}
    syllables = [onset + rhyme for onset in _ONSETS for rhyme in _RHYMES if _can_stand(onset, rhyme)]
    chance.shuffle(syllables)
    for syllable in syllables:
        tones = _SHARP_TONES if syllable.endswith(("p", "t", "c", "ch")) else _ALL_TONES
        word = _put_tone(syllable, chance.choice(tones))
        if fold_text(word) not in _UNFIT:
            found.setdefault(fold_text(word), word.capitalize())
    return tuple(found.values())[:_HOW_MANY]


def _can_stand(onset: str, rhyme: str) -> bool:
    return not (onset == "gi" and rhyme.startswith("i")) and not (
        onset in ("b", "m", "ph", "v") and rhyme[0] in "ou" and len(rhyme) > 3
    )


def _put_tone(syllable: str, tone: str) -> str:
    """The tone on the main vowel, old style (òa, òe, ùy)."""
    places = [
        index
        for index, letter in enumerate(syllable)
        if letter in _VOWELS and not (index == 1 and syllable[:2] == "gi")
    ]
    marked = [index for index in places if syllable[index] in _MARKED_VOWELS]
    if marked:
        place = marked[-1]
    elif syllable[-1] not in _VOWELS:
        place = places[-1]
    else:
        place = places[1] if len(places) > 2 else places[0]
    return normalize("NFC", syllable[: place + 1] + tone + syllable[place + 1 :])
