"""The manifest: every file of a site with its size and SHA-256, in `manifest.json` at its root.

In: what was written, or the bytes of a manifest from anywhere. Out: bytes, the same for the same site; or the rows,
if it is one and names nothing outside of its folder. It can't vouch for itself: who keeps its own hash can (verify.py).
"""

from __future__ import annotations

import json
import re

MANIFEST = "manifest.json"
VERSION = 1
SHA256 = re.compile(r"[0-9a-f]{64}")

Written = dict[str, tuple[int, str]]  # path → (bytes, sha256)


class ManifestBroken(Exception):
    """Not a manifest of ours; the message is the reason in a word for programmers."""


def is_inside(path: str) -> bool:
    """Whether a path of the site has only plain names between its slashes, so that it can't leave its folder."""
    return "\\" not in path and "\0" not in path and all(part not in ("", ".", "..") for part in path.split("/"))


def make_manifest(written: Written) -> bytes:
    """Sorted: same site, same bytes. A value a line, as `json` writes it with an indent of 0, and ten times as fast."""
    quote = json.JSONEncoder(ensure_ascii=False).encode
    rows = [
        f'{quote(path)}: {{\n"bytes": {size},\n"sha256": "{digest}"\n}}'
        for path, (size, digest) in sorted(written.items())
    ]
    files = "{\n" + ",\n".join(rows) + "\n}" if rows else "{}"
    return f'{{\n"version": {VERSION},\n"files": {files}\n}}\n'.encode()


def read_manifest(content: bytes) -> Written:
    """The rows of a manifest. Raises ManifestBroken."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ManifestBroken(f"{type(error).__name__}: {error}") from error
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("files"), dict):
        raise ManifestBroken("version")
    rows: Written = {}
    for path, row in data["files"].items():
        if not is_inside(path) or path == MANIFEST or not _is_row(row):
            raise ManifestBroken(f"files: {path!r}")
        rows[path] = (row["bytes"], row["sha256"])
    return rows


def _is_row(row: object) -> bool:
    """Whether it is a size and a hash; `true` is no size."""
    if not isinstance(row, dict):
        return False
    size, digest = row.get("bytes"), row.get("sha256")
    return type(size) is int and size >= 0 and isinstance(digest, str) and bool(SHA256.fullmatch(digest))
