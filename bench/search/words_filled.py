"""Sentences, titles and bodies of one composed document: slots of word lists filled by a given chance.

In: a random.Random, and the phrase of a pair of twins or "". Out: `Composer`: title, summary, body. Draws from a list
fall off about as words of a language do, rare things apart; a phrase comes again only when its list has run out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache

from bench.search import words
from bench.search.words_places import commune_words, rare_words
from bench.search.words_topics import FIRST_TOPICS, Topic
from bench.search.words_topics_more import MORE_TOPICS
from expo.places import load_gazetteer

TOPICS = FIRST_TOPICS + MORE_TOPICS
SKEW = 1.8  # draws from a list fall off about as words of a language do
RARE_SKEW = 1.3  # names of places are spread more evenly
_SLOT = re.compile(r"\{(\w+)\}")
_RARE_SENTENCES = tuple(sentence for sentence in words.SENTENCES if "{hiem}" in sentence)
_TWIN_SENTENCES = (
    "Mọi chuyện bắt đầu từ việc {doi} ở {thon}.",
    "Người hỏi về {doi} được trả lời {cach}.",
    "Bảng ghi {doi} treo ở {cho}, ai cũng xem được.",
    "Năm {nam}, {ai} họp riêng một buổi về {doi}.",
)
_SUMMARY = ("Ở {xa}, {tinh}, {kho}.", "Từ năm {nam}, {ai} {viec}, với {so} {dem} đến nay.")
_HEADINGS = ("Vấn đề", "Giải pháp", "Kết quả", "Nhân rộng")
_SHARES = (0.2, 0.4, 0.25, 0.15)


def count_syllables(text: str) -> int:
    """Runs of letters and digits: in Vietnamese, syllables and numbers."""
    return len(re.findall(r"[^\W_]+", text))


def draw(chance: random.Random, items: Sequence[str], skew: float = SKEW) -> str:
    """One of a list that is in order of frequency."""
    return items[int(len(items) * chance.random() ** skew)]


@cache
def _provinces() -> tuple[tuple[str, str, str], ...]:
    """(scheme, slug, name) of both lists."""
    gazetteer = load_gazetteer()
    return tuple((place.scheme, place.slug, place.name) for place in (*gazetteer.places_63, *gazetteer.places_34))


class Composer:
    """Fills the slots of sentences for one document."""

    def __init__(self, chance: random.Random, pair: str) -> None:
        self.chance = chance
        self.pair = pair
        self.topic: Topic = chance.choice(TOPICS)
        self.scheme, self.province, self.province_name = chance.choice(_provinces())
        first = draw(chance, commune_words()) if chance.random() < 0.8 else self._rare_word()
        self.commune = f"{first} {self._rare_word()}"
        kinds = chance.sample(words.KINDS_OF_HAMLET, 2)
        self.hamlets = [
            f"{kinds[0]} {self._rare_word()}",
            f"{kinds[1]} {first} {self._rare_word()}",
            f"{kinds[0]} {chance.randint(1, 14)}",
        ]
        self.decks: dict[str, list[str]] = {}

    def _rare_word(self) -> str:
        return draw(self.chance, rare_words(), RARE_SKEW)

    def _next(self, name: str, items: Sequence[str], *, even: bool = False) -> str:
        """A phrase that was not used since the list ran out; even: each with the same chance."""
        if not (deck := self.decks.get(name)):
            deck = self.decks[name] = list(items)
            if even:
                self.chance.shuffle(deck)
        return deck.pop(-1 if even else int(len(deck) * self.chance.random() ** SKEW))

    def fill(self, sentence: str) -> str:
        """The sentence with every slot filled and a capital first letter."""
        text = _SLOT.sub(lambda match: self._value(match[1]), sentence)
        return text[0].upper() + text[1:]

    def _value(self, slot: str) -> str:
        chance, topic = self.chance, self.topic
        slot = slot.rstrip("2") if slot not in ("so2", "pt2") else slot
        slot = slot.removesuffix("_hoa")  # fill() makes the first letter a capital
        match slot:
            case "ai":
                return self._next("ai", words.PEOPLE)
            case "viec":
                return self._next("viec", topic.actions, even=True)
            case "vat":
                return self._next("vat", topic.things, even=True)
            case "kho":
                return self._next("kho", topic.problems, even=True)
            case "dem":
                return draw(chance, topic.counted)
            case "canh":
                return self._next("canh", words.SCENES, even=True)
            case "hiem":
                return self._next("hiem", words.RARE_THINGS, even=True)
            case "luc":
                return self._next("luc", words.TIMES)
            case "cach":
                return self._next("cach", words.MANNERS)
            case "cho":
                return self._next("cho", words.PLACES)
            case "vai":
                return self._next("vai", words.ROLES)
            case "hoi":
                return draw(chance, words.GROUPS)
            case "thon":
                return self._next("thon", self.hamlets)
            case "xa":
                return f"xã {self.commune}"
            case "tinh":
                return self.province_name
            case "doi":
                return self.pair
            case _:
                return self._figure(slot)

    def _figure(self, slot: str) -> str:
        chance = self.chance
        match slot:
            case "so":
                number = int(10 ** chance.uniform(1.1, 3.6))
                return f"{number:,}".replace(",", ".")
            case "so2":
                return str(chance.randint(11, 40))
            case "nho":
                return str(chance.choice(range(2, 11)))
            case "pt":
                return f"{chance.randint(550, 980) / 10:g}".replace(".", ",")
            case "pt2":
                return str(chance.randint(2, 20))
            case "tien":
                return f"{chance.randint(4, 400) / chance.choice((1, 2)):g}".replace(".", ",")
            case "nam":
                return str(chance.randint(2009, 2024))
            case "thang":
                return str(chance.randint(1, 12))
            case "ngay":
                return f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(2012, 2024)}"
            case "mua":
                return chance.choice(("gặt", "cấy", "mưa", "khô", "nước nổi", "rét", "thu hoạch", "gieo sạ"))
        raise KeyError(slot)

    def title(self) -> str:
        """5 to 16 syllables; most name the commune."""
        while True:
            text = self._title()
            if 5 <= count_syllables(text) <= 16:
                return text

    def _title(self) -> str:
        subject = draw(self.chance, self.topic.subjects)
        small = subject[0].lower() + subject[1:]
        if self.pair:
            return self.fill(f"{{doi}} ở xã {self.commune} – {small}")
        manner = self.fill(draw(self.chance, words.TITLE_MANNERS))
        manner = manner[0].lower() + manner[1:]
        return self.fill(
            draw(
                self.chance,
                (
                    f"{subject} ở xã {self.commune}",
                    f"{self.commune}: {small}",
                    f"{subject} – {manner}, {self.commune}",
                    f"{subject} tại {{thon}}, xã {self.commune}",
                    f"{{vat}} và {{vat2}} ở {self.commune}: {manner}",
                    f"Xã {self.commune} {{viec}}",
                    f"{subject} – {manner}",
                ),
            )
        )

    def summary(self) -> str:
        """25 to 50 syllables in two sentences."""
        while True:
            text = " ".join(map(self.fill, _SUMMARY))
            if 25 <= count_syllables(text) <= 50 and len(text) <= 320:
                return text

    def body(self, concepts: Sequence[tuple[words.Concept, bool]]) -> str:
        """About 420 syllables under four headings; the first and the last section hold a rare thing each."""
        chance = self.chance
        goal = min(max(chance.gauss(370, 28), 300), 450)
        deck = [sentence for sentence in words.SENTENCES if sentence not in _RARE_SENTENCES]
        chance.shuffle(deck)
        extra = [
            sentence.replace("{dang}", concept.short if is_short else concept.full)
            for concept, is_short in concepts
            for sentence in chance.sample(concept.sentences, chance.choice((1, 2)))
        ]
        if self.pair:
            extra += chance.sample(_TWIN_SENTENCES, 3)
        deck[2 : 2 + len(extra)] = extra  # all of them are used, wherever the sections break
        rare = chance.sample(_RARE_SENTENCES, 2)
        sections = []
        for heading, share, last in zip(_HEADINGS, _SHARES, (rare[0], "", "", rare[1]), strict=True):
            lines: list[str] = []
            left = share * goal - (12 if last else 0)
            while left > 0 and deck:
                lines.append(self.fill(deck.pop(2 if len(lines) % 3 == 2 and len(deck) > 2 else 0)))
                left -= count_syllables(lines[-1])
            if last:
                lines.insert(chance.randrange(len(lines) + 1), self.fill(last))
            sections.append(f"## {heading}\n\n{_paragraphs(lines)}")
        return "\n\n".join(sections)


def _paragraphs(lines: Sequence[str]) -> str:
    return "\n\n".join(" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3))
