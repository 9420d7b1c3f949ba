"""Rules between files: numbers and addresses are used once, replies belong to somebody, references lead somewhere.

In: records that are right in themselves, with their documents. Out: Problems. What one file alone can get wrong is
records.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from expo.dates import parse_partial_date
from expo.names import ID_PATTERN, whole_id
from expo.problems import Problem, make_problem
from expo.read import RawContent, RawDocument
from expo.read.documents import RESERVED_SLUGS
from expo.read.values import Value, ValuePath, format_path
from expo.validate.lists import Retired
from expo.validate.rules import Complaints, grouped, listed
from expo.validate.slips import nearest_word

NEVER = (9999, 12, 31)


def next_free_id(used: Iterable[str]) -> str:
    """The number after the highest that was ever used: SK-0055. Gaps are never filled."""
    numbers = [int(one[3:]) for one in used if ID_PATTERN.fullmatch(one)]
    return f"SK-{max(numbers, default=0) + 1:04d}"


def find_owners(raw: RawContent) -> dict[str, RawDocument]:
    """SK number → the file that bears it, as written, whatever else may be wrong there.

    Where several do, the newcomer is to take another: it may be a copy that kept the number of what it was copied from.
    The file that was added first keeps the number, else the one with an English text, else the one with replies, else
    the first by name.
    """
    claims: dict[str, list[RawDocument]] = {}
    for document in raw.initiatives:
        number = document.values.get("id") if document.values else None
        if isinstance(number, str):
            claims.setdefault(number, []).append(document)
    translated = {document.slug for document in raw.english}
    answered = {document.path.parent.name for document in raw.replies}

    def claim(document: RawDocument) -> tuple[tuple[int, ...], bool, bool]:
        added = _read_day(grouped(document.whole.values).get("added"))
        return added, document.slug not in translated, document.slug not in answered

    return {
        number: min(claimants, key=claim) if len(claimants) > 1 else claimants[0]
        for number, claimants in claims.items()
    }


def _read_day(added: Value) -> tuple[int, ...]:
    """Year, month and day; of what is no date, a day after all others."""
    try:
        return parse_partial_date(str(added)).first_day
    except ValueError:
        return NEVER


def check_ids(documents: Iterable[RawDocument], owners: Mapping[str, RawDocument], retired: Retired) -> list[Problem]:
    """A number stands in one file and is not retired. Reads raw values, so that files with other mistakes count too.

    Each file with a mistake is told a free number of its own.
    """
    given_out = {*owners, *retired.ids}
    problems: list[Problem] = []
    for document in documents:
        given = (document.values or {}).get("id")
        if not isinstance(given, str):
            continue
        line, owner = document.line_of(("id",)), owners[given]
        if owner is document and given not in retired.ids:
            continue
        next_id = next_free_id(given_out)
        given_out.add(next_id)
        if given in retired.ids:
            problems.append(make_problem(document.shown, line, "id", "id-retired", value=given, next_id=next_id))
        else:
            other = f"{owner.shown}:{owner.line_of(('id',))}"
            problems.append(
                make_problem(document.shown, line, "id", "id-used", value=given, other=other, next_id=next_id)
            )
    return problems


def check_slugs(documents: Iterable[RawDocument], retired: Retired) -> list[Problem]:
    """An address, now or former, leads to one exhibit only."""
    documents = list(documents)
    gone = [slug for entry in retired.entries for slug in entry.slugs]
    owners = dict.fromkeys(gone, "retired.yaml") | {document.slug: document.shown for document in documents}
    problems = [
        make_problem(owners[slug], 1, "", "slug-used", value=slug, other="retired.yaml")
        for slug in dict.fromkeys(gone)
        if owners[slug] != "retired.yaml"
    ]
    for document in documents:
        former = (document.values or {}).get("former_slugs")
        for index, slug in enumerate(listed(former)):
            if not isinstance(slug, str):
                continue
            where: ValuePath = ("former_slugs", index) if isinstance(former, list) else ("former_slugs",)
            line, name = document.line_of(where), format_path(where)
            if slug in RESERVED_SLUGS:
                problems.append(make_problem(document.shown, line, name, "reserved-slug", value=slug))
            elif slug in owners:
                problems.append(make_problem(document.shown, line, name, "slug-used", value=slug, other=owners[slug]))
            else:
                owners[slug] = document.shown
    return problems


def check_references(documents: Iterable[RawDocument], known: Iterable[str]) -> list[Problem]:
    """`related` and `adapted_from` name exhibits that exist; a number of the wrong form has its own complaint."""
    known = set(known)
    problems = []
    for document in documents:
        for name in ("related", "adapted_from"):
            given = (document.values or {}).get(name)
            for index, one in enumerate(listed(given)):
                if isinstance(one, str) and ID_PATTERN.fullmatch(one) and one not in known:
                    where: ValuePath = (name, index) if isinstance(given, list) else (name,)
                    line, field = document.line_of(where), format_path(where)
                    problems.append(make_problem(document.shown, line, field, "unknown-initiative", value=one))
    return problems


def check_collection(document: RawDocument, known: Iterable[str] | None, retired: Retired) -> list[Problem]:
    """Each exhibit of a walk is there, once. `known` is None while some numbers can't be read."""
    complaints, seen = Complaints(document), set[str]()
    moved = {entry.id: entry.merged_into or "" for entry in retired.entries}
    given = grouped(document.values).get("exhibits")
    for index, one in enumerate(listed(given)):
        inside: ValuePath = ("initiative",) if isinstance(one, dict) else ()
        where: ValuePath = ("exhibits", index, *inside) if isinstance(given, list) else ("exhibits",)
        number = whole_id(grouped(one).get("initiative") if inside else one)
        if not isinstance(number, str) or not ID_PATTERN.fullmatch(number):
            continue
        if number in seen:
            complaints.add(where, "repeated-item", value=number)
        elif number in moved:
            complaints.add(where, "exhibit-retired", value=number, suggestion=moved[number])
        elif known is not None and number not in known:
            complaints.add(where, "unknown-initiative", value=number)
        seen.add(number)
    return complaints.problems


def check_retired_targets(retired: Retired, known: Iterable[str]) -> list[Problem]:
    """What a retired number was merged into exists."""
    known = tuple(known)
    return [
        make_problem(shown, line, f"[{index + 1}].merged_into", "unknown-initiative", value=target)
        for shown, line, index, target in retired.targets
        if target not in known
    ]


def check_reply_owners(documents: Iterable[RawDocument], slugs: Mapping[str, str]) -> list[Problem]:
    """A reply's number exists and its folder is that exhibit's. `slugs` maps SK number → slug."""
    problems = []
    for document in documents:
        number = (document.values or {}).get("initiative")
        folder = document.path.parent.name
        if not isinstance(number, str) or not ID_PATTERN.fullmatch(number):
            continue
        line = document.line_of(("initiative",))
        if number not in slugs:
            suggestion = next((one for one, slug in slugs.items() if slug == folder), "")
            problems.append(
                make_problem(document.shown, line, "initiative", "reply-to-nobody", value=number, suggestion=suggestion)
            )
        elif slugs[number] != folder:
            problems.append(
                make_problem(
                    document.shown, line, "initiative", "reply-in-wrong-folder", value=number, slug=slugs[number],
                    folder=folder, content=document.path.parents[2].name,
                )
            )  # fmt: skip
    return problems


def check_companions(raw: RawContent) -> list[Problem]:
    """English texts and picture folders belong to a file that is there."""
    slugs = tuple(document.slug for document in raw.initiatives)
    known, problems = {*slugs, *raw.misnamed_slugs}, []
    for document in raw.english:
        if document.slug not in known:
            value, nearest = f"{document.slug}.md", nearest_word(document.slug, slugs)
            problems.append(
                make_problem(
                    document.shown, 1, "", "english-of-nothing", value=value, suggestion=nearest and f"{nearest}.md"
                )
            )
    for folder in raw.picture_folders:
        if folder.name not in known:
            shown = f"{raw.folder.name}/initiatives/{folder.name}"
            nearest = nearest_word(folder.name, slugs)
            problems.append(make_problem(shown, 1, "", "folder-of-nobody", value=folder.name, suggestion=nearest))
    originals = {(document.path.parent, document.slug) for document in (*raw.replies, *raw.collections, *raw.pages)}
    problems += [
        make_problem(document.shown, 1, "", "english-of-nothing", value=f"{document.slug}.md")
        for document in (*raw.replies_english, *raw.collections_english, *raw.pages_english)
        if (document.path.parent, document.slug) not in originals
    ]
    return problems
