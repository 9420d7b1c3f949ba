"""RawContent + fields → problems and the model. Field by field first, then rules across records. Never stops early.

In: what read/ found. Out: CheckedContent: every Problem of every file in one list, and the Expo if nothing is wrong.
Knows the content model's meaning; reads no text files (pictures are looked at by rules, as their bytes are the rule).
"""

from expo.validate.content import CheckedContent, validate_content
from expo.validate.memory import Memory

__all__ = ["CheckedContent", "Memory", "validate_content"]
