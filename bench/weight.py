"""Weigh a first visit: what a page of every kind loads, over the wire, against theme/budgets.yaml.

In: the project; builds the real content into a temporary folder (a build weighs its shortest and longest pages by
itself; here it is one page of every kind). Out: a table of KB (1,024 bytes) by kind of file, a ✗ where a bound is
broken; `whole` has style for paper, icons and the headers of all answers in it. Exit 1 if any bound is broken.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from bench.page_kinds import PAGE_KINDS  # noqa: E402 - the project is not installed

if TYPE_CHECKING:
    from expo.config import Config
    from expo.render.site import Plan
    from expo.write import OutputFolder

PARTS = ("page", "style", "script", "font", "whole")
SITE_URL = "https://example.org"


def main() -> int:
    """Build, weigh, print."""
    from bench.project import enter_test_environment

    enter_test_environment()
    from expo.budgets import KB, ORDINARY, OverBudget, Scales, kinds_of, read_budgets
    from expo.config import make_config
    from expo.pipeline import build
    from expo.plugin import run_pelican
    from expo.problems import format_problem
    from expo.render.pages import output_path

    kinds: dict[str, str] = {}

    def render(config: Config, plan: Plan, folder: OutputFolder) -> None:
        kinds.update(kinds_of((output_path(page.address), page.template) for page in plan.pages))
        run_pelican(config, plan, folder)

    budgets, is_broken = read_budgets(PROJECT), False
    with TemporaryDirectory() as name:
        root = Path(name) / "site"
        try:
            build(make_config(output=root, site_url=SITE_URL, quiet=True), render)
        except OverBudget as error:
            print("\n".join(format_problem(problem, "en") for problem in error.problems))
            return 1
        sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in root.rglob("*") if path.is_file()}
        scales = Scales(root, sizes, budgets.headers)
        print(f"{'page':22}{'template':12}" + "".join(f"{part:>8}" for part in PARTS))
        for label, address in PAGE_KINDS.items():
            path = output_path("/" + address.split("?")[0])
            kind = kinds.get(path, ORDINARY)
            weight = scales.page(path)
            over = [part for part in PARTS if getattr(weight, part) > budgets.most(kind, part) * KB]
            is_broken |= bool(over)
            row = "".join(f"{getattr(weight, part) / KB:8.1f}" for part in PARTS)
            print(f"{label:22}{kind:12}{row}" + (f"  ✗ {', '.join(over)}" if over else ""))
    return 1 if is_broken else 0


if __name__ == "__main__":
    sys.exit(main())
