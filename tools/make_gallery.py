"""Build the gallery of components: each example of theme/examples/, printed by the templates of the site.

In: theme/examples/ (content that never changes with content/, and one file of examples for each component). Out: a
folder with a whole site of that content and, under thanh-phan/, a page for each component in light and in dark. It is
for those who work on the theme; nothing of it comes into the published site.

    python3 tools/make_gallery.py --output /a/folder
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from expo.config import Config, make_config  # noqa: E402 - the project is not installed
from expo.pipeline import Report, build  # noqa: E402
from expo.render.examples import CONTENT, GALLERY, render_gallery  # noqa: E402
from expo.render.pages import output_path  # noqa: E402
from expo.render.site import Plan  # noqa: E402
from expo.write import OutputFolder  # noqa: E402


def build_gallery(output: Path) -> Report:
    """Build the site of the examples and the gallery in it. No address of the site is known, as on a disk."""
    config = make_config(content=PROJECT / CONTENT, output=output, quiet=True, environment={})
    return build(config, _run_engine)


def _run_engine(config: Config, plan: Plan, folder: OutputFolder) -> None:
    from expo.plugin import run_pelican

    run_pelican(config, plan, folder)
    for file in render_gallery(plan):
        folder.write(output_path(file.address), file.content)


def main(arguments: Sequence[str]) -> int:
    """Build and say where to look."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--output", type=Path, default=PROJECT / "output.gallery", help="a folder that is ours or empty"
    )
    report = build_gallery(parser.parse_args(arguments).output)
    print(f"{report.files} files → {report.output}")
    print(f"python3 -m http.server --directory {report.output} → http://localhost:8000{GALLERY}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
