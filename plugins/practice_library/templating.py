"""The templates of pages that MkDocs does not convert, and how templates call what they are given.

In: the name of a template. Out: the template, in which every value is escaped. Called by whoever writes HTML.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final

import jinja2
from jinja2.runtime import Context, Macro

TEMPLATES: Final = Path(__file__).parent / "templates"
_PLAIN: Final = frozenset({BuiltinFunctionType, FunctionType, MethodType})
"""What is called with what the template gives it, unless it is marked as wanting more."""


class QuickContext(Context):
    """Calls functions, methods and macros as Jinja does, without asking each time what they are.

    A page makes a hundred such calls: most of the time of a template went into the asking.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja's
        """Call what a template calls."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True
    )


def plain_template(name: str) -> jinja2.Template:
    """Give a template by its file name."""
    return _environment().get_template(name)
