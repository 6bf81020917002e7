"""The templates of pages that MkDocs does not convert, and how templates print and call what they are given.

In: the name of a template. Out: the template, in which every value is escaped. Called by whoever writes HTML.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.filters import do_striptags
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

TEMPLATES: Final = Path(__file__).parent / "templates"
_PLAIN: Final = frozenset({BuiltinFunctionType, FunctionType, MethodType})
"""What is called with what the template gives it, unless it is marked as wanting more."""


_SPECIAL: Final = re.compile("[&<>\"']")
"""What is escaped in HTML."""

as_html: Final[Callable[[str], Markup]] = partial(str.__new__, Markup)
"""Takes a text for HTML that is safe, as `Markup` does once it has asked what it was given."""


def printed(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Give a value as it is printed: escaped, unless it is HTML already; nothing for none."""
    kind = type(value)
    if kind is Markup or (kind is str and _SPECIAL.search(value) is None):
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    return "" if value is None else escape(value)


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


class _QuickCode(CodeGenerator):
    """Writes the code of a template that calls, looks up and prints as Python does.

    Jinja asks at each step whether it is dealing with something special: a function that wants the context,
    a key of a mapping, a value to be made printable. Our templates have none of these; one that tries meets
    an error of Python's where it would have met one of Jinja's.
    """

    def visit_Call(  # noqa: N802 - as Jinja's
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Write a call."""
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write a look at an attribute."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002
        """Write a macro: what it does, its name, its arguments, what else it takes."""
        node = macro_ref.node
        told = (getattr(node, "name", None), [argument.name for argument in node.args])
        taken = (macro_ref.accesses_kwargs, macro_ref.accesses_varargs, macro_ref.accesses_caller)
        self.write(f"environment.macro(macro, *{told + taken!r})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Write what another template holds: the same for all pages, unless it is to see the page."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(")")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        """Write what makes a value printable."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


class _QuickMacro(Macro):
    """A macro that is called with its arguments in their order, as most are: nothing has to be sorted out."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as Jinja's
        absent = self._argument_count - len(args)
        if kwargs or absent < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        return as_html(self._func(*args, *(missing,) * absent))


class QuickEnvironment(jinja2.Environment):
    """Templates of ours that are rendered a thousand times over."""

    code_generator_class = _QuickCode

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Jinja's
        """Take what Jinja's environment takes; values are escaped."""
        super().__init__(autoescape=True, **options)
        self._modules: dict[str, object] = {}
        find_once(self)

    def module(self, name: str) -> object:
        """Give what a template holds that does not see the page."""
        known = self._modules.get(name)
        if known is None:
            known = self._modules[name] = self.get_template(name).module
        return known

    def macro(self, *told: Any) -> Macro:  # noqa: ANN401 - as Jinja's
        """Give a macro of what the code of a template tells of it."""
        return _QuickMacro(self, *told)

    printed = staticmethod(printed)


def striptags(value: Any) -> str:  # noqa: ANN401 - whatever a template has
    """Take the tags out of a title, as Jinja does; most have none, and headings stand on many pages."""
    if type(value) is not str:
        return do_striptags(value)
    return _without_tags(value) if "<" in value or "&" in value else " ".join(value.split())


_without_tags: Final = lru_cache(maxsize=4096)(do_striptags)


def find_once(environment: jinja2.Environment) -> None:
    """Have an environment find each template once; most pages ask for a dozen."""
    find = environment.get_template
    known: dict[tuple[object, str | None], jinja2.Template] = {}

    def found(
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - as Jinja calls it
    ) -> jinja2.Template:
        if globals is not None:
            for template in known.values():
                template.globals = environment.make_globals(None)
            known.clear()
            return find(name, parent, globals)
        if (name, parent) not in known:
            known[name, parent] = find(name, parent)
            _share_globals(known[name, parent])
        return known[name, parent]

    vars(environment)["get_template"] = found


def _share_globals(template: jinja2.Template) -> None:
    """Let a template that has no globals of its own look at those of its environment without a detour.

    All of them are copied for each page, and named once more for each part that a page includes.
    """
    if isinstance(template.globals, ChainMap) and not template.globals.maps[0]:
        template.globals = template.environment.globals


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True
    )


def plain_template(name: str) -> jinja2.Template:
    """Give a template by its file name."""
    return _environment().get_template(name)
