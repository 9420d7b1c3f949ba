"""What compiled templates call for every value that they print, with less on the way: a third of rendering was this.

In: Jinja2's own classes. Out: the same pages, byte for byte. Jinja2 asks of each thing that is called whether it wants
the context, and makes a Markup of each string that is escaped only to be joined with others: hundreds of thousands of
times in a site. Both are left out where they can't matter; whatever is not known here goes Jinja2's own way.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from functools import cache, partial
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape

PLAIN = frozenset((FunctionType, partial, type(cache(escape))))
ESCAPED = re.compile("[&<>'\"]")  # all that `escape` changes
WANTS = "jinja_pass_arg"  # how Jinja2 marks what wants a context, an environment or whether to escape


def print_escaped(value: object) -> str:
    """What `escape` makes, for values that are joined with others at once."""
    if type(value) is str and not ESCAPED.search(value):
        return value
    return value if type(value) is Markup else escape(value)


class QuickTemplate(Template):
    """A template that prints by `print_escaped`."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja calls it so
    ) -> Template:
        namespace["escape"] = print_escaped  # compiled templates call it for what they print, and for nothing else
        return super()._from_namespace(environment, namespace, dict(globals))  # a ChainMap is slow to copy


class QuickContext(Context):
    """A context that calls functions and macros at once. A StopIteration of theirs is an error, not an empty value."""

    @internalcode
    def call(self, called: Any, /, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **kwargs: Any) -> Any:
        """What a template calls."""
        kind = type(called)
        if kind is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if kind in PLAIN and not hasattr(called, WANTS):
            return called(*args, **kwargs)
        if kind is MethodType and not hasattr(called.__func__, WANTS):  # asked of a method itself, it is dear
            return called(*args, **kwargs)
        return super().call(called, *args, _block_vars=_block_vars, _loop_vars=_loop_vars, **kwargs)
