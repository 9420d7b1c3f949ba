"""Files → RawDocument: values as text with their lines, and the body. The only room that reads content/.

In: a content folder. Out: RawContent with every document and the problems of form (encoding, YAML, names).
Has no opinion on what the fields mean; that is validate/'s. Nothing outside the folder is read, links are refused.
"""

from expo.read.content import RawContent, read_content
from expo.read.documents import RawDocument, read_document, read_list

__all__ = ["RawContent", "RawDocument", "read_content", "read_document", "read_list"]
