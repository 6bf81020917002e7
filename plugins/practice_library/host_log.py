"""What the hosts, MkDocs and ProperDocs, log and count: complaints told to them, warnings heard of them.

In: a build with its report; what a disk refused. Out: lines of the log, each at its level; whether a strict
build has to stop, and why any other has to.
Called by `plugin`; knows MkDocs, as that does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.utils import CountHandler

from .build import Build
from .catalogue import Catalogue, catalogue_of
from .diagnostics import Severity, format_diagnostic
from .host_config import language_of
from .swap import SwapError

T = TypeVar("T")
log: Final = logging.getLogger("mkdocs.plugins.practice_library")


def tell(made: Build) -> None:
    """Say everything that is wrong, each at its severity."""
    levels = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.INFO: log.info}
    for severity, say in levels.items():
        for found in made.report.of(severity):
            say(format_diagnostic(found, made.words))


HOSTS: Final = ("mkdocs", "properdocs")
"""The loggers of the hosts, one of which counts warnings for `--strict`."""


def hear_warnings() -> None:
    """Let `--quiet` silence what is shown and not what is counted, or nothing would stop `--strict`."""
    for host in map(logging.getLogger, HOSTS):
        if host.level > logging.WARNING:
            for handler in host.handlers:
                if not isinstance(handler, CountHandler):
                    handler.setLevel(max(handler.level, host.level))
            host.setLevel(logging.WARNING)


def warned() -> bool:
    """Whether MkDocs' own strict count has seen a warning."""
    handlers = [handler for host in HOSTS for handler in logging.getLogger(host).handlers]
    return any(isinstance(h, CountHandler) and h.get_counts() for h in handlers)


def or_abort(act: Callable[[], T], site: Path, config: MkDocsConfig) -> T:
    """Do something with the site's folder, and say in words why it cannot be done.

    Raises:
        Abort: it cannot.
    """
    words = catalogue_of(language_of(config))
    try:
        return act()
    except SwapError as error:
        sentence = words.text(f"swap.{error.reason}", folder=site.name, name=error.name)
        raise Abort(sentence) from None
    except OSError as error:
        raise cannot_write(error, site, words) from None


def cannot_write(error: OSError, site: Path, words: Catalogue) -> Abort:
    """Say that the disk refused, and that the site is as it was."""
    reason = error.strerror or type(error).__name__
    return Abort(words.text("swap.failed", folder=site.name, reason=reason))
