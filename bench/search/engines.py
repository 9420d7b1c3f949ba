"""The engines and how the site of each is laid out.

In: the texts as documents (peers) or as a content folder (ours). Out: a `Site`: a static folder, the CPU seconds of
making its index, or why there is none. Peers are installed by `npm ci` from the lock file into the cache, never into
the tree. What each peer is set to stands in peers/engines/ and in the README.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.search import corpus, queries

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
PEERS = HERE / "peers"
BUILD_LIMIT = 600  # seconds for the index of a peer


@dataclass(frozen=True)
class Engine:
    """One engine: where its search page is and how that shows results."""

    name: str
    page: str = "/"
    list: str = "#results"
    at_once: str = ""  # address part with which it searches at every key, without a pause of its own
    is_sharded: bool = False  # a query loads parts of the index; else all of it comes with the first
    extras: re.Pattern[str] = re.compile("(?!)")  # paths that serve what is shown after the results
    controls: re.Pattern[str] = re.compile("(?!)")  # of files that filters and suggestions need, if they come after
    rest: int = 80  # milliseconds after which a list that has not changed is the last one


# Cover, line of the body and facets come when results are painted; everything else counts as needed for them.
OURS = Engine(
    "ours",
    "/sang-kien/",
    "#wall",
    is_sharded=True,
    extras=re.compile(r"/assets/search/(d/|facets-|by-(name|reply)-)"),
    controls=re.compile(r"/assets/(extras-|search/(facets|by-(name|reply))-)"),
    rest=400,  # a first list is drawn of what is here; what completes a begun word is fetched 200 ms after the last key
)
PAGEFIND = Engine("pagefind", at_once="wait=0", is_sharded=True)
ENGINES = {
    engine.name: engine
    for engine in (OURS, PAGEFIND, Engine("minisearch"), Engine("flexsearch"), Engine("lunr"), Engine("orama"))
}


@dataclass(frozen=True)
class Site:
    """What stands for an engine, or `failure`."""

    engine: Engine
    folder: Path
    cpu: float = 0.0  # seconds, user and system, of all processes that made the index
    detail: str = ""
    failure: str = ""


def cache_folder() -> Path:
    """Where sites and peers are kept between runs."""
    cache = os.environ.get("EXPO_CACHE_DIR")
    return (Path(cache).resolve() if cache else PROJECT / ".cache") / "bench" / "search"


def timed_run(command: list[str], limit: float = BUILD_LIMIT) -> tuple[float, str]:
    """CPU seconds of a command with its children, and what it printed. Raises CalledProcessError, TimeoutExpired."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=limit)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stdout


def install_locked(source: Path, without_npm: str) -> Path:
    """A folder in the cache with the packages that a folder's lock file names. Exits with a sentence without npm."""
    npm = shutil.which("npm")
    if not npm:
        sys.exit(without_npm)
    lock = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = cache_folder() / f"{source.name}-{lock}"
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    stamp = folder / "node_modules" / ".installed"
    if not stamp.is_file():
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        stamp.touch()
    return folder


def install_peers() -> Path:
    """The peers' folder in the cache with their packages."""
    return install_locked(
        PEERS, "The peers need Node.js 20 or newer with npm; run with --engines ours to measure this project alone."
    )


def lay_out(engine: Engine, count: int, runs: int, reuse: bool) -> Site:
    """Make the site of an engine over `count` documents; its index `runs` times, of which the median counts."""
    folder = cache_folder() / f"{engine.name}-{count}"
    stamp = folder.with_suffix(".json")
    if reuse and stamp.is_file():
        return Site(engine, folder, **json.loads(stamp.read_text("utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    folder.mkdir(parents=True)
    lay = lay_out_ours if engine is OURS else lay_out_peer
    try:
        times, detail = lay(engine, folder, count, runs)
    except subprocess.TimeoutExpired:
        return Site(engine, folder, failure=f"no index in {BUILD_LIMIT} s")
    except subprocess.CalledProcessError as error:
        words = (error.stderr or error.stdout or str(error)).strip().splitlines()
        return Site(engine, folder, failure=f"no index: {words[-1] if words else error.returncode}")
    fields: dict[str, Any] = {"cpu": sorted(times)[len(times) // 2], "detail": detail}
    stamp.write_text(json.dumps(fields), "utf-8")
    return Site(engine, folder, **fields)


def documents_of(count: int) -> list[dict[str, Any]]:
    """What peers index: texts, and as "filing" the names of place, themes and proposer, which our index has too."""
    entries = queries.Collection(count).entries
    return [one | {"filing": entries[int(one["number"])].filing} for one in corpus.plain_documents(count)]


def lay_out_ours(engine: Engine, folder: Path, count: int, runs: int) -> tuple[list[float], str]:
    """The real site over the generated content."""
    content = cache_folder() / f"content-{count}"
    shutil.rmtree(content, ignore_errors=True)
    corpus.write_content(content, count)
    build = [sys.executable, str(PROJECT / "build.py"), "build", "--quiet", "--content", str(content)]
    folder.rmdir()
    timed_run([*build, "--output", str(folder)], limit=3600)
    try:
        answers = [timed_run([sys.executable, str(HERE / "index_time.py"), str(content)]) for _ in range(runs)]
    except subprocess.CalledProcessError as error:
        return [0.0], f"index not timed: {(error.stderr or '?').strip().splitlines()[-1]}"
    parts = json.loads(answers[-1][1])
    detail = f"reading and checking the content {parts['read']:.2f}, index {parts['make']:.2f}"
    return [cpu for cpu, _ in answers], detail


def lay_out_peer(engine: Engine, folder: Path, count: int, runs: int) -> tuple[list[float], str]:
    """The page of a peer and its index."""
    peers = install_peers()
    documents = documents_of(count)
    node = ["node", "--max-old-space-size=8192", str(peers / "lay-out.js")]
    timed_run([*node, "page", engine.name, str(folder)])
    if engine is PAGEFIND:
        for document in documents:
            write_page(folder, document)
        command = [str(peers / "node_modules" / ".bin" / "pagefind"), "--site", str(folder), "--silent"]
    else:
        source = cache_folder() / f"documents-{count}.json"
        source.write_text(json.dumps(documents, ensure_ascii=False), "utf-8")
        command = [*node, "index", engine.name, str(source), str(folder)]
    times = []
    for _ in range(runs):
        shutil.rmtree(folder / "pagefind", ignore_errors=True)
        times.append(timed_run(command)[0])
    return times, ""


def write_page(folder: Path, document: dict[str, Any]) -> None:
    """A page for Pagefind: a heading, which it weighs most by itself, and what the peers index beside the title."""
    paragraphs = [document["summary"], *document["filing"].splitlines(), *document["body"].splitlines()]
    page = folder / document["url"].strip("/") / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{html.escape(document['title'])}</title></head>"
        f'<body><main data-pagefind-body data-pagefind-meta="number:{document["number"]}">'
        f"<h1>{html.escape(document['title'])}</h1>"
        + "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs if text.strip())
        + "</main></body></html>",
        "utf-8",
    )
