"""What mkdocs.yml says to this plugin: its options, as MkDocs checks them, and what of MkDocs' own it heeds.

In: MkDocs' configuration. Out: values. Called by `plugin`; knows MkDocs, as that does.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mkdocs.config import base, config_options as c
from mkdocs.config.defaults import MkDocsConfig

from .handover import Sources, sources_of


class ThresholdsConfig(base.Config):
    """From which counts something changes."""

    growing = c.Type(int, default=2)
    """Independent hosts with whom a practice has to have worked to be called growing."""
    exemplary = c.Type(int, default=3)
    """Independent hosts with whom it has to have worked to be called exemplary."""
    small_count = c.Type(int, default=5)
    """Counts of people below this are told as "fewer than", never exactly."""


class PracticeLibraryConfig(base.Config):
    """The options under `practice-library:` in mkdocs.yml."""

    spaces_dir = c.Type(str, default="spaces")
    """The folder with the content, from the folder of mkdocs.yml."""
    audience = c.Choice(("public", "members"), default="public")
    """`public`: what everyone may see. `members`: also what was shared with members; build it into a
    `site_dir` of its own."""
    source = c.Choice(("public", "private"), default="public")
    """Who can read the repository. `public`: a held entry in it is a warning, since the repository
    publishes it before the site does. `private`: only stewards read it, and nothing is said."""
    content_language = c.Type(str, default="")
    """The language of entries that name none. Default: the theme's."""
    thresholds = c.SubConfig(ThresholdsConfig)
    """From which counts levels of maturity begin, and below which people are not counted exactly."""
    severity = c.Type(dict, default={})
    """The severity of a diagnostic by its code: `error`, `warning` or `info`. Errors stay errors."""
    today = c.Type((str, date), default="")
    """The date as of which consent is decided. Default: that of SOURCE_DATE_EPOCH, or the build's."""
    cms = c.Type(bool, default=False)
    """`true`: an editor under `/admin/` for people who may write to the sources on GitHub; `scripts/cms`
    has to have fetched it. Default: none."""
    contact = c.Type(str, default="")
    """The maintainers' e-mail address, for notes handed over by e-mail and for withdrawals."""
    previews = c.Type((bool, list), default=True)
    """Which spaces allow that the site as a pull request would make it is kept for a week, for reviewers.
    `true`: all but communities of healing, which never do. `false`: none. A list: these alone."""


def name_of(config: MkDocsConfig) -> str:
    """Give the configuration file's name, for complaints."""
    return Path(config.config_file_path).name


def language_of(config: MkDocsConfig) -> str:
    """Give the theme's language; another theme than Material may have none."""
    return str(config.theme.get("language") or "en")


def sources_in(config: MkDocsConfig, spaces: str) -> Sources:
    """Say where new files can be proposed, as far as the configuration tells."""
    root, docs = Path(config.config_file_path).parent.resolve(), Path(config.docs_dir).resolve()
    inside = docs.relative_to(root).as_posix() if docs.is_relative_to(root) else docs.name
    return sources_of(config.repo_url or "", config.edit_uri or "", inside, spaces)
