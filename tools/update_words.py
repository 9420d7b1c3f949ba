"""Bring locale/en.po up to date: add message ids that are new, name those without English and those no longer used.

In: theme/templates/ and expo/ (what stands in gettext calls and trans blocks), locale/en.po. Out: the same file with
new ids and empty English at its end; the list on standard output, and exit code 1 while English is missing. Nothing is
translated or removed by itself. To run it: `python tools/update_words.py` in the project's environment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract  # noqa: F401 - Babel finds it by the name in METHODS; here it fails early if gone

PROJECT = Path(__file__).resolve().parent.parent
CATALOGUE = PROJECT / "locale" / "en.po"
FOLDERS = (PROJECT / "theme" / "templates", PROJECT / "expo")
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract"), ("**.xml", "jinja2.ext:babel_extract")]
OPTIONS = {pattern: {"trimmed": "true", "silent": "false"} for pattern, method in METHODS if method != "python"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


@dataclass(frozen=True, order=True)
class Message:
    """A sentence of the interface; `plural` is "" where it has no count, `place` says where it stands first."""

    context: str
    singular: str
    plural: str
    place: str


def collect_messages() -> dict[tuple[str, str], Message]:
    """Every message of templates and code, by context and message id."""
    found: dict[tuple[str, str], Message] = {}
    for folder in FOLDERS:
        extracted = extract_from_dir(folder, METHODS, OPTIONS, keywords=KEYWORDS)
        for name, _, ids, _, context in sorted(extracted, key=lambda row: (row[0], row[1])):
            forms = ids if isinstance(ids, tuple) else (ids, "")
            place = (folder.relative_to(PROJECT) / name).as_posix()
            message = Message(context or "", forms[0], forms[1], place)
            earlier = found.get((message.context, message.singular))
            if earlier is None or (message.plural and not earlier.plural):
                found[(message.context, message.singular)] = message
    return found


def translated_ids() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(context, message id) of all entries of the catalogue, and of those with English for every form."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    entries: set[tuple[str, str]] = set()
    complete: set[tuple[str, str]] = set()
    for message in catalogue:
        singular = message.id if isinstance(message.id, str) else message.id[0]
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
        if singular:
            entries.add((message.context or "", singular))
            if all(strings) and not message.fuzzy:
                complete.add((message.context or "", singular))
    return entries, complete


def missing_messages() -> list[Message]:
    """Messages without English."""
    _, complete = translated_ids()
    return [message for key, message in collect_messages().items() if key not in complete]


def unused_ids() -> list[tuple[str, str]]:
    """Entries of the catalogue that nothing asks for."""
    entries, _ = translated_ids()
    return sorted(entries - set(collect_messages()))


def write_entry(message: Message) -> Iterator[str]:
    """Lines of a new entry with empty English."""

    def quote(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'

    yield ""
    yield f"#: {message.place}"
    if message.context:
        yield f"msgctxt {quote(message.context)}"
    yield f"msgid {quote(message.singular)}"
    if message.plural:
        yield f"msgid_plural {quote(message.plural)}"
        yield 'msgstr[0] ""'
        yield 'msgstr[1] ""'
    else:
        yield 'msgstr ""'


def main() -> int:
    """Add what is new and report."""
    entries, _ = translated_ids()
    new = [message for key, message in collect_messages().items() if key not in entries]
    lines = [line for message in new for line in write_entry(message)]
    if lines:
        with CATALOGUE.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    missing = missing_messages()
    for message in missing:
        print(f"{message.place}: no English: {message.singular}")
    for _, singular in unused_ids():
        print(f"locale/en.po: no longer used: {singular}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
