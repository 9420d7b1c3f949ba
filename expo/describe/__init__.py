"""The field table told to others: JSON Schemas for editors and forms, field docs for people.

In: fields.py and the vocabularies. Out: texts, committed in schema/ and docs/ by tools/describe.py; a test fails when
they are stale. Decides nothing about content; rules between fields and files stay validate/'s.
docs.py and schemas.py are for the tools, tables.py for `new`: each is imported by name.
"""
