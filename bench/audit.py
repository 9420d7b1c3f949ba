"""Audit the real site as a visitor's phone and a parser see it: Lighthouse on one page of every kind, the Nu checker.

In: the project's content, built anew, or a built site; which kinds. Out: a table of scores, LCP, CLS and TBT, a mark
where one breaks its bound, HTML errors over the whole output, and a plain Pelican site of the same texts for measure;
exit 1 if a bound is broken. Throttling is Lighthouse's own (its mobile preset, simulated): a slow 4G line, a phone's
processor. A busy machine can only make a page look worse, so one that breaks a bound is run again, and the best counts.
The tools are installed by `npm ci` from peers/audit/package-lock.json into the cache; they need Node.js 20 and Java 11.

    python3 bench/audit.py
    python3 bench/audit.py --site output --kinds home exhibit-answered --no-peer
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from bench.page_kinds import PAGE_KINDS  # noqa: E402 - the project is not installed

TOOLS = PROJECT / "bench" / "peers" / "audit"
SITE_URL = "https://example.org"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_LCP, MOST_CLS, MOST_TBT = 1500, 0.0, 0  # milliseconds; layout shift, to two places; milliseconds
# A page for addresses that do not exist must not be listed, which Lighthouse takes for a fault.
NOT_JUDGED = {"not-found": ("seo",)}
COLUMNS = f"{'page':22}{'perf':>6}{'a11y':>6}{'best':>6}{'seo':>6}{'LCP s':>8}{'CLS':>7}{'TBT ms':>8}"


@dataclass(frozen=True)
class Audit:
    """What one run of Lighthouse found."""

    scores: tuple[int, ...]  # as in CATEGORIES
    lcp: int
    cls: float
    tbt: int
    not_judged: tuple[str, ...] = ()  # of CATEGORIES

    @property
    def broken(self) -> tuple[str, ...]:
        """The bounds that it breaks."""
        low = [name for name, score in zip(CATEGORIES, self.scores, strict=True) if score < LEAST[name]]
        values = (("LCP", self.lcp > MOST_LCP), ("CLS", self.cls > MOST_CLS), ("TBT", self.tbt > MOST_TBT))
        judged = [name for name in low if name not in self.not_judged]
        return (*judged, *(name for name, is_broken in values if is_broken))

    @property
    def rank(self) -> tuple[float, ...]:
        """The greater the better."""
        return (-len(self.broken), sum(self.scores), -self.tbt, -self.lcp)


def read_report(report: dict[str, Any], not_judged: tuple[str, ...] = ()) -> Audit:
    """Lighthouse's JSON → the figures that have a bound."""
    scores = [report["categories"][name]["score"] for name in CATEGORIES]
    value = {name: audit.get("numericValue") or 0.0 for name, audit in report["audits"].items()}
    return Audit(
        tuple(round(100 * (score or 0)) for score in scores),
        round(value["largest-contentful-paint"]),
        round(value["cumulative-layout-shift"], 2),
        round(value["total-blocking-time"]),
        not_judged,
    )


def run_lighthouse(tools: Path, browser: Path, address: str) -> dict[str, Any]:
    """One page, once, in a browser of its own. Exits with Lighthouse's words where it fails."""
    from expo.cli.chromium import launch_flags

    flags = " ".join(["--headless", *launch_flags()])
    command = [str(tools / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": str(browser)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    if done.returncode:
        sys.exit(f"Lighthouse failed at {address}:\n{done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def audit_page(tools: Path, browser: Path, address: str, runs: int, not_judged: tuple[str, ...] = ()) -> Audit:
    """The best of as many runs as it takes to keep every bound, at most `runs`."""
    best: Audit | None = None
    for _ in range(runs):
        found = read_report(run_lighthouse(tools, browser, address), not_judged)
        best = found if best is None else max(best, found, key=lambda audit: audit.rank)
        if not best.broken:
            break
    assert best is not None
    return best


def tell(name: str, audit: Audit, is_bound: bool = True) -> None:
    """A row of the table."""
    scores = "".join(f"{score:6}" for score in audit.scores)
    mark = f"  ✗ {', '.join(audit.broken)}" if audit.broken and is_bound else ""
    print(f"{name:22}{scores}{audit.lcp / 1000:8.2f}{audit.cls:7.2f}{audit.tbt:8}{mark}", flush=True)


def check_html(tools: Path, site: Path) -> int | None:
    """HTML errors of the whole output, printed; None where there is no Java to run the checker."""
    java = shutil.which("java")
    if not java:
        print("HTML: not checked, as there is no Java (11 or newer) for the Nu checker.")
        return None
    jar = tools / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = [java, "-jar", str(jar), "--stdout", "--exit-zero-always", "--skip-non-html", "--format", "json"]
    done = subprocess.run([*command, str(site)], capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"The Nu checker failed:\n{done.stderr.strip()}")
    messages = json.loads(done.stdout)["messages"]
    errors = [one for one in messages if one["type"] in ("error", "non-document-error")]
    for one in errors[:10]:
        print(f"  {str(one.get('url', ''))[-60:]}:{one.get('lastLine', '')}: {one['message']}")
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"HTML: {len(errors)} errors in {pages} pages by the Nu checker.")
    return len(errors)


def lay_out_peer(folder: Path) -> int:
    """Write the initiatives as Pelican articles. Returns how many."""
    content = folder / "content"
    content.mkdir(parents=True)
    shutil.copy(PROJECT / "bench/peers/plain-pelican/pelicanconf.py", folder)
    sources = [
        path for path in sorted((PROJECT / "content/initiatives").glob("*.md")) if not path.name.endswith(".en.md")
    ]
    for path in sources:
        _, front, body = path.read_text("utf-8").split("---\n", 2)

        def value(name: str, front: str = front) -> str:
            found = re.search(rf"^{name}: (.*)$", front, re.MULTILINE)
            return found[1].strip("\"'[] ") if found else ""

        head = (
            f"Title: {value('title')}\nDate: {value('added')}\nCategory: {value('province').split(',')[0]}\n"
            f"Tags: {value('themes')}\nSlug: {path.stem}\nSummary: {value('summary')}\n\n"
        )
        body = re.sub(r"\[\^[^\]]+\]", "", body)  # plain Pelican has no footnotes without a setting
        (content / path.name).write_text(head + body, "utf-8")
    return len(sources)


def build_peer(folder: Path) -> Path:
    """Plain Pelican over the same texts."""
    folder.mkdir()
    lay_out_peer(folder)
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "output"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a site built with --site-url; without it the content is built")
    parser.add_argument("--kinds", nargs="*", choices=PAGE_KINDS, default=list(PAGE_KINDS), metavar="KIND")
    parser.add_argument("--runs", type=int, default=3, help="at most so many of a page that breaks a bound (3)")
    parser.add_argument("--no-peer", action="store_true", help="leave plain Pelican out")
    return parser.parse_args(arguments)


def main() -> int:
    """Build, serve, audit, print."""
    from bench.project import enter_test_environment

    wanted = parse_arguments(sys.argv[1:])
    enter_test_environment()
    from bench.search.engines import install_locked
    from bench.search.host import Host
    from expo.cli import main as run_command
    from expo.cli.chromium import ensure_chromium

    tools = install_locked(TOOLS, "The audit needs Node.js 20 or newer with npm.")
    browser = ensure_chromium("en")
    broken = False
    with TemporaryDirectory() as name:
        site = wanted.site or Path(name) / "site"
        if not wanted.site and run_command(["build", "--output", str(site), "--site-url", SITE_URL, "--quiet"]):
            sys.exit("the build failed")
        print(COLUMNS)
        with Host(site) as host:
            for kind in wanted.kinds:
                audit = audit_page(
                    tools, browser, f"{host.address}/{PAGE_KINDS[kind]}", wanted.runs, NOT_JUDGED.get(kind, ())
                )
                broken |= bool(audit.broken)
                tell(kind, audit)
        if not wanted.no_peer:
            peer = build_peer(Path(name) / "peer")
            with Host(peer) as host:
                for label, address in (("plain Pelican, home", ""), ("plain Pelican, article", "hue-s.html")):
                    tell(label, audit_page(tools, browser, f"{host.address}/{address}", 1), is_bound=False)
        lowest = ", ".join(f"{name} {LEAST[name]}" for name in CATEGORIES)
        print(f"bounds: {lowest} at least; LCP {MOST_LCP / 1000} s, CLS {MOST_CLS:.2f}, TBT {MOST_TBT} at most")
        broken |= bool(check_html(tools, site))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
