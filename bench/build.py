"""Time our build against Pelican, Hugo, Hugo with Pagefind, and Eleventy over the same exhibits, in one run.

In: counts of exhibits, tools, situations. Out: for each count a table of medians, their ratios and the bounds that must
hold; 1 if one does not. Whole processes, in turns, the first run of each thrown away. Ours always does all that a build
does: check, sanitise, index, both languages, feeds, manifest; pictures and share cards are in its cache beforehand, as
they are on an organizer's machine. What a peer does is in bench/peers/: pages of exhibits, listings of 24 by place and
theme, home, one feed, a sitemap. A build from nothing finds neither output nor cache; the disk's own memory is warm.

    python3 bench/build.py --count 1000 --tools ours,hugo --situations cold,edited
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
if str(PROJECT) not in sys.path:  # run as a script
    sys.path.insert(0, str(PROJECT))
if __name__ == "__main__":  # ours and Pelican are timed in the locked environment: go on there
    from bench.project import enter_environment

    enter_environment()

from bench.speed.contenders import (  # noqa: E402
    HUGO,
    LAY_OUT,
    OURS,
    PAGEFIND,
    TOOLS,
    Contender,
    NotToBeHad,
    bench_cache,
    find_pagefind,
    remove_what_is_aside,
    set_aside,
    tell_versions,
)
from bench.speed.measure import CommandFailed, Cost, can_see_memory, peak_memory, time_command  # noqa: E402
from bench.speed.tables import (  # noqa: E402
    CHECK,
    COLD,
    EDITED,
    IMPORT,
    NOTHING,
    SITUATIONS,
    TEMPLATE,
    Measured,
    Times,
    make_growth,
    make_table,
)
from bench.speed.texts import Record, make_records  # noqa: E402

COUNTS = (1_000, 10_000)
RUNS, RUNS_OF_MANY, MANY = 5, 3, 10_000
RESULTS = PROJECT / "bench" / "results"
PAIR = re.compile(r"\[\s+([\d.]+),\s+([\d.]+)\s+\]")  # in results a run is one line


class Race:
    """The contenders at one count. Edits are never the same twice, so that no cache knows them."""

    def __init__(self, contenders: Sequence[Contender], pagefind: Path | None, records: Sequence[Record]) -> None:
        self.contenders, self.pagefind, self.records = contenders, pagefind, records
        self._edits = 0
        self._originals = {path: path.read_text("utf-8") for one in contenders for path in (one.exhibit, one.template)}

    def run(self, situations: Sequence[str], runs: int, first_counts: bool = False) -> Times:
        """Every situation in turn; in each round all contenders in turn; the first round counts only if wanted."""
        for one in self.contenders:
            one.forget()
            if not first_counts:
                self._time(one, one.warm)  # ours makes share cards now
        times = {}
        for situation in situations:
            if situation == CHECK and not any(one.check for one in self.contenders):
                continue
            rounds = [dict(self._round(situation)) for _ in range(runs + (not first_counts))][-runs:]
            times[situation] = {name: [costs[name] for costs in rounds] for name in rounds[0]}
            told = "  ".join(f"{name} {min(one.wall for one in costs):.2f}" for name, costs in times[situation].items())
            print(f"{len(self.records):,} · {SITUATIONS[situation]}: {told}", file=sys.stderr, flush=True)
        return times

    def measure_memory(self) -> dict[str, float]:
        """Peak MB of a build from nothing, each alone."""
        found = {}
        for one in self.contenders:
            one.forget()
            found[one.name] = peak_memory(one.command, one.folder, one.environment)
            if one.name == HUGO and self.pagefind:
                after = peak_memory(self._pagefind_over(one), one.folder, {})
                found[PAGEFIND] = max(found[HUGO], after)  # one after the other
        return found

    def measure_outputs(self) -> dict[str, tuple[int, int]]:
        """HTML pages and bytes of every output. Exits if one lacks an exhibit's page, or peers differ in pages."""
        found = {}
        for one in self.contenders:
            missing = [record.page for record in self.records if not (one.output / record.page).is_file()]
            if missing:
                sys.exit(f"{one.name} has no {missing[0]}, one of {len(missing)} pages that it lacks")
            index = one.output / "pagefind"
            every = [path for path in one.output.rglob("*") if path.is_file() and not path.is_symlink()]
            own = [path for path in every if not path.is_relative_to(index)]
            found[one.name] = measure_files(own)
            if len(own) < len(every):
                found[PAGEFIND] = measure_files(every)
        pages = {name: pages for name, (pages, _) in found.items() if name != OURS}
        if len(set(pages.values())) > 1:
            sys.exit(f"the peers' sites are not the same: {pages} pages")
        return found

    def _round(self, situation: str) -> Iterator[tuple[str, Cost]]:
        for one in self.contenders:
            if situation == CHECK:
                if one.check:
                    self._edit(one, EDITED)
                    yield one.name, time_command(one.check, one.folder, one.environment)
                    importing = [one.check[0], "-c", "import pelican"]
                    yield IMPORT, time_command(importing, one.folder, one.environment)
                continue
            if situation == COLD:
                one.forget()
            mark = self._edit(one, situation) if situation in (EDITED, TEMPLATE) else ""
            cost = self._time(one, {} if situation == COLD else one.warm)
            if mark and mark not in (one.output / one.page).read_text("utf-8"):
                sys.exit(
                    f"{one.name} did not follow the edit of {one.exhibit if situation == EDITED else one.template}"
                )
            yield one.name, cost
            if one.name == HUGO and self.pagefind and situation == COLD:
                yield PAGEFIND, cost + time_command(self._pagefind_over(one), one.folder, {})
        for path, text in self._originals.items() if situation in (COLD, NOTHING) else ():
            if path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")

    def _edit(self, one: Contender, situation: str) -> str:
        """A sentence more in an exhibit, or a line more in every page. Returns what the page must hold then."""
        self._edits += 1
        if situation == EDITED:
            mark = f"Lần đo thứ {self._edits} thêm câu này."
            one.exhibit.write_text(f"{self._originals[one.exhibit].rstrip()}\n\n{mark}\n", "utf-8")
        else:
            mark = f'<meta name="bench" content="{self._edits}">'
            one.template.write_text(self._originals[one.template].replace("</head>", f"{mark}\n</head>"), "utf-8")
        return mark

    def _time(self, one: Contender, more: dict[str, str]) -> Cost:
        return time_command(one.command, one.folder, one.environment | more)

    def _pagefind_over(self, one: Contender) -> list[str]:
        set_aside(one.output / "pagefind")
        return [str(self.pagefind), "--site", str(one.output), "--silent"]


def measure_files(paths: Sequence[Path]) -> tuple[int, int]:
    """HTML pages, and bytes of all."""
    return sum(path.suffix == ".html" for path in paths), sum(path.stat().st_size for path in paths)


def lay_out(tools: Sequence[str], count: int, records: Sequence[Record]) -> tuple[list[Contender], Path | None]:
    """Sites of the tools that can be had, in the cache, and Pagefind; says which cannot."""
    contenders = []
    pagefind = None
    wanted = [tool for tool in TOOLS if tool in tools or (tool == HUGO and PAGEFIND in tools)]
    for tool in wanted:
        try:
            if tool == PAGEFIND:
                pagefind = find_pagefind()
                continue
            folder = bench_cache() / str(count) / tool
            set_aside(folder)
            folder.parent.mkdir(parents=True, exist_ok=True)
            contenders.append(LAY_OUT[tool](folder, count, records, sys.executable))
        except NotToBeHad as reason:
            print(f"{tool} is left out: {reason}.", flush=True)
    return contenders, pagefind


def describe_machine() -> dict[str, object]:
    """What the seconds were measured on."""
    cpu = memory = "?"
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), cpu)
        memory = f"{int(Path('/proc/meminfo').read_text().split()[1]) / 2**20:.1f} GB"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu": cpu,
        "cores": cores,
        "memory": memory,
        "system": platform.system(),
        "load before": load_of_machine(),
    }


def load_of_machine() -> float | None:
    """Processes that wanted to run in the last minute: much more than the cores, and wall time is worth little."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def version_of_project() -> str:
    """The commit, and whether more was changed."""
    done = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=PROJECT, capture_output=True, text=True)
    return done.stdout.strip() or "?"


def keep_results(measured: Measured, machine: dict[str, object], versions: dict[str, str], folder: Path) -> Path:
    """All runs of one count as a file."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.datetime.now(datetime.UTC).date().isoformat()}-{measured.count}.json"
    times = {
        situation: {name: [[round(one.wall, 3), round(one.cpu, 3)] for one in costs] for name, costs in runs.items()}
        for situation, runs in measured.times.items()
    }
    kept = {
        "count": measured.count,
        "machine": machine | {"load after": load_of_machine()},
        "versions": versions,
        "wall and CPU seconds": times,
        "peak MB": {name: round(size, 1) for name, size in measured.memory.items()},
        "pages and bytes": measured.sizes,
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    path.write_text(PAIR.sub(r"[\1, \2]", text) + "\n", "utf-8")
    return path


def names_among(known: Sequence[str]) -> Callable[[str], list[str]]:
    """Reads `one,other`, and refuses what is not known."""

    def read(text: str) -> list[str]:
        names = text.split(",")
        strange = [name for name in names if name not in known]
        if strange:
            raise argparse.ArgumentTypeError(f"{strange[0]!r} is none of {', '.join(known)}")
        return names

    return read


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, nargs="+", default=COUNTS, metavar="N", help="exhibits (1000 10000)")
    for name, known in (("tools", TOOLS), ("situations", tuple(SITUATIONS))):
        told = ",".join(known)
        parser.add_argument(f"--{name}", type=names_among(known), default=known, metavar="NAME,…", help=told)
    parser.add_argument(
        "--runs", type=int, help=f"that count, after one that does not ({RUNS}; {RUNS_OF_MANY} from {MANY:,})"
    )
    parser.add_argument("--no-memory", action="store_true", help="leave the pass for peak memory out")
    parser.add_argument("--keep", action="store_true", help="write bench/results/<day>-<count>.json")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Lay out, race, print."""
    wanted = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    machine, results, broken = describe_machine(), [], 0
    print(", ".join(f"{name} {value}" for name, value in machine.items()), flush=True)
    for count in wanted.count:
        records = make_records(count)
        contenders, pagefind = lay_out(wanted.tools, count, records)
        versions = {OURS: version_of_project(), **tell_versions(contenders, pagefind)}
        race = Race(contenders, pagefind, records)
        started = time.monotonic()
        try:
            runs = wanted.runs or (RUNS if count < MANY else RUNS_OF_MANY)
            measured = Measured(count, race.run([name for name in SITUATIONS if name in wanted.situations], runs))
            measured.sizes = race.measure_outputs()
            if can_see_memory() and not wanted.no_memory:
                measured.memory = race.measure_memory()
        except CommandFailed as error:
            sys.exit(str(error))
        finally:
            remove_what_is_aside()
        table = make_table(measured)
        broken += table.broken
        results.append(measured)
        print("\n".join(table.lines))
        print(f"medians of {runs} runs in turns; {time.monotonic() - started:.0f} s in all", flush=True)
        if wanted.keep:
            print(keep_results(measured, machine, versions, RESULTS).relative_to(PROJECT))
    if not can_see_memory():
        print("Peak memory is left out: this system does not tell the PSS of processes.")
    growth = make_growth(results)
    print("\n".join(growth.lines))
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    return 1 if broken + growth.broken else 0


if __name__ == "__main__":
    sys.exit(main())
