"""The field table told to others: JSON Schemas for editors and forms, field docs for people.

In: fields.py and the vocabularies. Out: texts, committed in schema/ and docs/ by tools/describe.py; a test fails when
they are stale. Decides nothing about content; rules between fields and files stay validate/'s.
"""

from expo.describe.docs import describe_fields
from expo.describe.schemas import make_schemas

__all__ = ["describe_fields", "make_schemas"]
