"""The plugin's options in mkdocs.yml, each with what its values do, and what a build makes of them.

In: what MkDocs read, or for the command line the file itself. Out: `Options` for `build`. The one place
that looks at the clock and the environment, so that nothing behind it does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from .build import Options, SourceAccess
from .catalogue import Catalogue
from .consent import Audience
from .diagnostics import CODES, Severity, nearest
from .evidence import Thresholds

PLUGIN_NAME: Final = "practice-library"
DEFAULT_SPACES: Final = "spaces"
NAMES: Final = (
    "spaces_dir",
    "audience",
    "source",
    "thresholds",
    "severity",
    "today",
    "contact",
    "cms",
    "content_language",
    "previews",
)
"""Every option there is."""


class OptionError(ValueError):
    """An option that means nothing: the end of a message's key (`option.<reason>`), and its values."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def options_from(values: Mapping[str, Any], language: str) -> Options:
    """Make a build's options of what mkdocs.yml says.

    Args:
        values: the plugin's options by name; absent ones take their defaults.
        language: the theme's language.

    Raises:
        OptionError: a value that means nothing.
    """
    for name in values:
        if name not in NAMES:
            near = nearest(str(name), NAMES)
            raise OptionError("unknown", name=str(name), known=near or ", ".join(NAMES))
    return Options(
        today=build_date(values.get("today")),
        language=language,
        content_language=str(values.get("content_language") or ""),
        audience=Audience(_one_of("audience", values, Audience, Audience.PUBLIC)),
        source=SourceAccess(_one_of("source", values, SourceAccess, SourceAccess.PUBLIC)),
        thresholds=_thresholds(values.get("thresholds") or {}),
        severities=_severities(values.get("severity") or {}),
        contact=str(values.get("contact") or ""),
        previews=_previews(values.get("previews")),
    )


def option_sentence(error: OptionError, file: str, words: Catalogue) -> str:
    """Write what is wrong with an option as a diagnostic."""
    return f"{file}: {words.text(f'option.{error.reason}', **error.values)} [bad-option]"


def build_date(written: object) -> date:
    """Give the build's date: as written, or of SOURCE_DATE_EPOCH, or today's in UTC.

    Raises:
        OptionError: what is written is no date.
    """
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    if written:
        try:
            return date.fromisoformat(str(written))
        except ValueError:
            raise OptionError("not-a-date", name="today", value=str(written)) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise OptionError("not-a-date", name="SOURCE_DATE_EPOCH", value=epoch) from None
    return moment.date()


def _one_of(name: str, values: Mapping[str, Any], known: type[Any], default: str) -> str:
    value = default if values.get(name) is None else values[name]
    choices = [str(choice.value) for choice in known]
    if value not in choices:
        raise OptionError("not-a-choice", name=name, value=str(value), known=", ".join(choices))
    return str(value)


def _previews(value: object) -> tuple[str, ...] | None:
    """Read which spaces allow previews of proposals: all, none, or those listed."""
    if value is None or value is True:
        return None
    if value is False:
        return ()
    if isinstance(value, list) and all(isinstance(space, str) for space in value):
        return tuple(value)
    raise OptionError("previews-form", value=str(value))


_COUNT: Final = re.compile(r"[1-9]\d{0,5}", re.ASCII)


def _thresholds(values: object) -> Thresholds:
    if not isinstance(values, Mapping):
        raise OptionError("thresholds-form")
    found = {}
    for name, value in values.items():
        known = name in {"growing", "exemplary", "small_count"}
        if not (known and _COUNT.fullmatch(str(value))):
            raise OptionError("threshold", name=str(name), value=str(value))
        found[name] = int(value)
    thresholds = Thresholds(**found)
    if thresholds.exemplary < thresholds.growing:
        raise OptionError("thresholds-order")
    return thresholds


def _severities(values: object) -> dict[str, Severity]:
    if not isinstance(values, Mapping):
        raise OptionError("severity-form")
    for code, severity in values.items():
        if code not in CODES:
            raise OptionError("severity-code", code=str(code))
        if severity not in list(Severity):
            raise OptionError("severity-level", code=str(code), value=str(severity))
        if CODES[code] is Severity.ERROR and severity != Severity.ERROR:
            raise OptionError("severity-fixed", code=str(code))
    return {str(code): Severity(severity) for code, severity in values.items()}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the command line knows of a project."""

    root: Path
    """The folder of mkdocs.yml."""
    spaces: Path
    """The content folder."""
    options: Options


class _Tolerant(yaml.SafeLoader):
    """Reads mkdocs.yml without running anything: tags of MkDocs and Python become nothing."""


def _nothing(_loader: yaml.SafeLoader, _suffix: str, _node: yaml.Node) -> None:
    return None


_Tolerant.add_multi_constructor("!", _nothing)
_Tolerant.add_multi_constructor("tag:yaml.org,2002:python/", _nothing)


def read_settings(config_file: Path) -> Settings:
    """Read what the command line needs of mkdocs.yml, without MkDocs.

    Args:
        config_file: the configuration; where there is none, defaults hold.

    Raises:
        OptionError: the file is no YAML, or an option means nothing.
    """
    config = _read_config(config_file)
    theme = config.get("theme")
    language = theme.get("language") if isinstance(theme, Mapping) else None
    values = _plugin_values(config.get("plugins"))
    root = config_file.parent.resolve()
    return Settings(
        root=root,
        spaces=root / str(values.get("spaces_dir") or DEFAULT_SPACES),
        options=options_from(values, str(language or "en")),
    )


def _read_config(config_file: Path, heirs: tuple[Path, ...] = ()) -> dict[str, Any]:
    if config_file.resolve() in heirs:
        raise OptionError("unreadable", why=f"INHERIT: {config_file.name}")
    if not config_file.is_file():
        return {}
    try:
        found = yaml.load(config_file.read_text(encoding="utf-8"), Loader=_Tolerant)  # noqa: S506 - a SafeLoader that ignores tags
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise OptionError("unreadable", why=str(error)) from None
    if not isinstance(found, dict):
        return {}
    parent = found.get("INHERIT")
    heirs = (*heirs, config_file.resolve())
    inherited = _read_config(config_file.parent / str(parent), heirs) if parent else {}
    return _merged(inherited, found)


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one configuration over another as MkDocs does: mappings key by key, all else whole."""
    merged = {**under, **over}
    for key in under.keys() & over.keys():
        if isinstance(under[key], dict) and isinstance(over[key], dict):
            merged[key] = _merged(under[key], over[key])
    return merged


def _plugin_values(plugins: object) -> Mapping[str, Any]:
    """Find this plugin's options in either form that MkDocs takes: a list or a mapping."""
    if isinstance(plugins, Mapping):
        found = plugins.get(PLUGIN_NAME)
        return found if isinstance(found, Mapping) else {}
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, Mapping) and isinstance(plugin.get(PLUGIN_NAME), Mapping):
            return plugin[PLUGIN_NAME]  # type: ignore[no-any-return]
    return {}
