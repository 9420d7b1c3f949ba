"""Write what is made from the field table: the JSON Schemas in schema/ and the field docs in docs/.

In: expo/fields.py and content/vocabularies. Out: files, the same bytes from the same table. It does not run in a build.
To run it: `.venv/bin/python tools/describe.py` (Windows: `.venv\\Scripts\\python tools\\describe.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from expo.config import make_config  # noqa: E402
from expo.describe.docs import describe_fields  # noqa: E402
from expo.describe.schemas import make_schemas  # noqa: E402
from expo.read import read_content  # noqa: E402
from expo.validate.vocabularies import validate_vocabularies  # noqa: E402

DOCS = {"vi": "docs/truong-du-lieu.md", "en": "docs/fields.md"}


def describe() -> dict[str, str]:
    """Every file by its path in the project."""
    config = make_config(content=PROJECT / "content", environment={})
    terms = validate_vocabularies(read_content(config.content), config).slugs
    files = {f"schema/{name}.schema.json": text for name, text in make_schemas(terms).items()}
    return files | {path: describe_fields(lang, terms) for lang, path in DOCS.items()}


def main() -> None:
    """Write the files that differ, and say which."""
    for name, text in describe().items():
        path = PROJECT / name
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
        print(name)


if __name__ == "__main__":
    main()
