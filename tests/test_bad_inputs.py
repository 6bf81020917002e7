"""A corpus of bad inputs: each is told by its code at its file and line, and none ends in a traceback.

In: the files `tests/cases/bad_<area>/*.yaml`, which `tests/cases/BAD.md` explains. Each is built by itself, and
all of them as one library. Some only look bad, and have to pass.
"""

from __future__ import annotations

import base64
import html
import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from PIL import Image
from tests import figures
from tests.compiled import COMPILED
from tests.golden import CASES, VOCABULARY, _bytes_of, _options_of

from practice_library.build import Build, build
from practice_library.catalogue import Catalogue, catalogue_of
from practice_library.cli import main
from practice_library.diagnostics import Severity, format_diagnostic
from practice_library.host_config import PracticeLibraryConfig
from practice_library.options import OptionError, Settings, option_sentence, options_from, read_settings
from practice_library.render import Renderer

CONFIGURATION: Final = "mkdocs.yml"
AROUND: Final[Mapping[str, Any]] = {
    VOCABULARY: (CASES / "vocabulary.yml").read_text(encoding="utf-8"),
    "spaces/riverside/space.md": "---\ntitle: Riverside circle\ntype: CoL\nhost: Mill Street Centre\n---\n",
    "spaces/riverside/practices/check-in.md": "---\ntitle: Check-in round\nsummary: A word each.\n---\n",
    "spaces/hearth/space.md": "---\ntitle: Hearth circle\ntype: CoH\nhost: Mill Street Centre\n"
    "consent: {level: public, share: full, given: 2026-01-10}\n---\n",
}
"""What is there in every case that does not say otherwise."""
SHARED: Final = ("spaces", VOCABULARY, "spaces/withdrawn.txt")
"""Files that all cases of one library would have in common; a case that gives one stands alone."""


@dataclass(frozen=True, kw_only=True)
class BadInput:
    """One input, and what is said of it."""

    path: Path
    claim: str
    given: Mapping[str, Any]
    expected: list[str]
    """Every complaint, as `file:line [code]`."""
    says: list[str] = field(default_factory=list)
    """Words that the complaints have to hold."""
    severity: Mapping[str, str] = field(default_factory=dict)
    shows: list[str] = field(default_factory=list)
    """Words that a page has to show, where nothing is wrong."""
    pictures: list[str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    alone: str = ""
    """Why it cannot be one of many in a library."""

    @property
    def name(self) -> str:
        return f"{self.path.parent.name.removeprefix('bad_')}/{self.path.stem}"

    @property
    def looks_bad(self) -> bool:
        return not self.expected

    @property
    def stands_alone(self) -> bool:
        names = {name.casefold() for name in self.given}
        shared = any(name == own or name.startswith(f"{own}/") for name in names for own in SHARED[1:])
        return bool(self.alone or self.options or shared or {CONFIGURATION, SHARED[0]} & names)

    @property
    def files(self) -> dict[str, Any]:
        """Give every file, those around the case included, by its path."""
        files = {**AROUND, **self.given}
        return {name: given for name, given in files.items() if not _is(given, "absent")}


def _is(given: Any, key: str) -> bool:  # noqa: ANN401 - a text or a mapping
    return isinstance(given, Mapping) and key in given


def read_input(path: Path) -> BadInput:
    """Read a case; every scalar is text."""
    return BadInput(path=path, **yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 - makes only text, lists and mappings


ALL: Final = [read_input(path) for path in sorted(CASES.glob("bad_*/*.yaml"))]


# What is given.


def write(case: BadInput, root: Path) -> None:
    """Write the files of a case, or skip it where the system cannot hold them."""
    refused = "this user may open everything" if _may_open_all(case) else ""
    try:
        for name, given in () if refused else case.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, given)
    except (OSError, NotImplementedError) as error:
        refused = str(error)
    if not refused and any(not os.path.lexists(root / name) for name in case.files):
        refused = "this system cannot hold such a name"
    if not refused and not all(_is_written(root / name) for name in case.files):
        refused = "this system does not tell such names apart"
    if refused:
        pytest.skip(refused)


def _may_open_all(case: BadInput) -> bool:
    closed = any("000" in given.values() for given in case.files.values() if isinstance(given, Mapping))
    return closed and not getattr(os, "geteuid", lambda: 0)()


def _is_written(path: Path) -> bool:
    return path.name in os.listdir(path.parent)  # noqa: PTH208 - as the system spells it


def _write(path: Path, given: Any) -> None:  # noqa: ANN401 - a text or a mapping
    if _is(given, "link"):
        path.symlink_to(given["link"])
    elif _is(given, "pipe"):
        os.mkfifo(path)
    elif _is(given, "folder"):
        path.mkdir(parents=True)
    elif _is(given, "picture"):
        path.write_bytes(_picture(**given))
    else:
        path.write_bytes(_bytes_of(given))
    mode = given.get("folder") or given.get("mode") if isinstance(given, Mapping) else ""
    if mode and not _is(given, "picture"):
        path.chmod(int(mode, 8))


def _picture(  # noqa: PLR0913 - each is a key of a case
    *,
    picture: str,
    mode: str = "RGB",
    width: str = "40",
    height: str = "30",
    exif: str = "",
    cut: str = "100",
    grow: str = "0",
) -> bytes:
    """Make a picture: of a format, with metadata, cut to a part of it or grown to a size."""
    made = Image.linear_gradient("L").resize((int(width), int(height))).convert(mode)
    more: dict[str, Any] = {"save_all": True, "append_images": [made]} if picture == "MPO" else {}
    if exif:
        more["exif"] = b"Exif\x00\x00" + base64.b64decode(exif)
    stream = io.BytesIO()
    made.save(stream, picture, **more)
    data = stream.getvalue()
    return data[: len(data) * int(cut) // 100].ljust(int(grow), b"\0")


# What comes of it.


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run had to say."""

    sentences: list[str]
    built: Build | None = None


def outcome_of(case: BadInput, root: Path) -> Outcome:
    """Build a case as the command line would."""
    try:
        settings = _settings(case, root)
    except OptionError as error:
        for language in ("en", "fr"):
            option_sentence(error, CONFIGURATION, catalogue_of(language)).encode()
        return Outcome(sentences=[option_sentence(error, CONFIGURATION, catalogue_of("en"))])
    made = build(settings.root, settings.spaces, settings.options)
    for language in ("en", "fr"):
        "\n".join(sentences_of(made, catalogue_of(language))).encode()
    return Outcome(sentences=sentences_of(made, made.words), built=made)


def _settings(case: BadInput, root: Path) -> Settings:
    if CONFIGURATION in case.given:
        return read_settings(root / CONFIGURATION)
    return Settings(root=root, spaces=root / "spaces", options=_options_of(case.options))


def sentences_of(made: Build, words: Catalogue) -> list[str]:
    """Give every complaint in words."""
    return [format_diagnostic(found, words) for found in made.report.sorted()]


def briefly(sentence: str) -> str:
    """Leave of a complaint its place and its code: `file:line [code]`."""
    return re.sub(r"^(.+?(?::\d+)?): .*( \[[a-z0-9-]+\])$", r"\1\2", sentence, flags=re.DOTALL)


def pages_of(made: Build) -> str:
    """Render every page that an entry brings in."""
    renderer = Renderer(made, compiled=COMPILED)
    rendered = (renderer.render(page) for page in made.plan.pages if page.edit_path)
    parts = (
        part for page in rendered for part in (page.head, page.html, *(f.html for _, f in page.fragments))
    )
    found = "\n".join(parts)
    return f"{found}\n{html.unescape(found)}"


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_input(case: BadInput, tmp_path: Path) -> None:
    write(case, tmp_path)
    found = outcome_of(case, tmp_path)
    told = sorted({briefly(sentence) for sentence in found.sentences})
    _count(case, told)
    assert told == sorted(case.expected), case.claim
    text = "\n".join(found.sentences)
    assert [words for words in case.says if words not in text] == []
    if found.built:
        _check_built(case, found.built)


def _count(case: BadInput, told: list[str]) -> None:
    """Tell the figures of the run."""
    kind = "inputs that only look bad" if case.looks_bad else "bad inputs"
    figures.add(f"{kind}: tried")
    figures.add(f"{kind}: {'refused' if case.looks_bad else 'let through'}", bool(told) is case.looks_bad)


def _check_built(case: BadInput, made: Build) -> None:
    """Hold what was made against what else the case says."""
    severities = {found.code: made.report.severity(found).value for found in made.report.sorted()}
    assert case.severity.items() <= severities.items()
    if case.pictures is not None:
        assert sorted(made.pictures) == case.pictures
    if not made.report.has_errors:
        shown = pages_of(made)
        assert [words for words in case.shows if words not in shown] == []


# All of them at once.


def library_of_all(root: Path) -> Iterator[BadInput]:
    """Write all cases side by side, each with names of its own; give those that could be written."""
    for number, case in enumerate(ALL):
        if case.stands_alone:
            continue
        moved = _moved(case, number)
        try:
            write(moved, root)
        except pytest.skip.Exception:
            continue
        yield moved


def _moved(case: BadInput, number: int) -> BadInput:
    """Give a case with names of its own, as long as the old ones, so that no two meet."""
    names = {"riverside": f"river{number:04}", "hearth": f"he{number:04}", "check-in": f"ck-{number:05}"}

    def moved(given: Any) -> Any:  # noqa: ANN401 - a text, or lists and mappings of them
        if isinstance(given, Mapping):
            return {moved(key): moved(value) for key, value in given.items()}
        if isinstance(given, list):
            return [moved(item) for item in given]
        for old, new in names.items():
            given = given.replace(old, new)
        return given

    around = {**AROUND, **case.given}
    del around[VOCABULARY]
    return replace(case, given=moved(around), expected=moved(case.expected))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[BadInput]]:
    """Make one library of all cases."""
    root = tmp_path_factory.mktemp("everything")
    return root, list(library_of_all(root))


def test_most_inputs_can_be_in_one_library(everything: tuple[Path, list[BadInput]]) -> None:
    assert len(everything[1]) > len(ALL) * 3 / 4


def test_all_complaints_of_a_run_come_at_once(everything: tuple[Path, list[BadInput]]) -> None:
    root, cases = everything
    made = build(root, root / "spaces", _options_of({}))
    told = {briefly(sentence) for sentence in sentences_of(made, made.words)}
    expected = {complaint for case in cases for complaint in case.expected}
    assert sorted(expected - told) == []
    assert sorted(told - expected) == []


def test_the_command_line_tells_all_of_them_and_ends_in_words(
    everything: tuple[Path, list[BadInput]], capsys: pytest.CaptureFixture[str]
) -> None:
    root, cases = everything
    (root / CONFIGURATION).write_text("plugins: [practice-library: {today: 2026-11-24}]\n", encoding="utf-8")
    assert main(["--config", str(root / CONFIGURATION), "check"]) == 1
    output = "\n".join(capsys.readouterr())
    assert "Traceback" not in output
    lines = output.splitlines()
    assert all(line.startswith(("Error: ", "Warning: ", "Information: ")) for line in lines if " [" in line)
    told = {briefly(line.partition(": ")[2]) for line in lines}
    assert sorted({complaint for case in cases for complaint in case.expected} - told) == []


# The other door.


def _plugin_options(case: BadInput) -> dict[str, Any] | None:
    """Give the options that MkDocs would hand to the plugin; None where it cannot read the file itself."""
    try:
        found = yaml.safe_load(_bytes_of(case.given[CONFIGURATION]).decode())
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    plugins = found.get("plugins") if isinstance(found, dict) else None
    return dict(plugins[0]["practice-library"]) if plugins else None


WRONG_OPTIONS: Final = [
    pytest.param(options, id=case.name)
    for case in ALL
    if CONFIGURATION in case.given and case.expected == [f"{CONFIGURATION} [bad-option]"]
    if (options := _plugin_options(case))
]


@pytest.mark.parametrize("options", WRONG_OPTIONS)
def test_mkdocs_does_not_take_such_an_option_either(options: dict[str, Any]) -> None:
    config = PracticeLibraryConfig()
    config.load_dict(options)
    errors, warnings = config.validate()
    if not errors and not warnings:
        with pytest.raises(OptionError):
            options_from(dict(config), "en")


# The corpus itself.


def test_the_corpus_is_large_enough() -> None:
    assert len([case for case in ALL if not case.looks_bad]) >= 160
    assert len([case for case in ALL if case.looks_bad]) >= 15


def test_every_claim_is_one_sentence_of_its_own() -> None:
    claims = [case.claim for case in ALL]
    assert len(set(claims)) == len(claims)
    assert [claim for claim in claims if not re.fullmatch(r"[^\n]{10,160}[^.]\.", claim)] == []


def test_what_only_looks_bad_is_called_so() -> None:
    assert [case.name for case in ALL if case.looks_bad and not case.path.stem.startswith("fine-")] == []


def test_every_severity_is_a_word_for_one() -> None:
    assert {word for case in ALL for word in case.severity.values()} <= {level.value for level in Severity}
