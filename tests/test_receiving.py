"""A harvest sent as an issue: what becomes of a filled-in form, and that nothing in one is ever more than data."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
import yaml
from tests.golden import TODAY
from tests.sites import ROOT, VOCABULARY, environment, run, tree, write_files, write_project
from tests.small_library import LIBRARY

from practice_library.build import Build, Options, SourceAccess, build
from practice_library.catalogue import catalogue_of
from practice_library.receiving import LEVELS, RefusedError, issue_form, labels_of, received
from practice_library.vocabulary import LANGUAGES

ANSWERS: Final = {
    "space": "riverside",
    "title": "A late round",
    "date": "20 November 2026",
    "participants": "11",
    "practices": "Check-in Round, juggling",
    "body": "We met: late.\n\n- one\n- two",
    "question:insights-gained": "We waited.\n\nAnd listened.",
    "level": "public",
    "given": "2026-11-21",
    "by": "group",
}
PATH: Final = "riverside/harvests/2026-11-20-a-late-round.md"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Give the small library, in a repository that everyone can read."""
    return made_in(tmp_path_factory.mktemp("library"), SourceAccess.PUBLIC)


def made_in(root: Path, source: SourceAccess) -> Build:
    write_files(root, {**LIBRARY, "spaces/vocabulary.yml": VOCABULARY})
    return build(root, root / "spaces", Options(today=TODAY, source=source))


def issue(made: Build, answers: Mapping[str, str], language: str = "en", **changed: str) -> str:
    """Write an issue as GitHub does of a filled-in form."""
    words = catalogue_of(language)
    given = {**answers, **changed}
    parts = []
    for name, label in labels_of(made.vocabulary, words).items():
        answer = given.get(name, "_No response_") or "_No response_"
        if name in {"level", "by"} and words.has(f"receive.{name}.{answer}"):
            answer = words.text(f"receive.{name}.{answer}")
        if name == "promise":
            answer = given.get("promise", f"- [x] {words.text('receive.promise')}")
        parts.append(f"### {label}\n\n{answer}\n")
    return "\n".join(parts)


def note_of(text: str) -> tuple[dict[str, Any], str]:
    _, head, body = text.split("---\n", 2)
    return yaml.load(head, Loader=yaml.BaseLoader), body  # noqa: S506 - makes only texts, lists and mappings


def nothing(_path: str) -> bool:
    return False


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_filled_in_form_becomes_a_note(library: Build, language: str, end: str) -> None:
    found = received(issue(library, ANSWERS, language).replace("\n", end), library, nothing)
    head, body = note_of(found.text)
    assert found.path == PATH
    assert head == {
        "title": "A late round",
        "date": "2026-11-20",
        "participants": "11",
        "practices": ["check-in-round"],
        "reflections": {"insights-gained": "We waited.\n\nAnd listened."},
        "consent": {"level": "public", "given": "2026-11-21", "by": "group"},
    }
    assert body.startswith("\nWe met: late.\n\n- one\n- two\n")
    assert found.unknown == ("juggling",)
    assert "juggling" in body


def test_the_note_passes_the_check(library: Build, tmp_path: Path) -> None:
    found = received(issue(library, ANSWERS, practices="check-in-round"), library, nothing)
    project = write_project(tmp_path, {**LIBRARY, f"spaces/{found.path}": found.text})
    done = run(project, "practice_library.cli", "check", f"spaces/{found.path}")
    assert done.code == 0, done.output


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "public"])
def test_what_is_not_for_everyone_never_goes_into_a_public_repository(library: Build, level: str) -> None:
    with pytest.raises(RefusedError, match="not-for-everyone"):
        received(issue(library, ANSWERS, level=level), library, nothing)


@pytest.mark.parametrize("said", ["", "yes", "Public", "PUBLIC", "everyone", "Everyone.", "Everyone\n\nreally", "level: public"])  # fmt: skip
def test_only_the_very_answer_of_the_form_is_consent(library: Build, said: str) -> None:
    with pytest.raises(RefusedError, match="not-for-everyone"):
        received(issue(library, ANSWERS, level=said), library, nothing)


@pytest.mark.parametrize("level", ["withheld", "members"])
def test_a_private_repository_takes_what_is_not_for_everyone(tmp_path: Path, level: str) -> None:
    made = made_in(tmp_path, SourceAccess.PRIVATE)
    found = received(issue(made, ANSWERS, level=level), made, nothing)
    assert note_of(found.text)[0]["consent"]["level"] == level


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": ""}, "missing"),
        ({"body": ""}, "missing"),
        ({"space": ""}, "missing"),
        ({"space": "valley"}, "no-space"),
        ({"space": "../../etc"}, "no-space"),
        ({"space": "Riverside"}, "no-space"),
        ({"date": "04/05/2021"}, "no-date"),
        ({"date": "soon"}, "no-date"),
        ({"title": "!!!"}, "no-title"),
        ({"given": ""}, "no-day"),
        ({"given": "21 November 2026"}, "no-day"),
        ({"given": "2026-02-30"}, "no-day"),
        ({"promise": "- [ ] no"}, "no-promise"),
        ({"body": "x\n\n### Who may read this\n\nEveryone"}, "ambiguous"),
        ({"body": "x" * 100_001}, "too-long"),
    ],
)
def test_what_means_nothing_is_refused_with_the_reason(
    library: Build, changed: dict[str, str], reason: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        received(issue(library, ANSWERS, **changed), library, nothing)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "body", ["", "Hello", "### Something\n\nelse", "---\nconsent: {level: public}\n---\n"]
)
def test_what_is_not_the_form_is_refused(library: Build, body: str) -> None:
    with pytest.raises(RefusedError, match="no-form"):
        received(body, library, nothing)


def test_a_form_with_a_part_missing_is_refused(library: Build) -> None:
    body = issue(library, ANSWERS)
    cut = re.sub(r"### Day on which they agreed\n\n.*?\n\n", "", body)
    assert cut != body
    with pytest.raises(RefusedError, match="ambiguous"):
        received(cut, library, nothing)


def test_a_note_that_is_there_is_never_written_over(library: Build) -> None:
    with pytest.raises(RefusedError, match="exists"):
        received(issue(library, ANSWERS), library, lambda path: path == PATH)


HOSTILE: Final = [
    "---\nconsent: {level: public}\n---",
    "x\n---\nconsent:\n  level: public",
    '"\nconsent: {level: public}',
    "}}\n*a &b !c %d @e",
    "$(touch pwned) `touch pwned` ; touch pwned",
    "${{ github.token }}",
    "::set-output name=path::x",
    "../../x",
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["title", "body", "practices", "participants", "question:growth"])
def test_whatever_is_written_stays_the_value_of_its_field(library: Build, name: str, hostile: str) -> None:
    try:
        found = received(issue(library, ANSWERS, **{name: hostile}), library, nothing)
    except RefusedError as error:
        assert error.reason in {"missing", "no-title"}
        return
    assert re.fullmatch(r"riverside/harvests/2026-11-20[a-z0-9-]*\.md", found.path)
    head, _ = (
        note_of(found.text) if "---" not in hostile or name == "body" else (_head_by_library(found.text), "")
    )
    assert head["consent"] == {"level": "public", "given": "2026-11-21", "by": "group"}
    assert set(head) <= {"title", "date", "participants", "practices", "reflections", "consent"}


def _head_by_library(text: str) -> dict[str, Any]:
    end = text.index("\n---\n", 4)
    found: dict[str, Any] = yaml.load(text[4:end], Loader=yaml.BaseLoader)  # noqa: S506 - makes only texts, lists and mappings
    return found


def test_pictures_from_elsewhere_stay_words(library: Build) -> None:
    body = "See ![the circle](https://github.com/user-attachments/assets/1) there."
    found = received(issue(library, ANSWERS, body=body), library, nothing)
    assert "See the circle there." in found.text
    assert found.pictures == ("https://github.com/user-attachments/assets/1",)


# The form.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_one_that_github_takes(library: Build, language: str) -> None:
    form = yaml.safe_load(issue_form(library, catalogue_of(language)))
    assert set(form) == {"name", "description", "title", "labels", "body"}
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in fields} == {"input", "textarea", "dropdown", "checkboxes"}
    ids = [field["id"] for field in fields]
    labels = [field["attributes"]["label"] for field in fields]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[a-z-]+", name) for name in ids)


def test_no_label_is_the_same_in_both_languages_at_the_start(library: Build) -> None:
    first = {
        next(iter(labels_of(library.vocabulary, catalogue_of(language)).values())) for language in LANGUAGES
    }
    assert len(first) == len(LANGUAGES)


def test_the_first_answer_about_consent_is_the_narrowest(library: Build) -> None:
    form = yaml.safe_load(issue_form(library, catalogue_of("en")))
    (level,) = [field for field in form["body"] if field.get("id") == "level"]
    assert level["attributes"]["options"][0] == catalogue_of("en").text("receive.level.withheld")
    assert "default" not in level["attributes"]


# The scripts.


def script(name: str) -> ModuleType:
    loader = SourceFileLoader(name, str(ROOT / "scripts" / name))
    spec = spec_from_loader(name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def receive(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return script("receive")


def test_the_forms_in_the_repository_are_those_of_the_vocabulary(receive: ModuleType) -> None:
    made: dict[str, str] = receive.forms(ROOT)
    assert {name: (ROOT / name).read_text(encoding="utf-8") for name in made} == made, (
        "run `python3 scripts/receive --forms`"
    )


Received = dict[str, str]
Send = Callable[..., Received]


@pytest.fixture
def send(receive: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Give a way to send an issue: what the script hands on, decoded."""
    project = write_project(tmp_path / "project", {**LIBRARY}, options={"contact": "library@example.org"})
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))

    def sent(body: str | None) -> Received:
        event = tmp_path / "event.json"
        event.write_text(json.dumps({"issue": {"number": 7, "body": body}}), encoding="utf-8")
        (tmp_path / "output").write_text("", encoding="utf-8")
        assert receive.main(str(event), root=project) == 0
        lines = (tmp_path / "output").read_text(encoding="utf-8").splitlines()
        pairs = [line.split("=", 1) for line in lines]
        return {name: base64.b64decode(value, validate=True).decode() for name, value in pairs}

    return sent


def test_a_note_is_handed_on_with_what_the_check_says(library: Build, send: Send) -> None:
    handed = send(issue(library, ANSWERS, body="Write to robin@example.org."))
    assert handed["path"] == f"spaces/{PATH}"
    assert handed["title"] == "Harvest: A late round"
    assert "    Warning: spaces/riverside/harvests/2026-11-20-a-late-round.md:" in handed["pull"]
    assert "[personal-email]" in handed["pull"]
    assert "    juggling" in handed["reply"]
    assert "From #7." in handed["pull"]


def test_who_did_not_get_consent_is_told_that_the_issue_is_public(library: Build, send: Send) -> None:
    handed = send(issue(library, ANSWERS, level="withheld"))
    assert set(handed) == {"reply"}
    assert "this issue itself is public" in handed["reply"]
    assert "write to library@example.org." in handed["reply"]


def test_a_french_form_is_answered_in_french(library: Build, send: Send) -> None:
    assert "ce billet lui-même est public" in send(issue(library, ANSWERS, "fr", level="withheld"))["reply"]


@pytest.mark.parametrize("body", [None, "", "Hello"])
def test_an_issue_that_is_no_form_is_answered(send: Send, body: str | None) -> None:
    assert set(send(body)) == {"reply"}


def test_nothing_that_was_written_is_markup_in_an_answer(library: Build, send: Send) -> None:
    handed = send(issue(library, ANSWERS, practices="@everyone ![x](//y), <img src=x>", space="@all"))
    assert "@all" not in handed["reply"]
    handed = send(issue(library, ANSWERS, practices="@everyone ![x](//y)\n<img src=x>"))
    said = [line for line in handed["reply"].splitlines() if "@" in line or "<" in line]
    assert said
    assert all(line.startswith("    ") for line in said)


# Proposing, with a repository of our own and a stand-in for `gh`.


GH: Final = """\
import json, os, pathlib, sys
log = pathlib.Path(os.environ["GH_LOG"])
texts = [pathlib.Path(a.split("=", 1)[1]).read_text() for a in sys.argv if a.startswith("--body-file=")]
with log.open("a") as file:
    file.write(json.dumps([sys.argv[1:], texts]) + "\\n")
if sys.argv[1:3] == ["pr", "create"]:
    print("https://example.org/pull/1")
if sys.argv[1:3] == ["pr", "list"]:
    print(os.environ.get("GH_THERE", ""))
"""


@pytest.fixture
def propose(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a way to run the script in a clone of a repository of our own."""
    bare, clone = tmp_path / "bare.git", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", str(bare))
    git(tmp_path, "clone", "--quiet", str(bare), str(clone))
    write_files(clone, {name: text for name, text in LIBRARY.items() if name != "spaces/vocabulary.yml"})
    git(clone, "add", "-A")
    git(clone, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "Begin")
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    gh = tmp_path / "bin" / "gh"
    write_files(tmp_path, {"bin/gh": f"#!{sys.executable}\n{GH}"})
    gh.chmod(0o755)

    def done(**values: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in values.items() if name in {"NUMBER", "GH_THERE"}}
        coded = {name: base64.b64encode(value.encode()).decode() for name, value in values.items()}
        env: dict[str, str] = environment()
        env |= {**coded, "NUMBER": "7", **plain, "BASE": "main", "GH_LOG": str(tmp_path / "log")}
        env["PATH"] = f"{gh.parent}{os.pathsep}{env['PATH']}"
        command = [sys.executable, str(ROOT / "scripts" / "propose")]
        return subprocess.run(command, cwd=clone, env=env, check=False, capture_output=True, encoding="utf-8")

    return done


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8")  # noqa: S607 - whichever git there is
    return done.stdout.strip()


def calls(tmp_path: Path) -> list[tuple[list[str], list[str]]]:
    return [tuple(json.loads(line)) for line in (tmp_path / "log").read_text().splitlines()]


Propose = Callable[..., subprocess.CompletedProcess[str]]
HANDED: Final = {
    "NOTE_PATH": f"spaces/{PATH}",
    "NOTE": "---\ntitle: x\n---\n\n$(touch pwned)\n",
    "TITLE": 'Harvest: $(touch pwned) `touch pwned`\n"; --flag',
    "PULL": "From #7.",
    "THANKS": "Proposed here: {address}.",
    "REPLY": "What the check says",
}


@pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux, and the stand-in needs it")
def test_a_note_is_pushed_to_a_branch_of_its_own_and_the_issue_answered(
    propose: Propose, tmp_path: Path
) -> None:
    done = propose(**HANDED)
    assert done.returncode == 0, done.stderr
    bare = tmp_path / "bare.git"
    assert git(bare, "diff", "--name-only", "main", "harvest-from-issue-7") == f"spaces/{PATH}"
    assert git(bare, "show", f"harvest-from-issue-7:spaces/{PATH}") == HANDED["NOTE"].strip()
    assert not list(tmp_path.rglob("pwned"))
    said = calls(tmp_path)
    assert [call[:2] for call, _ in said] == [
        ["auth", "setup-git"],
        ["pr", "list"],
        ["pr", "create"],
        ["issue", "comment"],
    ]
    assert '--title=Harvest: $(touch pwned) `touch pwned` "; --flag' in said[2][0]
    assert said[3][1] == ["Proposed here: https://example.org/pull/1.\n\nWhat the check says"]


@pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux, and the stand-in needs it")
def test_an_edited_issue_changes_the_pull_request_there_is(propose: Propose, tmp_path: Path) -> None:
    assert propose(**HANDED, GH_THERE="https://example.org/pull/1").returncode == 0
    assert [call[:2] for call, _ in calls(tmp_path)][2] == ["pr", "edit"]


@pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux, and the stand-in needs it")
def test_where_there_is_no_note_only_the_answer_is_given(propose: Propose, tmp_path: Path) -> None:
    assert propose(REPLY="Nothing was proposed.").returncode == 0
    assert calls(tmp_path)[0][1] == ["Nothing was proposed."]
    assert len(calls(tmp_path)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"NOTE_PATH": "scripts/build"},
        {"NOTE_PATH": ".github/workflows/check.yml"},
        {"NOTE_PATH": "spaces/../scripts/harvests/2021.md"},
        {"NOTE_PATH": "spaces/riverside/harvests/2021-04-14-x.md\nscripts/build"},
        {"NOTE_PATH": "spaces/riverside/space.md"},
        {"NOTE_PATH": "spaces/riverside/harvests/2021-04-14-first-circle.md"},
        {"NOTE_PATH": "spaces/valley/harvests/2021-04-14-x.md"},
        {"NUMBER": "7; touch pwned"},
        {"NUMBER": "--help"},
        {"NUMBER": ""},
    ],
)
def test_what_is_not_a_new_note_of_a_known_space_is_never_written(
    propose: Propose, tmp_path: Path, changed: dict[str, str]
) -> None:
    before = tree(tmp_path / "clone" / "spaces")
    done = propose(**{**HANDED, **changed})
    assert done.returncode == 1
    assert tree(tmp_path / "clone" / "spaces") == before
    assert not (tmp_path / "log").exists()
