"""Pages that are made while somebody waits are those that a build makes, byte for byte."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from expo.config import PROJECT, make_config
from expo.pipeline import build, load_expo
from expo.plugin import run_pelican
from expo.render.glance import render_glance
from tests.site_edits import SMALL


@pytest.mark.slow
def test_a_glance_shows_what_the_build_will(tmp_path: Path) -> None:
    """All pages of a preview at once, and single ones later; only what others make is missing."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    shutil.copytree(PROJECT / "content" / "pages", content / "pages")
    output = tmp_path / "site"
    config = make_config(content=content, output=output, site_url="", show_drafts=True, environment={})
    config = replace(config, cache=tmp_path / "cache", jobs=1)
    build(config, run_pelican)
    built = {f"/{path.parent.relative_to(output).as_posix()}/".replace("/./", "/"): path.read_text("utf-8")
             for path in output.rglob("index.html")}  # fmt: skip
    expo = load_expo(config)
    seen = render_glance(expo, config, built)
    assert {address: page for address, page in built.items() if address in seen} == seen
    left = {address.removeprefix("/en") for address in built.keys() - seen.keys()}
    ordinary = {f"/{path.name.removesuffix('.md')}/" for path in (content / "pages").glob("*.md")}
    assert left <= {"/sang-kien/"} | ordinary and "/sang-kien/" in left
    exhibit = f"/sang-kien/{expo.initiatives[0].slug}/"
    assert render_glance(expo, config, [exhibit]) == {exhibit: built[exhibit]}
    changed = replace(expo, initiatives=(replace(expo.initiatives[0], title="Mới"), *expo.initiatives[1:]))
    assert render_glance(changed, config, [exhibit])[exhibit] != built[exhibit]
    assert render_glance(expo, config, ["/khong-co/", "not an address"]) == {}
