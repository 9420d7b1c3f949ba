"""Make the search index alone, in a process of its own, to be timed from outside.

In: a content folder. Out: on stdout, JSON with the CPU seconds of reading and checking the content and of making the
index. It begins with an empty cache, as a build from nothing does.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from expo.config import make_config
from expo.pipeline import check_content
from expo.search.index import make_search_files


def main() -> None:
    """Read, make, and tell how long each took."""
    gc.set_threshold(50_000)  # as build.py does
    with TemporaryDirectory() as cache:
        os.environ["EXPO_CACHE_DIR"] = cache
        checked = check_content(make_config(content=Path(sys.argv[1]), quiet=True))
    if checked.expo is None:
        raise SystemExit("\n".join(map(str, checked.problems[:10])))
    read = time.process_time()
    make_search_files(checked.expo, cache=None)
    made = time.process_time()
    print(json.dumps({"read": read, "make": made - read}))


if __name__ == "__main__":
    main()
