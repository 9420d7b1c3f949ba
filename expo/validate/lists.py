"""What the lists of a content folder say: the terms of its vocabularies, and the numbers that are gone for good.

In: raw lists; a vocabulary that the folder lacks comes from the project's own. Out: plain records. Who makes them of
what was written, and complains, are vocabularies.py and retired.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from expo.config import Config
from expo.model import Term
from expo.problems import Problem
from expo.read import RawContent, RawDocument, read_list

TERM_VOCABULARIES = ("themes", "aims", "stages", "channels", "proposers", "verdicts")
ABBREVIATIONS = "abbreviations"
SAME_WORDS = "same-words"
LISTS = (*TERM_VOCABULARIES, ABBREVIATIONS, SAME_WORDS)


def find_lists(raw: RawContent, config: Config) -> dict[str, RawDocument]:
    """The document of every vocabulary, by name."""
    found = {document.slug: document for document in raw.vocabularies}
    own = config.vocabularies_fallback
    return {name: found.get(name) or read_list(own / f"{name}.yaml", own.parent, raw.outlines) for name in LISTS}


@dataclass
class Vocabularies:
    """Terms in the order of their files, (short, full) pairs, and groups of wordings that mean the same."""

    terms: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    abbreviations: tuple[tuple[str, str], ...] = ()
    same_words: tuple[tuple[str, ...], ...] = ()
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # names of those with a mistake: what they allow is not known

    @property
    def slugs(self) -> dict[str, dict[str, str]]:
        """Allowed values by vocabulary, each with its Vietnamese name."""
        return {name: {term.slug: term.name for term in terms} for name, terms in self.terms.items()}

    @property
    def known_slugs(self) -> dict[str, dict[str, str] | None]:
        """The same; None for a vocabulary that has a mistake, so that a value of its is not called wrong."""
        return {name: None if name in self.broken else names for name, names in self.slugs.items()}

    def term(self, name: str, slug: str) -> Term:
        """The term of a checked slug."""
        return self._by_slug[name][slug]

    @cached_property
    def _by_slug(self) -> dict[str, dict[str, Term]]:
        return {name: {term.slug: term for term in terms} for name, terms in self.terms.items()}


@dataclass(frozen=True, slots=True)
class RetiredEntry:
    """A number and the addresses that it had: merged into another, or withdrawn."""

    id: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    merged_into: str | None = None
    is_withdrawn: bool = False

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every address that it ever had, the last one first."""
        return (self.slug, *self.former_slugs)


@dataclass
class Retired:
    """Numbers and addresses that are gone for good."""

    entries: list[RetiredEntry] = field(default_factory=list)
    targets: list[tuple[str, int, int, str]] = field(default_factory=list)  # path, line, index, number merged into
    problems: list[Problem] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """Numbers never to be used again."""
        return {entry.id for entry in self.entries}
