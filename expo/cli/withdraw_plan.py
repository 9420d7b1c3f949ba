"""What taking an exhibit down for good means: which files go, which lines change, what is left for people to mend.

In: the raw content and what was typed (an SK number, a slug, a path, an address). Out: a Withdrawal, or CannotWithdraw.
Nothing is written here. Works on content that is broken or half gone: what is there is found by number and by slug.
A line is changed only if the file, read again, then says the same but for the number; else it is named for people.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from expo.cli.new_answers import numbers_of
from expo.names import ID_PATTERN, SLUG_PATTERN, whole_id
from expo.read import RawContent, RawDocument, read_document, read_list
from expo.read.documents import show_path
from expo.read.values import Value, ValuePath, find_texts
from expo.text import fold_text
from expo.validate.lists import Retired, RetiredEntry
from expo.validate.retired import validate_retired
from expo.validate.rules import grouped, listed
from expo.validate.slips import nearest_word

NUMBER_LISTS = ("related", "adapted_from", "exhibits")
FEWEST_STOPS = 3  # of a collection, as its table says


class CannotWithdraw(Exception):
    """`code` is the id of a sentence, `values` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass
class Withdrawal:
    """One exhibit's way out. `mended` and `by_hand` are (path as shown, line) of what names it elsewhere."""

    number: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    removed: list[Path] = field(default_factory=list)
    written: dict[Path, str] = field(default_factory=dict)  # the whole new text of a file
    mended: list[tuple[str, int]] = field(default_factory=list)
    by_hand: list[tuple[str, int]] = field(default_factory=list)
    too_short: list[str] = field(default_factory=list)  # collections that have too few exhibits without it


def plan_withdrawal(raw: RawContent, wanted: str, given_number: str, day: str) -> Withdrawal:
    """Find the exhibit and all that is to be done. `day` is the date to write. Raises CannotWithdraw."""
    retired = validate_retired(raw.retired)
    if raw.retired is not None and (retired.problems or raw.retired.values is None):
        raise CannotWithdraw("withdraw-retired-broken")
    withdrawal = _find(raw, retired, wanted, given_number)
    withdrawal.removed = list(_files_of(withdrawal, raw))
    entry = next((one for one in retired.entries if one.id == withdrawal.number), None)
    if entry is not None and not withdrawal.removed:
        raise CannotWithdraw(
            "withdraw-merged" if entry.merged_into else "withdraw-already", number=entry.id, target=entry.merged_into
        )
    if not withdrawal.removed:
        raise CannotWithdraw("withdraw-unknown", wanted=wanted, near=_nearest(raw, wanted))
    _retire(withdrawal, raw, entry, day)
    _mend_mentions(withdrawal, raw)
    return withdrawal


def _find(raw: RawContent, retired: Retired, wanted: str, given_number: str) -> Withdrawal:
    number, slug = whole_id(wanted), _slug_of(wanted)
    if not ID_PATTERN.fullmatch(number) or any(one.slug == wanted.strip() for one in raw.initiatives):
        number = ""
    if number:
        documents = [one for one in raw.initiatives if number in numbers_of(one)]
    else:  # the present name of one file goes before the former one of another
        documents = [one for one in raw.initiatives if one.slug == slug] or [
            one for one in raw.initiatives if slug in _former(one)
        ]
    if len(documents) > 1:
        files = ", ".join(one.shown for one in documents)
        raise CannotWithdraw("withdraw-ambiguous", number=number or slug, files=files)
    if documents:
        (document,) = documents
        own = sorted(numbers_of(document))
        return Withdrawal(_agree(own[0] if own else "", given_number, document.slug), document.slug, _former(document))
    for entry in retired.entries:
        if entry.id == number or slug in entry.slugs:
            return Withdrawal(entry.id, entry.slug, entry.former_slugs)
    return _find_remains(raw, retired, wanted, number or given_number, "" if number else slug)


def _find_remains(raw: RawContent, retired: Retired, wanted: str, number: str, slug: str) -> Withdrawal:
    """What is left of an exhibit whose own file is gone: replies tell the number of a slug, and the other way about."""
    folders = {one.path.parent.name: str(grouped(one.values).get("initiative")) for one in raw.replies}
    slug = slug or next((folder for folder, owner in folders.items() if owner == number), "")
    is_name = slug not in ("", ".", "..")  # a folder itself and the one above it are there, and nobody's
    if not is_name or not any((raw.folder / place).exists() for place in _places(slug)):
        raise CannotWithdraw("withdraw-unknown", wanted=wanted, near=_nearest(raw, wanted))
    found = folders.get(slug, "")
    number = _agree(found if ID_PATTERN.fullmatch(found) else "", number, slug)
    taken = {one for document in raw.initiatives for one in numbers_of(document)} | retired.ids
    if number in taken:
        raise CannotWithdraw("withdraw-number-taken", number=number, slug=slug)
    return Withdrawal(number, slug)


def _agree(found: str, given: str, slug: str) -> str:
    """The number in the files; the one that was given where they have none."""
    number = found or whole_id(given)
    if not ID_PATTERN.fullmatch(number):
        raise CannotWithdraw("withdraw-number-needed", slug=slug)
    return number


def _slug_of(wanted: str) -> str:
    """`hue-s` of itself, of content/initiatives/hue-s.md, and of https://…/sang-kien/hue-s/."""
    path = wanted.strip().replace("\\", "/")
    return path.rstrip("/").rpartition("/")[2].removesuffix(".md").removesuffix(".en")


def _former(document: RawDocument) -> tuple[str, ...]:
    slugs = (one for one in listed(grouped(document.values).get("former_slugs")) if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in slugs if SLUG_PATTERN.fullmatch(one) and one != document.slug))


def _nearest(raw: RawContent, wanted: str) -> str:
    return nearest_word(_slug_of(wanted), [one.slug for one in raw.initiatives])


def _places(slug: str) -> tuple[str, ...]:
    return (f"initiatives/{slug}.md", f"initiatives/{slug}.en.md", f"initiatives/{slug}", f"replies/{slug}")


def _files_of(withdrawal: Withdrawal, raw: RawContent) -> Iterator[Path]:
    """Its files and folders, replies that lie in a wrong folder, and what was left behind at its former slugs."""
    slugs = [withdrawal.slug, *withdrawal.former_slugs]
    others = {document.slug for document in raw.initiatives if document.slug != withdrawal.slug}
    for slug in slugs:
        for place in _places(slug) if slug not in others else ():
            path = raw.folder / place
            if path.is_symlink() or path.exists():
                yield path
    for document in raw.replies:
        folder = document.path.parent
        if grouped(document.values).get("initiative") == withdrawal.number and folder.name not in slugs:
            yield document.path
            english = folder / f"{document.slug}.en.md"
            if english.exists():
                yield english


def _retire(withdrawal: Withdrawal, raw: RawContent, entry: RetiredEntry | None, day: str) -> None:
    """Its entry in retired.yaml, unless a run before wrote it; what was merged into it is gone, too."""
    path = raw.folder / "retired.yaml"
    old = path.read_bytes().decode() if raw.retired is not None else ""
    values = list(raw.retired.values or []) if raw.retired is not None else []
    text = old
    for index, value in enumerate(values):
        if value.get("merged_into") == withdrawal.number and raw.retired is not None:
            line = raw.retired.line_of((index, "merged_into"))
            text = _change_line(
                text, line, rf"merged_into:(\s*)[\"']?{withdrawal.number}[\"']?", rf"withdrawn:\g<1>{day}"
            )
            values[index] = {name: one for name, one in value.items() if name != "merged_into"} | {"withdrawn": day}
            withdrawal.mended.append((raw.retired.shown, line))
    if entry is None:
        indent = next((match[1] for match in re.finditer(r"^( *)- ", text, re.MULTILINE)), "")
        lines = [f"- id: {withdrawal.number}", f"  slug: {withdrawal.slug}"]
        if withdrawal.former_slugs:
            lines.append(f"  former_slugs: [{', '.join(withdrawal.former_slugs)}]")
        lines.append(f"  withdrawn: {day}")
        text += ("\n" if text and not text.endswith("\n") else "") + "".join(f"{indent}{one}\n" for one in lines)
        new = {"id": withdrawal.number, "slug": withdrawal.slug, "withdrawn": day}
        values.append(new | ({"former_slugs": list(withdrawal.former_slugs)} if withdrawal.former_slugs else {}))
    if text != old:
        if _read_again(text, path).values != values:
            raise CannotWithdraw("withdraw-retired-broken")
        withdrawal.written[path] = text


def _mend_mentions(withdrawal: Withdrawal, raw: RawContent) -> None:
    """Lists of numbers lose it; where its number, address or title stands in a text, people must see to it."""
    staying = [one for one in _all_documents(raw) if not _goes(one.path, withdrawal)]
    title = next((grouped(one.values).get("title") for one in raw.initiatives if one.slug == withdrawal.slug), None)
    mention = _mention_of(withdrawal, title)
    for document in staying:
        mended = _without_number(document, withdrawal.number)
        if mended is not None:
            text, lines = mended
            withdrawal.written[document.path] = text
            withdrawal.mended += [(document.shown, line) for line in lines]
            stops = listed(grouped(document.values).get("exhibits"))
            if stops and len(stops) - len(lines) < FEWEST_STOPS:
                withdrawal.too_short.append(document.shown)
        gone = set(mended[1]) if mended is not None else set()
        withdrawal.by_hand += [
            (document.shown, line)
            for where, line in _lines_that_name(document, mention)
            if not where or document.line_of(where[:2]) not in gone
        ]


def _all_documents(raw: RawContent) -> Iterator[RawDocument]:
    yield from (*raw.initiatives, *raw.english, *raw.replies, *raw.replies_english)
    yield from (*raw.collections, *raw.collections_english, *raw.pages, *raw.pages_english, *raw.vocabularies)


def _goes(path: Path, withdrawal: Withdrawal) -> bool:
    return any(path.is_relative_to(one) for one in withdrawal.removed)


def _mention_of(withdrawal: Withdrawal, title: Value) -> re.Pattern[str]:
    digits = withdrawal.number[3:].lstrip("0")
    slugs = "|".join(map(re.escape, (withdrawal.slug, *withdrawal.former_slugs)))
    ways = [rf"\bsk[ -]?0*{digits}\b", rf"/sk/{digits}\b", rf"sang-kien/(?:{slugs})(?![\w-])"]
    if isinstance(title, str) and title:
        ways.append(re.escape(fold_text(title)))
    return re.compile("|".join(ways), re.IGNORECASE)


def _lines_that_name(document: RawDocument, mention: re.Pattern[str]) -> Iterator[tuple[ValuePath, int]]:
    """Fields and lines of the body, whose field is (), that name it in words."""
    for where, text in find_texts(document.values):
        if mention.search(fold_text(text)) or mention.search(text):
            yield where, document.line_of(where)
    for number, line in enumerate(document.body.split("\n"), document.body_line):
        if mention.search(fold_text(line)) or mention.search(line):
            yield (), number


def _without_number(document: RawDocument, number: str) -> tuple[str, list[int]] | None:
    """The file's text without the number in its lists of numbers, and the lines that had it; None if it has none, or
    if it can't be done by taking out whole words or lines.
    """
    values = grouped(document.values)
    wanted, places = dict(values), list[ValuePath]()
    for name in NUMBER_LISTS:
        given = values.get(name)
        left = [one for one in listed(given) if whole_id(_number_in(one)) != number]
        if len(left) == len(listed(given)):
            continue
        places += [
            (name, index) if isinstance(given, list) else (name,)
            for index, one in enumerate(listed(given))
            if whole_id(_number_in(one)) == number
        ]
        wanted[name] = left
        if not left:
            del wanted[name]
    if not places:
        return None
    text = document.path.read_bytes().decode()
    for where in sorted(places, key=lambda one: (document.line_of(one), one), reverse=True):  # lines above keep theirs
        text = _take_out(text, document, where)
    again = _read_again(text, document.path)
    if (again.values, again.body) != (wanted, document.body):
        return None
    return text, sorted(document.line_of(one) for one in places)


def _number_in(one: Value) -> Value:
    return one.get("initiative") if isinstance(one, dict) else one


def _take_out(text: str, document: RawDocument, where: ValuePath) -> str:
    """A list's item without its line, or, between brackets, without its word. Items must be taken from the last on."""
    lines, at = text.split("\n"), document.line_of(where) - 1
    key_at = document.line_of(where[:1]) - 1
    item = re.match(r"( *)- ", lines[at])
    if at != key_at and item:
        end = at + 1
        while end < len(lines) and re.match(rf" {{{len(item[1]) + 1},}}\S", lines[end]):
            end += 1
        lines[at:end] = []
        is_last = not re.match(r" *(?:- |#)", lines[key_at + 1] if key_at + 1 < len(lines) else "")
        if is_last and key_at + 1 == at:
            del lines[key_at]
        return "\n".join(lines)
    inside = re.match(r"(\s*[\w]+:\s*\[)(.*)(\].*)$", lines[at])
    if inside is None:
        lines[at : at + 1] = []
        return "\n".join(lines)
    words = inside[2].split(",")
    del words[int(where[-1])]
    lines[at : at + 1] = [inside[1] + ",".join(words).strip() + inside[3]] if words else []
    return "\n".join(lines)


def _change_line(text: str, line: int, pattern: str, new: str) -> str:
    lines = text.split("\n")
    lines[line - 1] = re.sub(pattern, new, lines[line - 1])
    return "\n".join(lines)


def _read_again(text: str, path: Path) -> RawDocument:
    """What the reader makes of a text that is not written yet."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name) / path.name
        trial.write_bytes(text.encode())
        return read_list(trial, trial.parent) if path.suffix == ".yaml" else read_document(trial, trial.parent)


def shown_paths(withdrawal: Withdrawal, folder: Path) -> list[str]:
    """What goes, as it is shown to people; folders end in a slash."""
    return [show_path(one, folder) + ("/" if one.is_dir() else "") for one in withdrawal.removed]
