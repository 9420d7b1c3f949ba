"""The whole of it: real builds of real content by the real command, and the sites that come of them, read back.

A build is a process of its own, as people start it, with a cache of its own. Sites are built once and only read.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from expo.cli import main
from expo.config import make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.search.shards import HASH_SIZE, SHARED_BITS

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).resolve().parent.parent
SMALL = PROJECT / "tests" / "data" / "small"
SITE_URL = "https://expo.example/trien-lam"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

# Where a tag names another file of the site; `content` only where it is a refresh.
LINKS = {"href", "src", "action", "poster", "data-root", "data-facets", "data-extras"}
REFRESH = re.compile(r"\d+; url=(.*)")
CSS_LINK = re.compile(r"url\([\"']?(?!data:)([^)\"']+)[\"']?\)")
JS_LINK = re.compile(r"(?:from|import)\s*\(?[\"'](\.[^\"']+)[\"']")

# Found by hosts and browsers under their names, without a link to them.
NEVER_LINKED = {"/404.html", "/manifest.json", "/robots.txt", "/_headers", "/assets/fonts/OFL.txt"}
# Of the small content: known to those who kept a link from before.
FORMER = ("/sang-kien/cong-cu-vi-du/", "/sang-kien/gop-y-nhap-vi-du/", "/sang-kien/da-rut-vi-du/", "/sk/4/", "/sk/5/")
WITHDRAWN = "/sang-kien/da-rut-vi-du/"


def names_in_root(path: Path) -> list[str]:
    """Files that the root of the search names, from there: shards of words and phrases, cards, the rest."""
    content = zlib.decompress(path.read_bytes())
    length = int.from_bytes(content[:4], "little")
    root, hashes = json.loads(content[4 : 4 + length]), content[4 + length :]
    phrases = zlib.decompress((path.parent / root["directory"]).read_bytes())
    words = (root["words"] >> SHARED_BITS["w"]) * HASH_SIZE
    tables = {"w": hashes[:words], "c": hashes[words:], "p": phrases}
    numbered = []
    for kind, table in tables.items():
        size = 1 << SHARED_BITS[kind]
        for at in range(0, len(table), HASH_SIZE):
            short = table[at : at + HASH_SIZE]
            first = at // HASH_SIZE * size
            names = [f"{kind}/{number}-{short.hex()}.bin" for number in range(first, first + size)]
            if kind == "c":  # of neighbouring cards some may be of numbers that nobody has, but not all
                names = [name for name in names if (path.parent / name).is_file()] or names[:1]
            numbered += names if any(short) else []
    return [root["directory"], *root["orders"].values(), *numbered]


def run_build(
    output: Path, *arguments: str, cache: Path | None = None, folder: Path = PROJECT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """`build.py build` in a process of its own; settings are environment variables."""
    own = {"EXPO_CACHE_DIR": str(cache or output.with_name(f"{output.name}-cache"))}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXPO_")}
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--output", str(output), "--quiet", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**kept, **own, **settings}, capture_output=True, text=True, encoding="utf-8"
    )


def build(output: Path, *arguments: str, cache: Path | None = None, folder: Path = PROJECT, **settings: str) -> Path:
    """A site, or the reason why not."""
    done = run_build(output, *arguments, cache=cache, folder=folder, **settings)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return output


def files_of(folder: Path, *left_out: str) -> dict[str, bytes]:
    """Every file by its path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in names.items() if name not in left_out}


def differing(one: Path, other: Path, *left_out: str) -> list[str]:
    """Paths of files that only one of them has, or that differ."""
    first, second = files_of(one, *left_out), files_of(other, *left_out)
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


@dataclass
class Reader:
    """A built site as a browser meets it: pages parsed, links followed. `prefix` is the path that it lies under."""

    root: Path
    prefix: str = ""
    parsed: dict[str, LexborHTMLParser] = field(default_factory=dict)

    @cached_property
    def addresses(self) -> dict[str, Path]:
        """Every file by its address on the host."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            if path.is_file():
                name = re.sub(r"(^|/)index\.html$", r"\1", path.relative_to(self.root).as_posix())
                found[f"{self.prefix}/{name}"] = path
        return found

    @cached_property
    def pages(self) -> dict[str, LexborHTMLParser]:
        """Every HTML page, parsed, by address."""
        pages = {address: path for address, path in self.addresses.items() if path.suffix == ".html"}
        return {address: LexborHTMLParser(path.read_text("utf-8")) for address, path in pages.items()}

    def links(self, address: str) -> list[str]:
        """Every link of a page as it is written."""
        found = []
        for node in self.pages[address].css("*"):
            for name, value in node.attributes.items():
                refresh = REFRESH.fullmatch(value or "") if name == "content" else None
                if refresh or name in LINKS:
                    found.append(refresh[1] if refresh else value or "")
        return found

    def inner_links(self, address: str) -> set[str]:
        """Links of any file that stay on the host, resolved. The 404 page is met at an address that is not there."""
        path = self.addresses[address]
        base = urljoin(address, "khong/co/trang/") if path.name == "404.html" else address
        if path.suffix == ".html":
            links: Iterable[str] = self.links(address)
        elif path.suffix == ".css":
            links = CSS_LINK.findall(path.read_text("utf-8"))
        elif path.suffix == ".js":
            links = JS_LINK.findall(path.read_text("utf-8"))
        elif path.suffix == ".bin" and path.name.startswith("root-"):
            links = names_in_root(path)
        elif path.parent.name == "c":
            links = [f"../d/{row[0]}-{row[-1]}.bin" for row in json.loads(zlib.decompress(path.read_bytes()))]
        else:
            links = ()
        own = {address + link for link in links if link.startswith("#")}
        others = (link for link in links if not link.startswith("#") and not urlsplit(link).scheme)
        return own | {urljoin(base, link) for link in others if not urlsplit(link).netloc}

    def targets(self, address: str) -> set[str]:
        """Files that a file leads to, as addresses: without query and fragment; share cards are named in full."""
        page = self.pages.get(address)
        cards = page.css("meta[property='og:image']") if page else []
        named = {urlsplit(str(card.attributes["content"])).path for card in cards}
        return named | {unquote(urlsplit(link).path) for link in self.inner_links(address)}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """Ids of every page."""
        return {
            address: {str(node.attributes["id"]) for node in page.css("[id]")} for address, page in self.pages.items()
        }

    def dead_links(self) -> list[str]:
        """Links to nothing, and fragments that no element has, with the page they stand on."""
        dead = []
        for address in self.addresses:
            for link in sorted(self.inner_links(address)):
                path, fragment = urldefrag(link)
                target = unquote(urlsplit(path).path)
                lost = fragment and target in self.pages and unquote(fragment) not in self.ids[target]
                if lost or target not in self.addresses:
                    dead.append(f"{address}: {link}")
        return dead

    def canonical(self, address: str) -> list[str]:
        """The canonical addresses that a page names."""
        return [str(node.attributes["href"]) for node in self.pages[address].css("link[rel=canonical]")]

    def alternates(self, address: str) -> list[str]:
        """The addresses of a page in every language, as it names them."""
        return [str(node.attributes["href"]) for node in self.pages[address].css("link[hreflang]")]

    def is_redirect(self, address: str) -> bool:
        """Whether a page only leads on."""
        return bool(self.pages[address].css("meta[http-equiv=refresh]"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sites of this module lie, and in `cache` the share cards of places, which are dear to draw."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="module")
def root_site(folder: Path) -> Reader:
    """The real content for a host's root, at an address nobody knows, by one process that remembers nothing."""
    return Reader(build(folder / "root", EXPO_JOBS="1"))


@pytest.fixture(scope="module")
def sub_site(folder: Path) -> Reader:
    """The real content for a sub-path of a known host."""
    return Reader(build(folder / "sub", "--site-url", SITE_URL, cache=folder / "cache"), "/trien-lam")


@pytest.fixture(scope="module")
def small_site(folder: Path) -> Reader:
    """The small content, with former slugs, a merged number and a withdrawn one, at the same address."""
    arguments = ("--site-url", SITE_URL, "--content", str(SMALL))
    return Reader(build(folder / "small", *arguments, cache=folder / "cache"), "/trien-lam")


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The records of the real content."""
    return load_expo(make_config(environment={}))


@pytest.fixture(params=["root_site", "sub_site", "small_site"])
def any_site(request: pytest.FixtureRequest) -> Reader:
    """Each of the three."""
    site = request.getfixturevalue(request.param)
    assert isinstance(site, Reader)
    return site


# The same content, the same bytes (test_same_bytes.py has what must not show)


def test_five_processes_make_the_bytes_of_one(root_site: Reader, folder: Path) -> None:
    """Of the real content, whose shares are large."""
    assert differing(root_site.root, build(folder / "by-five", EXPO_JOBS="5")) == []


def test_building_over_an_older_site_leaves_nothing_of_it(folder: Path) -> None:
    """Real, small, real, small in one place: the last is what it would have been in an empty one."""
    output, cache = folder / "over", folder / "over-cache"
    for content in (PROJECT / "content", SMALL, PROJECT / "content", SMALL):
        build(output, "--content", str(content), cache=cache)
    assert differing(build(folder / "in-an-empty-place", "--content", str(SMALL)), output) == []


def test_pelican_by_its_own_name_makes_the_same_site(root_site: Reader, tmp_path: Path) -> None:
    """All but the manifest, which staging adds."""
    settings = {"EXPO_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(PROJECT)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXPO_")}
    command = [sys.executable, "-m", "pelican", "content", "-o", str(tmp_path / "output")]
    done = subprocess.run(command, cwd=PROJECT, env={**kept, **settings}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert differing(root_site.root, tmp_path / "output", "manifest.json") == []


def test_the_manifest_names_every_file_but_itself(any_site: Reader) -> None:
    """With its size."""
    manifest = json.loads((any_site.root / "manifest.json").read_bytes())
    sizes = {name: len(content) for name, content in files_of(any_site.root, "manifest.json").items()}
    assert {name: row["bytes"] for name, row in manifest["files"].items()} == sizes


# Links


def test_every_link_and_fragment_leads_somewhere(any_site: Reader) -> None:
    """From pages, style sheets, scripts and data; from the 404 page too, wherever it is shown."""
    assert len(any_site.pages) > 100
    assert any_site.dead_links() == []


def test_every_file_is_linked_or_looked_for_by_name(any_site: Reader) -> None:
    """What nothing leads to is either forgotten or should not be there."""
    linked = {target for address in any_site.addresses for target in any_site.targets(address) - {address}}
    named = NEVER_LINKED | ({"/sitemap.xml"} if any_site.prefix else set())
    named |= {address.removeprefix(any_site.prefix) for address in any_site.addresses if "/assets/gallery-" in address}
    unlinked = {address.removeprefix(any_site.prefix) for address in any_site.addresses if address not in linked}
    is_small = f"{any_site.prefix}{FORMER[0]}" in any_site.pages
    former = {*FORMER, *(f"/en{address}" for address in FORMER if not address.startswith("/sk/"))}
    former -= {address for address in former if address.endswith(WITHDRAWN)}  # the two languages name each other
    assert unlinked | {name for name in named if "/assets/gallery-" in name} == {*named, *(former if is_small else ())}


def test_no_link_within_the_site_is_absolute(any_site: Reader) -> None:
    """So it works on any host, under any path and from any mirror. Only the 404 page knows where it lies."""
    wrong = []
    for address in any_site.pages:
        for link in any_site.links(address):
            must_be_whole = link in any_site.canonical(address) + any_site.alternates(address)
            starts = link.startswith(("/", SITE_URL)) and not must_be_whole
            if starts and not address.endswith("/404.html"):
                wrong.append(f"{address}: {link}")
    assert wrong == []
    not_found = [one for one in any_site.links(f"{any_site.prefix}/404.html") if not one.startswith(("#", "http"))]
    assert [one for one in not_found if not one.startswith(f"{any_site.prefix}/")] == []


# What needs a known address


def test_every_page_names_its_own_address_once(sub_site: Reader, small_site: Reader) -> None:
    """A redirect names its target's, a sheet to pin up its province's; the 404 page, which has none, names nothing."""
    for site in (sub_site, small_site):
        host = SITE_URL.removesuffix(site.prefix)
        for address, page in site.pages.items():
            if address.endswith("/404.html"):
                assert site.canonical(address) == []
            elif site.is_redirect(address):
                (target,) = {one for one in site.targets(address) if one in site.pages}
                assert site.canonical(address) == [host + target]
                assert page.css("meta[name=robots][content=noindex]")
            else:
                own = host + address.removesuffix("bang-tin/")
                assert site.canonical(address) == [own]
                assert [node.attributes["content"] for node in page.css("meta[property='og:url']")] == [own]


def test_without_an_address_nothing_needs_one(root_site: Reader) -> None:
    """No canonical link, no Open Graph, no feed, no sitemap, no word of a host."""
    assert [path for path in root_site.addresses if path.endswith((".xml", "/feed/"))] == []
    for address, page in root_site.pages.items():
        assert page.css("link[rel=canonical], meta[property^='og:'], link[type='application/atom+xml']") == [], address
    assert (root_site.root / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


def test_the_sitemap_lists_every_page_and_no_redirect(sub_site: Reader, small_site: Reader) -> None:
    """Nor the 404 page, nor the notice that an exhibit is gone, nor a sheet to pin up; robots.txt names it."""
    for site in (sub_site, small_site):
        listed = [node.text for node in ElementTree.parse(site.root / "sitemap.xml").iterfind(".//s:loc", SITEMAP)]
        to_be_found = [
            SITE_URL.removesuffix(site.prefix) + address
            for address, page in site.pages.items()
            if not page.css("meta[name=robots][content*=noindex]") and not address.endswith("/bang-tin/")
        ]
        assert listed == sorted(to_be_found)
        hidden = {address for address in site.pages if SITE_URL.removesuffix(site.prefix) + address not in listed}
        assert {f"{site.prefix}/404.html", f"{site.prefix}/sk/1/"} <= hidden
        robots = (site.root / "robots.txt").read_text().splitlines()
        assert robots == ["User-agent: *", "Allow: /", f"Sitemap: {SITE_URL}/sitemap.xml"]


def test_feeds_can_be_read_and_their_entries_are_there(sub_site: Reader) -> None:
    """Each names itself, its page and exhibits that exist; each is announced on the page it follows."""
    host = SITE_URL.removesuffix(sub_site.prefix)
    feeds = [address for address in sub_site.addresses if address.endswith("feed.xml")]
    assert len(feeds) > 10
    for address in feeds:
        feed = ElementTree.parse(sub_site.addresses[address]).getroot()
        links = {link.get("rel"): str(link.get("href")) for link in feed.iterfind("a:link", ATOM)}
        page = address.removesuffix("feed.xml")
        assert links == {"alternate": host + page, "self": host + address}
        assert address in sub_site.targets(page)
        entries = [str(link.get("href")) for link in feed.iterfind("a:entry/a:link", ATOM)]
        assert entries and {entry.removeprefix(host) for entry in entries} <= set(sub_site.pages)


# Every record has its pages


def test_every_exhibit_has_its_page_and_its_short_address(root_site: Reader, expo: Expo) -> None:
    """And every province of both lists, every theme."""
    wanted = {f"/sang-kien/{one.slug}/" for one in expo.initiatives} | {
        f"/sk/{one.number}/" for one in expo.initiatives
    }
    wanted |= {f"/tinh-thanh/{place.slug}/" for place in (*expo.places_34, *expo.special_places)}
    wanted |= {f"/tinh-thanh/truoc-2025/{place.slug}/" for place in expo.places_63}
    wanted |= {f"/chu-de/{theme.slug}/" for theme in expo.themes}
    assert wanted - set(root_site.pages) == set()
    for one in expo.initiatives:
        assert f"/sang-kien/{one.slug}/" in root_site.targets(f"/sk/{one.number}/")


def test_old_addresses_lead_on_and_a_withdrawn_exhibit_leaves_a_notice(small_site: Reader) -> None:
    """Former slug, merged slug and merged number → the exhibit; both addresses of what was withdrawn → a notice."""
    shown = "/trien-lam/sang-kien/cong-gop-y-vi-du/"
    for old in ("sang-kien/cong-cu-vi-du/", "sang-kien/gop-y-nhap-vi-du/", "sk/4/", "sk/2/"):
        assert small_site.is_redirect(f"/trien-lam/{old}")
        assert shown in small_site.targets(f"/trien-lam/{old}")
    for gone in ("sang-kien/da-rut-vi-du/", "sk/5/"):
        page = small_site.pages[f"/trien-lam/{gone}"]
        assert [node.text() for node in page.css("h1")] == ["SK-0005 đã được gỡ"]
        assert page.css("meta[name=robots][content=noindex]")


# Content of other kinds


@pytest.fixture
def small_copy(tmp_path: Path) -> Path:
    """The small content, to be changed."""
    shutil.copytree(SMALL, tmp_path / "content")
    return tmp_path / "content"


Change = Callable[[Path], object]

MISTAKES: dict[str, tuple[Change, str]] = {
    "a field": (
        lambda content: replace_in(content / "initiatives/tram-canh-bao-vi-du.md", "stage: pilot", "stage: pliot"),
        "content/initiatives/tram-canh-bao-vi-du.md:8: stage: “pliot” không có trong danh sách",
    ),
    "a page that is not text": (
        lambda content: (content / "pages/gioi-thieu.md").write_bytes(b"Title: Gi\xf3i\n\nx\n"),
        "content/pages/gioi-thieu.md:1: ",
    ),
    "a page that is a link": (
        lambda content: (content / "pages/gioi-thieu.md").symlink_to(PROJECT / "README.md"),
        "content/pages/gioi-thieu.md:1: ",
    ),
    "a retired number": (
        lambda content: replace_in(content / "retired.yaml", "merged_into: SK-0002", "merged_into: SK-0009"),
        "content/retired.yaml:3: [1].merged_into: “SK-0009”",
    ),
}


def replace_in(path: Path, old: str, new: str) -> None:
    """Change one place of a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_ends_with_1_and_leaves_every_byte_of_the_old_site(
    small_copy: Path, tmp_path: Path, mistake: str
) -> None:
    """It is said with file and line, and nothing lies beside the old site afterwards."""
    output = build(tmp_path / "output", "--content", str(small_copy))
    before = files_of(output)
    beside = sorted(path.name for path in tmp_path.iterdir())
    change, sentence = MISTAKES[mistake]
    (small_copy / "pages").mkdir()
    change(small_copy)
    done = run_build(output, "--content", str(small_copy))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(sentence), done.stdout
    assert done.stdout.endswith("Trang đã công bố vẫn như cũ.\n")
    assert files_of(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == beside


def test_a_theme_that_nobody_has_dyed_yet_is_built_in_neutral_colours(small_copy: Path, tmp_path: Path) -> None:
    """An organizer adds it in the browser; its page, its exhibit and its cloth are there, and no style is missing."""
    with (small_copy / "vocabularies/themes.yaml").open("a", encoding="utf-8") as file:
        file.write('- {slug: van-hoa-mau, name: "Văn hóa mẫu", name_en: "Sample culture"}\n')
    replace_in(small_copy / "initiatives/tram-canh-bao-vi-du.md", "[moi-truong]", "[van-hoa-mau]")
    site = Reader(build(tmp_path / "output", "--content", str(small_copy)))
    assert site.dead_links() == []
    assert [node.text() for node in site.pages["/chu-de/van-hoa-mau/"].css("h1")] == ["Văn hóa mẫu"]
    cloth = site.pages["/sang-kien/tram-canh-bao-vi-du/"].css_first(".cloth.th-van-hoa-mau")
    assert cloth is not None and cloth.css_first("svg use, svg path, svg rect") is not None
    (style,) = (site.root / "assets").glob("expo-*.css")
    assert "th-van-hoa-mau" not in style.read_text("utf-8")


@pytest.mark.parametrize("inside", [(), ("initiatives",)], ids=["nothing", "an empty folder of initiatives"])
def test_an_empty_content_folder_is_built(folder: Path, tmp_path: Path, inside: tuple[str, ...]) -> None:
    """A home page, the map, the themes of the project; every link leads somewhere, and nothing is counted wrongly."""
    content = tmp_path / "content"
    for name in inside:
        (content / name).mkdir(parents=True)
    content.mkdir(exist_ok=True)
    output = tmp_path / "output"
    done = run_build(output, "--content", str(content), "--site-url", SITE_URL, cache=folder / "cache")
    assert done.returncode == 0, done.stderr
    site = Reader(output, "/trien-lam")
    assert site.dead_links() == []
    assert {"/trien-lam/", "/trien-lam/sang-kien/", "/trien-lam/tinh-thanh/", "/trien-lam/phan-hoi/"} <= set(site.pages)
    assert [address for address in site.addresses if address.endswith("feed.xml")] == []


def test_content_without_vocabularies_and_pages_is_built(small_copy: Path, tmp_path: Path) -> None:
    """The project's vocabularies serve it, and navigation shows only pages that exist."""
    shutil.rmtree(small_copy / "vocabularies")
    site = Reader(build(tmp_path / "output", "--content", str(small_copy)))
    assert site.dead_links() == []
    assert "/gioi-thieu/" not in site.pages
    assert "/sang-kien/may-loc-nuoc-vi-du/" in site.pages


def test_drafts_are_shown_in_previews_only_and_say_so(tmp_path: Path) -> None:
    """`build --drafts` hangs a draft with its mark; a build for publishing leaves it out of pages and lists."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    path = content / "initiatives" / "may-loc-nuoc-vi-du.md"
    path.write_text(path.read_text("utf-8").replace("\norigin:", "\ndraft: true\norigin:", 1), "utf-8")
    pages = {}
    for flags in ([], ["--drafts"]):
        output = tmp_path / f"site{len(flags)}"
        assert main(["build", "--quiet", "--content", str(content), "--output", str(output), *flags]) == 0
        page = output / "sang-kien" / path.stem / "index.html"
        listed = f"/{path.stem}/" in (output / "sang-kien" / "index.html").read_text("utf-8")
        pages[bool(flags)] = (page.exists() and "Bản nháp: chỉ hiện khi xem trước" in page.read_text("utf-8"), listed)
    assert pages == {False: (False, False), True: (True, True)}
