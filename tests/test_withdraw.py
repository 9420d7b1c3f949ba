"""Taking an exhibit down for good: what the command does to the content, and that the next build tells nothing of it.

The exhibit has a word of its own in every field that takes text, in its English, its reply, its pictures' names and
inside its scan. Builds are real ones; output and cache are searched, compressed files unpacked.
"""

from __future__ import annotations

import errno
import itertools
import os
import pty
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from selectolax.lexbor import LexborHTMLParser

from expo import pipeline
from expo.cache import WITHDRAWN, Cache, empty_cache, forget_withdrawn
from expo.cli import main, withdraw_command
from expo.cli.withdraw_plan import CannotWithdraw, plan_withdrawal
from expo.config import Config, make_config
from expo.fields import InitiativeFields, ReplyFields
from expo.pipeline import check_content
from expo.plugin import run_pelican
from expo.read import read_content
from expo.render.site import Plan
from expo.write import OutputFolder
from tests.test_pictures import PDF, draw, encode
from tests.test_pipeline import PROJECT, SMALL, build, differing, files_of

SLUG, NUMBER, FORMER = "zqslug-vi-du", "SK-0006", "zqformer-vi-du"
SITE_URL = "https://expo.example/trien-lam"

INITIATIVE = f"""---
id: {NUMBER}
former_slugs: [{FORMER}]
title: "Zqtitle loa ví dụ"
summary: "Zqsummary là câu thứ nhất của tóm tắt. Câu thứ hai dài cho đủ số ký tự cần có."
added: 2026-02-01
updated: 2026-02-02
province: [can-tho]
province_note: "Zqprovince note"
place: "xã Zqplace"
themes: [moi-truong]
aim: unknown
stage: pilot
stage_note: "Zqstagenote"
proposer: {{type: citizen, name: "Zqproposer", note: "Zqproposernote"}}
origin: submitted
submitted: 2021-05-20
started: 2019
started_note: "Zqstartednote"
channels: [zalo]
endorsement: {{authority: "UBND Zqauthority", document: "77/Zqdocument", date: 2021-05-20, scan: zqscan.pdf}}
figures:
  - {{label: "Zqlabel", label_en: "Zqlabelen", value: 7654321, unit: "zqunit", unit_en: "zquniten", as_of: 2020,
     source: zqkey}}
criteria: {{commitment: "Zqcommitment", feasibility: "Zqfeasibility", impact: "Zqimpact", scalability: "Zqscalability"}}
cover: {{file: zqcover.jpg, alt: "Zqcoveralt", credit: "Zqcredit", licence: "Zqlicence"}}
gallery: [{{file: zqgallery.png, alt: "Zqgalleryalt", credit: "Zqgallerycredit", licence: "Zqgallerylicence"}}]
links: [https://zqlink.example/x]
video: https://zqvideo.example/x
sources:
  - {{key: zqkey, title: "Zqsource", address: "https://zqaddress.example/x", publisher: "Zqpublisher", date: 2020,
     kind: press, note: "Zqsourcenote"}}
evidence: B
caveats: "Zqcaveats"
adapted_from: [SK-0001]
related: [SK-0002]
contact: "https://zqcontact.example"
consent: "zqconsent-2026.pdf"
tags: [zqtag]
---

Zqbody của bài, gọi bà Zqname 0912 345 678.[^zqkey]
"""
ENGLISH = """---
title: "Zqtitleen"
summary: "Zqsummaryen is the first sentence of the summary, long enough to be one."
---

Zqbodyen of the text.
"""
REPLY = f"""---
initiative: {NUMBER}
office: "Sở Zqoffice"
province: can-tho
date: 2021-06
date_text: "tháng 6, zqdatetext"
date_text_en: "June, zqdatetexten"
sources:
  - {{key: zqown, title: "Zqownsource", address: null, publisher: "Zqownpublisher", date: null, kind: official,
     note: "Zqownnote"}}
document: {{number: "99/Zqnumber", file: zqreply.pdf}}
verdict: piloting
next_step: "Zqnextstep"
due: 2022
commitments: [{{what: "Zqwhat", by: 2022, done: 2022, evidence: "Zqevidence"}}]
---

Zqreplybody.
"""
COLLECTION = f"""---
title: "Bốn sáng kiến mẫu"
summary: "Bốn sáng kiến mẫu treo cạnh nhau để xem thử, một trong số đó sẽ được gỡ xuống."
curator: "Ban biên soạn"
exhibits:
  - SK-0001
  - initiative: {NUMBER}
    why: "Zqwhy"
    why_en: "Zqwhyen"
  - SK-0002
  - SK-0003
---

Lời dẫn.
"""
NEVER_SHOWN = {"zqconsent"}  # the reference stays with the organizers
NOT_ON_PAGES = {"zqkey", "zqownsource", "zqownnote"}  # no page shows them yet


def words_of(*texts: str) -> set[str]:
    """Every invented word, in small letters."""
    return set(re.findall(r"zq[a-z]+", "\n".join(texts).lower()))


MARKS = words_of(INITIATIVE, SLUG, ENGLISH, REPLY, "zqwhy zqwhyen zqreplyen zqinside")


def add_exhibit(content: Path) -> None:
    """The exhibit among three others, named by one of them and by a collection."""
    beside = content / "initiatives" / SLUG
    files = {
        f"initiatives/{SLUG}.md": INITIATIVE,
        f"initiatives/{SLUG}.en.md": ENGLISH,
        f"replies/{SLUG}/2021-06-so.md": REPLY,
        f"replies/{SLUG}/2021-06-so.en.md": "Zqreplyen.\n",
        "collections/bon-mau.md": COLLECTION,
    }
    for name, text in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    beside.mkdir()
    (beside / "zqcover.jpg").write_bytes(encode(draw(), "JPEG"))
    (beside / "zqgallery.png").write_bytes(encode(draw(), "PNG"))
    for name in ("zqscan.pdf", "zqreply.pdf"):
        (beside / name).write_bytes(PDF + b"\n% zqinside")
    path = content / "initiatives" / "tram-canh-bao-vi-du.md"
    text = path.read_text("utf-8")
    assert "related:" not in text
    path.write_text(text.replace("\nstage:", f"\nrelated: [SK-0002, {NUMBER}]\nstage:", 1), "utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small content with the exhibit in it."""
    shutil.copytree(SMALL, tmp_path / "content")
    add_exhibit(tmp_path / "content")
    return tmp_path / "content"


def found_in(folder: Path) -> set[str]:
    """The invented words in the files of a folder, and in their names. Compressed files are unpacked."""
    found: set[str] = set()
    for name, data in files_of(folder).items():
        unpacked = data
        if name.endswith(".bin"):
            unpacked = zlib.decompress(data)
        text = (name.encode() + b"\n" + data + b"\n" + unpacked).lower()
        found |= {mark for mark in MARKS if mark.encode() in text}
    return found


def withdraw(content: Path, *arguments: str, cache: Path | None = None) -> int:
    """The command, without a question."""
    return run(cache or content.with_name("cache"), "withdraw", "--content", str(content), "--yes", *arguments)


def run(cache: Path, *arguments: str) -> int:
    """A command with a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPO_CACHE_DIR", str(cache))
        return main(list(arguments))


def problems(content: Path) -> list[str]:
    """Codes of all that is wrong."""
    return [one.code for one in check_content(make_config(content=content, environment={})).problems]


def test_the_exhibit_uses_every_field_and_is_right(content: Path) -> None:
    """A field that is added to the table must be added here: then it is known to go with the rest."""
    assert problems(content) == []
    raw = read_content(content)
    (document,) = [one for one in raw.initiatives if one.slug == SLUG]
    (reply,) = [one for one in raw.replies if one.path.parent.name == SLUG]
    assert [name for name in InitiativeFields.model_fields if name not in document.values] == ["draft"]
    assert [name for name in ReplyFields.model_fields if name not in reply.values] == []


@pytest.mark.slow
@pytest.mark.parametrize("way", ["by command", "by hand"])
def test_after_the_next_build_nothing_of_it_is_left(content: Path, tmp_path: Path, way: str) -> None:
    """Built twice with it, taken down, built: output and cache hold none of its words, and the site is as if new."""
    output, cache = tmp_path / "output", tmp_path / "cache"
    arguments = ["--content", str(content)]
    if way == "by command":  # share cards and feeds take half of the time
        arguments += ["--site-url", SITE_URL]
    for title in ("Zqtitle loa ví dụ", "Zqtitle loa ví dụ hai"):  # so that the spare tree differs from the output
        path = content / "initiatives" / f"{SLUG}.md"
        path.write_text(path.read_text("utf-8").replace("Zqtitle loa ví dụ", title), "utf-8")
        build(output, *arguments, cache=cache)
    shown = found_in(output)
    assert MARKS - shown == NOT_ON_PAGES | NEVER_SHOWN
    assert run(cache, "search", "--content", str(content), "--quiet", "zqtitle") == 0
    (cache / "preview" / "8000" / "a").mkdir(parents=True)
    (cache / "preview" / "8000" / "a" / "index.html").write_text("zqtitle left by a preview that was killed")
    assert {"zqtitle", "zqbody", "zqcover", "zqinside"} - found_in(cache) == set()
    if way == "by command":
        assert withdraw(content, NUMBER, cache=cache) == 0
        assert found_in(cache) == set()
    else:
        by_command = tmp_path / "by-command"
        shutil.copytree(content, by_command)
        assert withdraw(by_command, NUMBER, cache=tmp_path / "another-cache") == 0
        shutil.rmtree(content)
        by_command.rename(content)
    build(output, *arguments, cache=cache)
    left = {"zqslug", "zqformer"}  # the addresses that the tombstones stand at
    assert found_in(output) == left
    assert found_in(cache) == set()
    pages = ["sk/6/index.html"] + [
        f"{lang}sang-kien/{slug}/index.html" for lang in ("", "en/") for slug in (SLUG, FORMER)
    ]
    files = files_of(output, "manifest.json")
    named = {name for name, data in files.items() if any(mark.encode() in name.encode() + data for mark in left)}
    assert named == set(pages) - {"sk/6/index.html"}
    for page in pages:
        tree = LexborHTMLParser((output / page).read_bytes())
        robots = tree.css_first("meta[name=robots]")
        assert robots is not None and robots.attributes["content"] == "noindex"
        main_text = " ".join(tree.css_first("main").text().split())
        assert "SK-0006 đã được gỡ" in main_text and "SK-0006 was taken down" in main_text
        assert [link.attributes["href"] for link in tree.css("main a")] != []
    cold = build(tmp_path / "cold", *arguments, cache=tmp_path / "cold-cache")
    assert differing(output, cold) == []
    (output / "index.html").touch()  # else nothing would have changed, and nothing be built
    build(output, *arguments, cache=cache)
    assert (found_in(output), found_in(cache)) == (left, left)  # the spare is the tree with the tombstones
    assert differing(output, cold) == []
    own = "^(rendered|seen|standing)-[0-9a-f]{12}"  # one for each output
    names, cold_names = (
        {re.sub(own, "own", path.name) for path in folder.glob("*")} for folder in (cache, tmp_path / "cold-cache")
    )
    assert names - cold_names == {"spare"}


@pytest.mark.slow
def test_the_reference_of_a_consent_is_never_published(content: Path, tmp_path: Path) -> None:
    """Nor kept in the cache: it lifts what is private, and leads to a paper that is."""
    assert "zqconsent" in MARKS
    output = build(tmp_path / "output", "--content", str(content), "--site-url", SITE_URL, "--drafts")
    assert "zqname" in found_in(output)  # the private number beside it went out, by consent
    assert "zqconsent" not in found_in(output) | found_in(tmp_path / "output-cache")


def test_the_command_removes_its_files_and_mends_what_names_it(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everything else stays as it was, to the letter."""
    before = files_of(content)
    assert withdraw(content, "--lang", "en", SLUG) == 0
    after = files_of(content)
    told = capsys.readouterr().out
    gone = {name for name in before if SLUG in name}
    assert set(before) - set(after) == gone and len(gone) == 8
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"retired.yaml", "initiatives/tram-canh-bao-vi-du.md", "collections/bon-mau.md"}
    assert after["initiatives/tram-canh-bao-vi-du.md"] == before["initiatives/tram-canh-bao-vi-du.md"].replace(
        f", {NUMBER}]".encode(), b"]"
    )
    assert after["collections/bon-mau.md"].decode() == COLLECTION.replace(
        f'  - initiative: {NUMBER}\n    why: "Zqwhy"\n    why_en: "Zqwhyen"\n', ""
    )
    assert after["retired.yaml"].startswith(before["retired.yaml"])
    day = make_config(content=content).today.isoformat()
    assert after["retired.yaml"].decode()[len(before["retired.yaml"]) :] == (
        f"- id: {NUMBER}\n  slug: {SLUG}\n  former_slugs: [{FORMER}]\n  withdrawn: {day}\n"
    )
    assert problems(content) == []
    for line in (
        f"  content/initiatives/{SLUG}.md\n",
        f"  content/initiatives/{SLUG}/\n",
        f"  content/replies/{SLUG}/\n",
        "  content/collections/bon-mau.md:7\n",
        "git filter-repo --invert-paths",
        f"--path content/initiatives/{SLUG}/",
        f"--path content/replies/{FORMER}/",
        "Wayback Machine",
    ):
        assert line in told


@pytest.mark.parametrize(
    "wanted",
    [
        NUMBER,
        "6",
        "sk 6",
        SLUG,
        FORMER,
        f"content/initiatives/{SLUG}.md",
        f"{SLUG}.en.md",
        rf"content\initiatives\{SLUG}.md",
        f"https://x.example/sang-kien/{SLUG}/",
    ],
)
def test_it_is_found_however_it_is_named(content: Path, wanted: str) -> None:
    """Number, slug of now or of before, file, address."""
    plan = plan_withdrawal(read_content(content), wanted, "", "2027-02-01")
    assert (plan.number, plan.slug, plan.former_slugs) == (NUMBER, SLUG, (FORMER,))


def test_what_names_it_in_words_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Number, address or title in a text of another file: people must read and mend."""
    path = content / "initiatives" / "may-loc-nuoc-vi-du.md"
    text = (
        path.read_text("utf-8")
        + f"\nNhư {NUMBER}.\n\nXem /sang-kien/{SLUG}/ hoặc /sk/6/.\n\nGiống zqtitle Loa Ví dụ.\n"
    )
    path.write_text(text, "utf-8")
    lines = text.split("\n")
    wanted = [number for number, line in enumerate(lines, 1) if line.startswith(("Như ", "Xem /", "Giống "))]
    assert len(wanted) == 3
    assert withdraw(content, "--lang", "en", NUMBER) == 0
    told = capsys.readouterr().out
    assert [line in told for line in (f"may-loc-nuoc-vi-du.md:{number}\n" for number in wanted)] == [True] * 3
    assert path.read_text("utf-8") == text


def test_a_collection_that_grows_too_short_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It cannot stay as it is; what becomes of it people must say."""
    path = content / "collections" / "bon-mau.md"
    path.write_text(COLLECTION.replace("  - SK-0003\n", ""), "utf-8")
    assert withdraw(content, "--lang", "en", NUMBER) == 0
    assert "content/collections/bon-mau.md: fewer than three exhibits are left" in capsys.readouterr().out
    assert problems(content) == ["too-few"]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"related: {NUMBER}\n", ""),
        (f"related: [{NUMBER}]\n", ""),
        (f"related: [{NUMBER}, SK-0002]\n", "related: [SK-0002]\n"),
        (f"related: [ SK-0002 , {NUMBER} ]  # hai\n", "related: [SK-0002]  # hai\n"),
        (f"related:\n  - SK-0002\n  - {NUMBER}\n", "related:\n  - SK-0002\n"),
        (f"related:\n- {NUMBER}\n- SK-0002\n", "related:\n- SK-0002\n"),
        (f"related:\n  - {NUMBER}\n", ""),
        (f'related: ["{NUMBER}", "SK-0002"]\n', 'related: ["SK-0002"]\n'),
        (f"related: [{NUMBER}]\nadapted_from: [{NUMBER}]\n", ""),
    ],
)
def test_lists_lose_the_number_however_they_are_written(content: Path, written: str, left: str) -> None:
    """And nothing else."""
    path = content / "initiatives" / "may-loc-nuoc-vi-du.md"
    bare = path.read_text("utf-8")
    assert "related:" not in bare and "adapted_from:" not in bare
    path.write_text(bare.replace("\nstage:", f"\n{written}stage:", 1), "utf-8")
    assert problems(content) == []
    assert withdraw(content, NUMBER) == 0
    assert path.read_text("utf-8") == bare.replace("\nstage:", f"\n{left}stage:", 1)


def test_a_list_that_cannot_be_mended_safely_is_left_and_told(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is broken over lines in brackets: the line is named."""
    path = content / "initiatives" / "may-loc-nuoc-vi-du.md"
    text = path.read_text("utf-8").replace("\nstage:", f"\nrelated: [SK-0002,\n  {NUMBER}]\nstage:", 1)
    path.write_text(text, "utf-8")
    assert withdraw(content, NUMBER) == 0
    assert path.read_text("utf-8") == text
    line = text.split("\n").index(f"  {NUMBER}]") + 1
    assert f"may-loc-nuoc-vi-du.md:{line}\n" in capsys.readouterr().out


def test_what_was_merged_into_it_is_withdrawn_with_it(content: Path) -> None:
    """Its addresses led to the exhibit; they must not lead to nothing."""
    path = content / "retired.yaml"
    path.write_text(path.read_text("utf-8") + f"- id: SK-0009\n  slug: nhap-truoc\n  merged_into: {NUMBER}\n", "utf-8")
    assert problems(content) == []
    assert withdraw(content, NUMBER) == 0
    assert problems(content) == []
    assert "SK-0009\n  slug: nhap-truoc\n  withdrawn: 20" in path.read_text("utf-8")


PLACES = (f"initiatives/{SLUG}.md", f"initiatives/{SLUG}.en.md", f"initiatives/{SLUG}", f"replies/{SLUG}")


def remove(path: Path) -> None:
    """A file or a folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("gone", [one for size in range(1, 4) for one in itertools.combinations(PLACES, size)])
@pytest.mark.parametrize("is_listed", [True, False])
def test_a_run_that_was_cut_off_is_finished_by_the_next(content: Path, gone: tuple[str, ...], is_listed: bool) -> None:
    """Whatever is left of it, and whether retired.yaml was written: the same end."""
    whole = content.with_name("whole") / "content"
    shutil.copytree(content, whole)
    assert withdraw(whole, NUMBER) == 0
    if is_listed:
        shutil.copy(whole / "retired.yaml", content / "retired.yaml")
    for place in gone:
        remove(content / place)
    assert is_listed or PLACES[0] in gone or withdraw(content, NUMBER) == 0
    if not is_listed and PLACES[0] in gone:
        assert withdraw(content, SLUG, "--id", NUMBER) == 0
    elif is_listed:
        assert withdraw(content, NUMBER) == 0
    after, wanted = files_of(content), files_of(whole)
    if PLACES[0] in gone and not is_listed:  # nobody can tell its former address any more
        wanted["retired.yaml"] = wanted["retired.yaml"].replace(f"  former_slugs: [{FORMER}]\n".encode(), b"")
    assert after == wanted


def test_the_number_of_what_is_half_gone_is_told_by_its_replies(content: Path) -> None:
    """Slug or number will do as long as a reply is there."""
    remove(content / PLACES[0])
    for wanted in (NUMBER, SLUG):
        plan = plan_withdrawal(read_content(content), wanted, "", "2027-02-01")
        assert (plan.number, plan.slug) == (NUMBER, SLUG)


def refuse(content: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says when it does nothing."""
    before = files_of(content)
    assert withdraw(content, "--lang", "en", *arguments) == 2
    assert files_of(content) == before
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.strip()


def test_it_refuses_what_it_does_not_know(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest name, or the way out; nothing is changed."""
    assert refuse(content, capsys, "SK-0099").startswith('There is no exhibit "SK-0099", nor any file of it.')
    assert refuse(content, capsys, "zqslug-vi-dụ").endswith(f'Did you mean "{SLUG}"?')
    assert refuse(content, capsys, "../../etc/passwd").startswith('There is no exhibit "../../etc/passwd"')
    assert refuse(content, capsys, "SK-0005").startswith("SK-0005 is withdrawn already (retired.yaml)")
    assert refuse(content, capsys, "da-rut-vi-du").startswith("SK-0005 is withdrawn already (retired.yaml)")
    assert refuse(content, capsys, "SK-0004").endswith("To take its content down, withdraw SK-0002.")
    remove(content / PLACES[0])
    remove(content / PLACES[3])
    assert refuse(content, capsys, SLUG) == f'No file is left that tells the number of "{SLUG}"; add --id SK-0000.'
    assert refuse(content, capsys, SLUG, "--id", "SK-0002").startswith("SK-0002 belongs to another exhibit")


@pytest.mark.parametrize("wanted", ["..", ".", "content/initiatives/..", "initiatives/./", "..\\..", " .. "])
def test_a_folder_is_no_exhibit(content: Path, capsys: pytest.CaptureFixture[str], wanted: str) -> None:
    """All of the content would go with it."""
    for number in ((), ("--id", "SK-0999")):
        assert refuse(content, capsys, wanted, *number).startswith("There is no exhibit")


def test_the_present_name_of_a_file_goes_before_the_former_one_of_another(content: Path) -> None:
    """Such content is wrong, and may have to be taken down all the same; the ambiguous are told with their name."""
    copy = INITIATIVE.replace(NUMBER, "SK-0077").replace(FORMER, SLUG)
    (content / "initiatives" / "khac.md").write_text(copy)
    assert plan_withdrawal(read_content(content), SLUG, "", "2027-02-01").number == NUMBER
    (content / "initiatives" / "khac-nua.md").write_text(copy.replace(SLUG, FORMER))
    with pytest.raises(CannotWithdraw) as caught:
        plan_withdrawal(read_content(content), FORMER, "", "2027-02-01")
    assert caught.value.values["number"] == FORMER


def test_it_refuses_two_files_of_one_number(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which of them is meant people must say."""
    shutil.copy(content / PLACES[0], content / "initiatives" / "khac.md")
    assert f"content/initiatives/khac.md, content/initiatives/{SLUG}.md" in refuse(content, capsys, NUMBER)
    assert withdraw(content, "khac") == 0


@pytest.mark.parametrize("text", ["- id: SK-0005\n  slug: [a\n", "id: SK-0005\n", "- {id: SK-0005, slug: a}\n"])
def test_it_does_not_touch_a_broken_list(content: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """What can't be read can't be added to."""
    (content / "retired.yaml").write_text(text)
    assert refuse(content, capsys, NUMBER).startswith("retired.yaml cannot be changed")


@pytest.mark.parametrize(
    "text",
    [
        "# Chỉ lời nhắc\n",
        "",
        "- {id: SK-0008, slug: a, withdrawn: 2026-01-01}",
        "  - id: SK-0008\n    slug: a\n    withdrawn: 2026-01-01\n",
        None,
    ],
)
def test_the_list_may_be_missing_or_written_otherwise(content: Path, text: str | None) -> None:
    """No file, no end of line, another indent."""
    path = content / "retired.yaml"
    path.unlink()
    if text is not None:
        path.write_text(text, "utf-8")
    if text in ("", "# Chỉ lời nhắc\n"):
        with pytest.raises(CannotWithdraw, match="withdraw-retired-broken"):
            plan_withdrawal(read_content(content), NUMBER, "", "2027-02-01")
        return
    assert withdraw(content, NUMBER) == 0
    assert problems(content) == []


def test_it_asks_first(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal and without --yes nothing is done, and what would be is told."""
    before = files_of(content)
    assert run(content.with_name("cache"), "withdraw", "--content", str(content), "--lang", "en", NUMBER) == 2
    told = capsys.readouterr()
    assert f"  content/initiatives/{SLUG}.md\n" in told.out
    assert told.err == "Nothing was done: there is no terminal to ask on. Add --yes if you are sure.\n"
    assert files_of(content) == before


@pytest.mark.parametrize(("typed", "code"), [("sk-0006", 0), ("y", 2), ("", 2)])
def test_on_a_terminal_the_number_is_the_answer(content: Path, typed: str, code: int) -> None:
    """A y by habit takes nothing down."""
    before = files_of(content)
    keyboard, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(PROJECT / "build.py"), "withdraw", "--content", str(content), SLUG],
        stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=PROJECT,
        env={**os.environ, "EXPO_CACHE_DIR": str(content.with_name("cache"))},
    )  # fmt: skip
    os.close(terminal)
    os.write(keyboard, f"{typed}\n".encode())
    try:
        screen = process.communicate(timeout=120)[0].decode()
    finally:
        process.kill()
        os.close(keyboard)
    assert process.returncode == code, screen
    assert f"Gõ {NUMBER} để đồng ý" in screen
    assert (files_of(content) == before) == (code == 2)


def test_a_link_in_its_place_is_removed_and_not_followed(content: Path, tmp_path: Path) -> None:
    """What it leads to is not the exhibit's."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine")
    remove(content / PLACES[2])
    (content / PLACES[2]).symlink_to(outside, target_is_directory=True)
    assert withdraw(content, NUMBER) == 0
    assert not (content / PLACES[2]).is_symlink()
    assert (outside / "mine.txt").read_text() == "mine"


def test_a_disk_that_fails_leaves_content_that_no_build_takes(
    content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that can't be removed (something is mounted there, say): the sentence, and the same command again."""

    def fail(path: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(withdraw_command, "shutil", SimpleNamespace(rmtree=fail))
        assert withdraw(content, "--lang", "en", NUMBER) == 3
    assert "Stopped half way" in capsys.readouterr().err
    assert "folder-of-nobody" in problems(content)
    assert withdraw(content, NUMBER) == 0
    assert problems(content) == []


# The cache


def test_the_cache_is_emptied_when_something_was_taken_down_since(tmp_path: Path) -> None:
    """Once for each; what others keep in the folder stays."""
    cache = Cache(tmp_path)
    name = "share-card-" + "0" * 40
    (tmp_path / "spare" / "x").mkdir(parents=True)
    (tmp_path / "letter.txt").write_text("mine")
    cache.keep(name, b"kept")
    forget_withdrawn(tmp_path, [])
    assert cache.read(name) == b"kept"
    forget_withdrawn(tmp_path, [("SK-0005", "a")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", WITHDRAWN]
    cache.keep(name, b"kept")
    forget_withdrawn(tmp_path, [("SK-0005", "a")])
    assert cache.read(name) == b"kept"
    forget_withdrawn(tmp_path, [])  # a build of the content as it was before
    forget_withdrawn(tmp_path, [("SK-0005", "a")])
    assert cache.read(name) is None


def test_a_build_that_began_before_keeps_nothing_for_long(content: Path, tmp_path: Path) -> None:
    """It may keep what another has just forgotten; the next build of what is left forgets that as well."""
    environment = {"EXPO_CACHE_DIR": str(tmp_path / "cache")}
    config = make_config(content=content, output=tmp_path / "site", site_url=SITE_URL, environment=environment)

    gone: list[tuple[str, str]] = []

    def run_late(config: Config, plan: Plan, folder: OutputFolder) -> None:
        gone.extend([*plan.site.expo.withdrawn, (NUMBER, SLUG)])
        forget_withdrawn(config.cache, gone)
        run_pelican(config, plan, folder)

    pipeline.build(config, run_late)
    assert any(config.cache.glob("share-card-*"))
    forget_withdrawn(config.cache, gone)
    assert sorted(path.name for path in config.cache.iterdir()) == ["templates", WITHDRAWN]


def test_two_builds_may_empty_the_cache_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them finds gone when it would remove it is gone; the rest is removed all the same."""
    cache, name = Cache(tmp_path), "share-card-" + "0" * 40
    for folder in ("a", "b", "c"):
        (tmp_path / "spare" / folder).mkdir(parents=True)
    cache.keep(name, b"kept")
    remove, is_file = shutil.rmtree, Path.is_file

    def remove_late(path: Path) -> None:
        monkeypatch.setattr(shutil, "rmtree", remove)
        remove(path / "b")
        raise FileNotFoundError(path / "b")

    def look_early(path: Path) -> bool:
        there = is_file(path)
        path.unlink(missing_ok=True)
        return there

    monkeypatch.setattr(shutil, "rmtree", remove_late)
    monkeypatch.setattr(Path, "is_file", look_early)
    empty_cache(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_all_that_a_build_keeps_is_known_to_be_its_own(content: Path, tmp_path: Path) -> None:
    """A kind of file that is kept under a new name would outlive what was taken down."""
    cache = tmp_path / "cache"
    build(tmp_path / "output", "--content", str(content), cache=cache)
    build(tmp_path / "output", "--content", str(content), cache=cache)
    assert run(cache, "search", "--content", str(content), "--quiet", "zqtitle") == 0
    assert len(list(cache.iterdir())) > 5
    empty_cache(cache)
    assert {path.name for path in cache.iterdir()} <= {"templates", WITHDRAWN}  # templates are the theme's
