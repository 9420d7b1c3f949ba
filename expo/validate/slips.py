"""What was written → what was probably meant: the known word for one that nobody knows, a list for a line of commas.

In: a word, and what is allowed; a line. Out: what to suggest, or "". The engine that compares is loaded when a mistake
is being explained, not before.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_SLIP = 200  # characters compared; nothing that long is a slip of a name


def nearest_word(word: str, choices: tuple[str, ...] | list[str]) -> str:
    """The choice that differs least from a word, if it is near enough to be a slip; else ""."""
    from rapidfuzz import fuzz, process, utils

    plain = utils.default_process(word[:LONGEST_SLIP])
    found = process.extractOne(plain, _plain_choices(tuple(choices)), scorer=fuzz.ratio, score_cutoff=60)
    return choices[found[2]] if found else ""


def put_in_brackets(line: str) -> str:
    """ "a, b" as the list that it was meant to be, "[a, b]"; "" for a line of one value."""
    values = [one.strip() for one in re.split("[,;]", line) if one.strip()]
    return f"[{', '.join(values)}]" if len(values) > 1 else ""


@lru_cache(maxsize=8)
def _plain_choices(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Without signs and capitals; made once for thousands of slips among the same thousands of names."""
    from rapidfuzz import utils

    return tuple(utils.default_process(choice) for choice in choices)
