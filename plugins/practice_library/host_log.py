"""What the hosts, MkDocs and ProperDocs, log and count: complaints told to them, warnings heard of them.

In: a build with its report. Out: lines of the log, each at its level, and whether a strict build has to stop.
Called by `plugin`; knows MkDocs, as that does.
"""

from __future__ import annotations

import logging
from typing import Final

from mkdocs.utils import CountHandler

from .build import Build
from .diagnostics import Severity, format_diagnostic

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
