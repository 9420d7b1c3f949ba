"""The whole of a content folder: every mistake in one list, and the Expo when there is none.

In: RawContent, Config, and what earlier runs remember. Out: CheckedContent. Each document is judged by itself, with
those that it depends on (judging.py), unless memory.py knows what came of it; then come the rules between files, for
which outlines are enough. A file with mistakes never stops the rest from being looked at; records are made only when
nothing is wrong anywhere, and only when they are asked for, so that nothing that makes them has to doubt what it gets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from expo.config import Config
from expo.model import Collection, Expo, Initiative, Redirect, Reply
from expo.problems import Problem, has_errors, sort_problems
from expo.read import RawContent, RawDocument
from expo.validate.across import (
    check_collection,
    check_companions,
    check_ids,
    check_references,
    check_reply_owners,
    check_retired_targets,
    check_slugs,
    find_owners,
)
from expo.validate.lists import Retired, Vocabularies, find_lists
from expo.validate.memory import Memory
from expo.validate.pictures import Pictures
from expo.validate.rules import COMMON, CONSENTED, PRIVATE, check_text, grouped, has_consent, is_draft

if TYPE_CHECKING:
    from expo.places import Gazetteer
    from expo.validate.judging import Judge
    from expo.validate.packed import Packer


ABSENT = "-"  # in place of a companion's hash


@dataclass
class CheckedContent:
    """What checking found."""

    problems: list[Problem]
    initiative_count: int
    reply_count: int
    used_ids: tuple[str, ...]
    remember: Callable[[], None]  # for the next run, once nothing that was taken down can be in the way
    drafts: tuple[str, ...] = ()
    make_expo: Callable[[], Expo] | None = None

    @cached_property
    def expo(self) -> Expo | None:
        """The records; None if a mistake forbids building."""
        return self.make_expo() if self.make_expo else None


class _Lists:
    """What the lists of a folder say: read from memory, or validated when they are first asked for."""

    def __init__(self, raw: RawContent, config: Config, memory: Memory) -> None:
        self._raw, self._config, self._memory = raw, config, memory
        self.documents = [*raw.vocabularies, *find_lists(raw, config).values()]
        digests = [document.digest for document in self.documents]
        self.digest = hashlib.sha256(" ".join(digests).encode()).hexdigest() if all(digests) else ""

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with vocabularies."""
        return self._memory.recall_problems("lists", self.digest, lambda: self._validated.problems)

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """Terms, abbreviations, same words."""
        from expo.validate.packed import pack_lists, unpack_lists

        known = self._memory.records.get(self.digest)
        if known is not None:
            return unpack_lists(known)
        if self.digest:
            self._memory.records.put(self.digest, pack_lists(self._validated))
        return self._validated

    @cached_property
    def _validated(self) -> Vocabularies:
        from expo.validate.vocabularies import validate_vocabularies

        return validate_vocabularies(self._raw, self._config)


@dataclass
class _Work:
    raw: RawContent
    config: Config
    memory: Memory
    problems: list[Problem] = field(default_factory=list)
    said: dict[tuple[str, int, str], bool] = field(default_factory=dict)  # path, line, field → whether it stops a build
    has_records: bool = False

    def add(self, found: Iterable[Problem]) -> None:
        """Keep what was found, but one complaint only about one field on one line: the first is the nearest.

        A reminder hides no mistake, which stops the build.
        """
        for problem in found:
            place = (problem.path, problem.line, problem.field)
            if problem.field and place in self.said and (problem.is_warning or self.said[place]):
                continue
            self.said[place] = not problem.is_warning
            self.problems.append(problem)

    def remember(self) -> None:
        """Keep for the next run what was found, and records if all of them were asked for."""
        self.memory.keep([*self.raw.documents, *self.lists.documents])
        if self.has_records:
            self.memory.records.keep()

    @cached_property
    def lists(self) -> _Lists:
        return _Lists(self.raw, self.config, self.memory)

    @cached_property
    def retired(self) -> Retired:
        """Never remembered, as the cache must not tell what was taken down."""
        if self.raw.retired is None:
            return Retired()
        from expo.validate.retired import validate_retired

        return validate_retired(self.raw.retired.whole)

    @cached_property
    def owners(self) -> dict[str, RawDocument]:
        """SK number → the file that bears it."""
        return find_owners(self.raw)

    @cached_property
    def english(self) -> dict[str, RawDocument]:
        """Of exhibits, by slug."""
        return {document.slug: document for document in self.raw.english}

    @cached_property
    def _replies_english(self) -> dict[tuple[str, str], RawDocument]:
        return {(one.path.parent.name, one.slug): one for one in self.raw.replies_english}

    def english_of_reply(self, document: RawDocument) -> RawDocument | None:
        """The file beside it."""
        return self._replies_english.get((document.path.parent.name, document.slug))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        from expo.places import load_gazetteer

        return load_gazetteer()

    @cached_property
    def judge(self) -> Judge:
        """Who is asked of what is not remembered: to load all that he needs takes longer than to read all files."""
        from expo.validate.judging import Judge

        return Judge(self.lists.vocabularies, self.gazetteer, self.config.latest_day)

    @cached_property
    def packer(self) -> Packer:
        from expo.validate.packed import Packer

        everywhere = (*self.gazetteer.places_63, *self.gazetteer.places_34, *self.gazetteer.special)
        return Packer(self.lists.vocabularies, {place.key: place for place in everywhere})

    def key_of(self, *documents: RawDocument | None, owner: RawDocument | None = None) -> str:
        """Of all that an answer depends on: documents, values of their exhibit's; "" where something is unreadable."""
        digests = [self.lists.digest, *(document.digest if document else ABSENT for document in documents)]
        return " ".join([*digests, owner.front if owner else ABSENT]) if all(digests) else ""

    def key_of_front(self, document: RawDocument) -> str:
        """The same of what its front matter says alone."""
        return f"{self.lists.digest} {document.front}" if self.lists.digest and document.front else ""

    def judged(
        self, kind: str, document: RawDocument, english: RawDocument | None = None, owner: RawDocument | None = None
    ) -> list[Problem]:
        """What is wrong with a document, judged now if it, its English or the values of its exhibit have changed."""
        return self.memory.recall_problems(
            kind,
            self.key_of(document, english, owner=owner),
            lambda: self.judge.judge(kind, document.whole, _whole(english), _whole(owner)),
        )

    def judged_in_parts(self, kind: str, document: RawDocument, original: RawDocument | None) -> list[Problem]:
        """The same of an exhibit or its English: an edit of the text has the front matter judged no more."""

        def judge() -> list[Problem]:
            found = document.with_body
            front = self.memory.recall_problems(
                f"{kind} front", self.key_of_front(found), lambda: self.judge.judge(kind, found.whole)
            )
            is_citing = original is not None and original.values is not None
            return [*found.text_problems, *front, *(check_text(found, original) if original and is_citing else ())]

        self.memory.retain(f"{kind} front", self.key_of_front(document))
        return self.memory.recall_problems(kind, self.key_of(document, owner=original), judge)

    def record(
        self,
        kind: str,
        document: RawDocument,
        english: RawDocument | None,
        owner: RawDocument | None = None,
        exhibit: Initiative | None = None,
    ) -> Any:
        """A record, made now if what it is made of has changed. `owner` is the file of a reply's `exhibit`."""
        key = self.key_of(document, english, owner=owner)
        known = self.memory.records.get(f"{kind} {key}") if key else None
        if known is not None:
            return self.packer.unpack(known)
        mended = self._mend_exhibit(document, english) if kind == "exhibit" else None
        made = mended or self.judge.make(kind, document.whole, _whole(english), exhibit)
        if key:
            self.memory.records.put(f"{kind} {key}", self.packer.pack(made))
        return made

    def _mend_exhibit(self, document: RawDocument, english: RawDocument | None) -> Initiative | None:
        """The record of an exhibit of which only texts have changed, if the one before is remembered."""
        before = [self.memory.find_before(one) if one else ABSENT for one in (document, english)]
        known = self.memory.records.get(" ".join(["exhibit", self.lists.digest, *before, ABSENT]))
        if known is None or not self.lists.digest:
            return None
        record: Initiative = self.packer.unpack(known)
        text = record.english
        if text is not None and english is not None:
            text = replace(text, body=english.with_body.body)
        return replace(record, body=document.with_body.body, english=text)


def _whole(document: RawDocument | None) -> RawDocument | None:
    return document.whole if document else None


def validate_content(raw: RawContent, config: Config, memory: Memory | None = None) -> CheckedContent:
    """Check everything. The Expo can be asked for if nothing is wrong."""
    work = _Work(raw, config, memory or Memory())
    pictures = Pictures(work.memory)
    work.add([*raw.problems, *work.lists.problems, *work.retired.problems])
    _validate_initiatives(work, pictures)
    _validate_replies(work, pictures)
    _validate_other_pictures(work, pictures)
    _validate_collections(work)
    _validate_pages(work)
    _validate_across(work)
    work.problems += dict.fromkeys(check_privacy(raw, work.memory))  # the same twice on a line is told once
    used = tuple(sorted({*work.owners, *work.retired.ids}))
    problems = sort_problems(work.problems)
    checked = CheckedContent(problems, len(raw.initiatives), len(raw.replies), used, work.remember)
    if not has_errors(checked.problems):
        checked.drafts = tuple(number for number, document in work.owners.items() if is_draft(document))
        checked.make_expo = lambda: _make_expo(work)
    return checked


def _validate_initiatives(work: _Work, pictures: Pictures) -> None:
    originals = {document.slug: document for document in work.raw.initiatives}
    for document in work.raw.initiatives:
        work.add(work.judged_in_parts("exhibit", document, document))
        if document.values is not None:
            work.add(pictures.check_named(document, document, may_tell_place=is_consented(document, work.memory)))
    for document in work.raw.english:
        work.add(work.judged_in_parts("english", document, originals.get(document.slug)))


def _validate_replies(work: _Work, pictures: Pictures) -> None:
    for document in work.raw.replies:
        owner = work.owners.get(str(grouped(document.values).get("initiative")))
        work.add(work.judged("reply", document, work.english_of_reply(document), owner))
        if document.values is not None and owner is not None:
            work.add(pictures.check_named(document, owner, may_tell_place=is_consented(owner, work.memory)))
    for document in work.raw.replies_english:
        work.add(work.judged("form", document))


def _validate_other_pictures(work: _Work, pictures: Pictures) -> None:
    """Files beside exhibits that nothing names. Where a file could not be read, nobody knows what it names."""
    raw = work.raw
    slugs = {document.slug for document in raw.initiatives}
    files = [path for path in raw.pictures if path.parent.name in slugs]  # else their folder is complained of
    kept = None
    if raw.numbers_are_known and all(document.values is not None for document in raw.replies):
        kept = {document.consent for document in raw.initiatives}  # papers that are meant to lie there unseen
    work.add(pictures.check_others(files, raw.folder, kept))


def _validate_collections(work: _Work) -> None:
    """Each walk by itself; that its exhibits exist is looked at with what else leads from file to file."""
    for document in work.raw.collections:
        work.add(work.judged("collection", document))
    for document in work.raw.collections_english:
        work.add(work.judged("text", document))


def _validate_pages(work: _Work) -> None:
    for document in work.raw.pages + work.raw.pages_english:
        work.add(work.judged("page", document))


def _validate_across(work: _Work) -> None:
    documents = work.raw.initiatives
    slugs = {number: document.slug for number, document in work.owners.items()}
    work.add(check_ids(documents, work.owners, work.retired))
    work.add(check_slugs(documents, work.retired))
    work.add(check_companions(work.raw))
    known = slugs if work.raw.numbers_are_known else None
    for document in work.raw.collections:
        work.add(check_collection(document, known, work.retired))
    if work.raw.numbers_are_known:
        work.add(check_references(documents, slugs))
        work.add(check_reply_owners(work.raw.replies, slugs))
        work.add(check_retired_targets(work.retired, slugs))


def is_consented(document: RawDocument, memory: Memory) -> bool:
    """Whether an exhibit names a consent."""
    return bool(document.consent) and bool(
        memory.recall(f"consent {document.front}", lambda: has_consent(document.whole))
    )


def check_privacy(raw: RawContent, memory: Memory) -> list[Problem]:
    """Everything personal that is said without consent, in all documents of a folder."""
    owners = {document.slug: document for document in raw.initiatives}
    own = [(document, owners.get(document.slug)) for document in (*raw.initiatives, *raw.english)]
    own += [(document, owners.get(document.path.parent.name)) for document in (*raw.replies, *raw.replies_english)]
    problems: list[Problem] = []
    for document, owner in own:
        problems += _find_private(document, CONSENTED if owner and is_consented(owner, memory) else PRIVATE, memory)
    for document in raw.common_documents:
        problems += _find_private(document, COMMON, memory)
    return problems


def _find_private(document: RawDocument, kind: str, memory: Memory) -> list[Problem]:
    def find() -> list[Problem]:
        from expo.validate.privacy import check_body, check_values

        found = document.with_body
        in_values = memory.recall_problems(f"{kind} front", found.front, lambda: check_values(found.whole, kind))
        return in_values + check_body(found, kind)

    memory.retain(f"{kind} front", document.front)
    return memory.recall_problems(kind, document.digest, find)


def _make_expo(work: _Work) -> Expo:
    """The records of content in which nothing is wrong."""
    everyone = {one.id: one for one in _make_initiatives(work)}
    replies: dict[str, list[Reply]] = {number: [] for number in everyone}
    for reply in _make_replies(work, everyone):
        replies[reply.initiative].append(reply)
    shown = [
        replace(one, replies=tuple(sorted(those, key=lambda reply: reply.sort_key, reverse=True)))
        if (those := replies[one.id])
        else one
        for one in sorted(everyone.values(), key=lambda one: one.number)
        if work.config.show_drafts or not one.draft
    ]
    shown_ids = {one.id for one in shown}
    vocabularies = work.lists.vocabularies
    expo = Expo(
        initiatives=tuple(shown),
        places_63=work.gazetteer.places_63,
        places_34=work.gazetteer.places_34,
        special_places=work.gazetteer.special,
        themes=vocabularies.terms["themes"],
        vocabularies=vocabularies.terms,
        abbreviations=vocabularies.abbreviations,
        same_words=vocabularies.same_words,
        redirects=_make_redirects(shown, work.retired),
        withdrawn=tuple(
            (entry.id, slug) for entry in work.retired.entries if entry.is_withdrawn for slug in entry.slugs
        ),
        collections=tuple(walk for walk in _make_collections(work, shown_ids) if walk.stops),
    )
    work.has_records = True
    return expo


def _make_initiatives(work: _Work) -> Iterator[Initiative]:
    for document in work.raw.initiatives:
        yield work.record("exhibit", document, work.english.get(document.slug))


def _make_replies(work: _Work, everyone: Mapping[str, Initiative]) -> Iterator[Reply]:
    for document in work.raw.replies:
        number = document.values["initiative"]
        english = work.english_of_reply(document)
        yield work.record("reply", document, english, work.owners[number], everyone[number])


def _make_collections(work: _Work, shown: Container[str]) -> Iterator[Collection]:
    """Walks without exhibits that are not shown."""
    english = {document.slug: document for document in work.raw.collections_english}
    for document in work.raw.collections:
        walk: Collection = work.record("collection", document, english.get(document.slug))
        yield replace(walk, stops=tuple(stop for stop in walk.stops if stop.initiative in shown))


def _make_redirects(shown: Sequence[Initiative], retired: Retired) -> tuple[Redirect, ...]:
    shown_ids = {one.id for one in shown}
    return (
        *(Redirect(slug, "", one.id) for one in shown for slug in one.former_slugs),
        *(
            Redirect(slug, entry.id if slug == entry.slug else "", entry.merged_into)
            for entry in retired.entries
            if entry.merged_into and entry.merged_into in shown_ids
            for slug in entry.slugs
        ),
    )
