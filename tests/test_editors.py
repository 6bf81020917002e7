"""What editors and hooks are given: snippets that make valid notes, a task whose words are understood, hooks that run."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from tests.sites import ROOT, environment, write_files, write_project
from tests.small_library import LIBRARY

from practice_library.catalogue import catalogue_of
from practice_library.cli import main
from practice_library.snippets import PATH
from practice_library.vocabulary import LANGUAGES

SETTINGS: Final = ROOT / ".vscode" / "settings.json"
TASKS: Final = ROOT / ".vscode" / "tasks.json"
HOOKS: Final = ROOT / ".pre-commit-hooks.yaml"
TYPO: Final = "---\ntitle: Typo\ndate: 2021-05-01\ntilte: x\n---\n"
SLIP: Final = "---\ntitle: Round: who listens?\ndate: 2021-05-01\n---\n"
NOTE: Final = "spaces/hill/harvests/2021-05-01-typo.md"


def read(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read JSON with remarks, as the editor does."""
    text = path.read_text(encoding="utf-8")
    return json.loads(re.sub(r"(?m)^//.*$", "", text))


def snippets() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read(ROOT / PATH)
    return {snippet["prefix"].removeprefix("pl-"): snippet for snippet in found.values()}


def typed(body: list[str]) -> str:
    """Write what a snippet becomes when its first choices are taken, and the day of consent is typed in."""
    text = "\n".join(body).replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2021-05-01")
    text = re.sub(r"\$\{\d+\|([^,|]*)(?:,[^|]*)?\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", r"\1", text)
    return text.replace("$0", "").replace("YYYY-MM-DD", "2021-05-01")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_project(tmp_path, {**LIBRARY}, options={"source": "private"})


# Snippets.


def test_the_snippets_in_the_repository_are_those_of_the_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    loader = SourceFileLoader("snippets_script", str(ROOT / "scripts" / "snippets"))
    spec = spec_from_loader("snippets_script", loader)
    assert spec is not None
    script = module_from_spec(spec)
    loader.exec_module(script)
    assert (ROOT / PATH).read_text(encoding="utf-8") == script.text_of(ROOT), "run `python3 scripts/snippets`"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("space", "spaces/title/space.md"),
        ("harvest", "spaces/hill/harvests/2021-05-01-title.md"),
        ("practice", "spaces/hill/practices/title.md"),
        ("output", "spaces/hill/outputs/title.md"),
    ],
)
def test_a_snippet_for_a_whole_head_makes_a_valid_entry(name: str, place: str, project: Path) -> None:
    write_files(project, {place: typed(snippets()[name]["body"])})
    assert main(["check", place]) == 0


def test_parts_of_a_head_fit_where_they_say(project: Path) -> None:
    parts = {name: typed(snippet["body"]) for name, snippet in snippets().items()}
    below = {"practices": ("mention", "first"), "quotes": ("quote",)}
    lists = "".join(
        f"{key}:\n" + "".join(f"{parts[name]}\n" for name in names) for key, names in below.items()
    )
    terms = f"principles: [{parts['principle']}]\napproaches: [{parts['approach']}]\n"
    answers = f"reflections:\n  {parts['question']}: Words.\n"
    head = f"title: All\ndate: 2021-05-01\n{lists}{terms}{answers}{parts['consent']}\n"
    write_files(project, {NOTE: f"---\n{head}---\n"})
    assert main(["check", NOTE]) == 0


@pytest.mark.parametrize("name", ["harvest", "consent", "quote"])
def test_the_narrowest_level_is_the_first_and_a_day_left_open_is_an_error(name: str, project: Path) -> None:
    body = "\n".join(snippets()[name]["body"])
    assert re.search(r"level: \$\{\d\|withheld,members,public\|\}", body)
    untouched = typed(snippets()["harvest"]["body"]).replace("given: 2021-05-01", "given: YYYY-MM-DD")
    write_files(project, {NOTE: untouched})
    assert main(["check", NOTE]) == 1


def test_every_snippet_is_for_markdown_and_says_what_it_brings() -> None:
    assert {snippet["scope"] for snippet in snippets().values()} == {"markdown"}
    assert all(snippet["description"] for snippet in snippets().values())


# The task.


def test_the_settings_are_what_a_note_needs() -> None:
    markdown = read(SETTINGS)["[markdown]"]
    assert markdown["editor.insertSpaces"] is True
    assert read(SETTINGS)["files.encoding"] == "utf8"


def task() -> dict[str, Any]:
    found: dict[str, Any] = read(TASKS)["tasks"][0]
    return found


def test_the_task_understands_what_the_check_says(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(project, {NOTE: TYPO, "spaces/hill/note.pdf": "x"})
    arguments = [argument for argument in task()["args"] if argument != "--watch"]
    assert main(arguments) == 1
    pattern = task()["problemMatcher"]["pattern"]
    matches = [m for line in capsys.readouterr().out.splitlines() if (m := re.match(pattern["regexp"], line))]
    found = {(m[pattern["file"]], m[pattern["line"]], m[pattern["code"]]) for m in matches}
    assert (NOTE, "4", "unknown-key") in found
    assert ("spaces/hill/note.pdf", "1", "unknown-file") in found
    assert all(m[pattern["message"]] for m in matches)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_task_knows_when_a_check_begins_and_ends(language: str) -> None:
    words, background = catalogue_of(language), task()["problemMatcher"]["background"]
    assert re.match(background["beginsPattern"], words.text("cli.checking"))
    assert re.match(background["endsPattern"], words.text("cli.watching"))


def test_the_tasks_call_what_there_is(project: Path) -> None:
    write_files(project, {NOTE: TYPO.replace("tilte: x\n", "")})
    for found in read(TASKS)["tasks"]:
        arguments = [a.replace("${file}", str(project / NOTE)) for a in found["args"] if a != "--watch"]
        assert main(arguments) == 0


# Hooks for other repositories.


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}


def run_hook(name: str, project: Path) -> subprocess.CompletedProcess[str]:
    """Run a hook's command in a repository, as pre-commit would."""
    program, *arguments = shlex.split(hooks()[name]["entry"])
    assert program == "practice-library"
    command = [sys.executable, "-m", "practice_library.cli", *arguments]
    return subprocess.run(
        command, cwd=project, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False, encoding="utf-8"
    )  # fmt: skip


def test_a_hook_lets_good_notes_through_and_stops_bad_ones(project: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)  # noqa: S607 - whichever git there is
    assert run_hook("practice-library-check", project).returncode == 0
    write_files(project, {NOTE: TYPO})
    stopped = run_hook("practice-library-check", project)
    assert stopped.returncode == 1
    assert "[unknown-key]" in stopped.stdout


def test_the_mending_hook_mends_without_asking(project: Path) -> None:
    write_files(project, {NOTE: SLIP})
    assert run_hook("practice-library-fix", project).returncode == 0
    assert 'title: "Round: who listens?"' in (project / NOTE).read_text(encoding="utf-8")


def test_hooks_run_for_what_they_read() -> None:
    for hook in hooks().values():
        assert re.search(hook["files"], NOTE)
        assert not re.search(hook["files"], "README.md")
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
