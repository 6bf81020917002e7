"""What the workflows promise: nobody's proposal gets a secret, a token that writes, or a command run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from practice_library.receiving import LABEL

FOLDER: Final = Path(__file__).parents[1] / ".github" / "workflows"
FILES: Final = sorted(FOLDER.iterdir())
TEXTS: Final = {path.name: path.read_text(encoding="utf-8") for path in FILES}
Parsed = dict[str, Any]


def parsed(name: str) -> Parsed:
    """Give a workflow with every scalar as text, so that `on` stays a word."""
    found: Parsed = yaml.load(TEXTS[name], Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but texts
    return found


def jobs(name: str) -> dict[str, Parsed]:
    found: dict[str, Parsed] = parsed(name)["jobs"]
    return found


def steps(name: str) -> Iterator[Parsed]:
    for job in jobs(name).values():
        yield from job["steps"]


def uses(name: str, action: str) -> Iterator[Parsed]:
    """Go through the steps that use an action."""
    return (step for step in steps(name) if step.get("uses", "").startswith(f"actions/{action}@"))


def test_there_are_three_workflows_and_these_tests_know_them_all() -> None:
    assert sorted(TEXTS) == ["check.yml", "publish.yml", "receive.yml"]


# Every workflow.


@pytest.mark.parametrize("name", TEXTS)
def test_every_action_is_pinned_by_digest_and_says_its_version(name: str) -> None:
    lines = [line.strip() for line in TEXTS[name].splitlines() if re.search(r"\buses:", line)]
    pinned = re.compile(r"(- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert lines
    assert [line for line in lines if not pinned.fullmatch(line)] == []


def test_an_action_is_the_same_wherever_it_is_used() -> None:
    pins = {tuple(found) for text in TEXTS.values() for found in re.findall(r"uses: (\S+)@(\S+ # \S+)", text)}
    assert len(pins) == len({action for action, _ in pins})


@pytest.mark.parametrize("name", TEXTS)
def test_no_workflow_asks_for_a_secret_or_hands_its_token_on(name: str) -> None:
    found = re.findall(r"\bsecrets\b(?!\.$)|github\.token|GITHUB_TOKEN", code_of(name))
    assert found == (["github.token"] if name == "receive.yml" else [])


def code_of(name: str) -> str:
    """Give a workflow without its comments."""
    return "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in TEXTS[name].splitlines())


@pytest.mark.parametrize("name", TEXTS)
def test_no_script_has_an_expression_put_into_it(name: str) -> None:
    scripts = [step["run"] for step in steps(name) if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_checkout_leaves_its_token_behind(name: str) -> None:
    checkouts = list(uses(name, "checkout"))
    assert checkouts
    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}


@pytest.mark.parametrize("name", TEXTS)
def test_no_job_runs_without_end_or_keeps_a_cache_for_others(name: str) -> None:
    assert all(0 < int(job["timeout-minutes"]) <= 60 for job in jobs(name).values())
    assert "cache:" not in code_of(name)
    assert "actions/cache" not in code_of(name)


@pytest.mark.parametrize("name", TEXTS)
def test_runs_of_one_thing_do_not_overlap(name: str) -> None:
    assert parsed(name)["concurrency"]["group"]


# Pull requests.


def test_a_check_is_started_by_a_pull_request_and_nothing_else() -> None:
    assert parsed("check.yml")["on"] == "pull_request"


def test_a_check_can_only_read() -> None:
    assert parsed("check.yml")["permissions"] == {"contents": "read"}
    assert [name for name, job in jobs("check.yml").items() if "permissions" in job] == []


def test_notes_are_read_by_the_code_of_the_branch_that_they_are_for() -> None:
    notes = jobs("check.yml")["notes"]
    base, head = (step["with"] for step in notes["steps"] if "checkout" in step.get("uses", ""))
    assert (base["path"], base["ref"]) == ("base", "refs/heads/${{ github.base_ref }}")
    assert head["path"] == "head"
    assert notes["defaults"]["run"]["working-directory"] == "base"
    assert not any("working-directory" in step or "shell" in step for step in notes["steps"])


def test_nothing_of_a_proposal_is_run_and_only_its_content_taken_over() -> None:
    scripts = [step["run"] for step in jobs("check.yml")["notes"]["steps"] if "run" in step]
    assert [script for script in scripts if "head" in script] == [
        "python3 scripts/adopt ../head .cache/changed"
    ]


def test_a_notes_log_takes_no_command_while_the_site_is_built() -> None:
    (script,) = [step["run"] for step in steps("check.yml") if step.get("name") == "Build"]
    stop, build = script.splitlines()
    assert stop.startswith('echo "::stop-commands::$(')
    assert build == "python3 scripts/build"


def test_a_preview_is_kept_a_week_and_only_where_the_branch_s_own_code_allows_it() -> None:
    (preview,) = uses("check.yml", "upload-artifact")
    (decision,) = [step for step in steps("check.yml") if step.get("id") == "content"]
    assert preview["if"] == "steps.content.outputs.preview == 'true'"
    assert preview["with"]["retention-days"] == "7"
    assert preview["with"]["path"] == "base/site"
    assert decision["run"].startswith("python3 scripts/adopt ")


def test_code_of_a_proposal_is_run_only_for_people_who_can_write_here() -> None:
    others = {name: job for name, job in jobs("check.yml").items() if name != "notes"}
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    assert others
    assert {job["if"] for job in others.values()} == {own}


def test_a_preview_is_never_of_the_members_edition() -> None:
    said = (str(step.get("run") or step["uses"]) for step in jobs("check.yml")["notes"]["steps"])
    order = [words.partition("@")[0] for words in said]
    guard = order.index('grep -m 1 -x "edition: public" site/.practice-library')
    assert order.index("actions/upload-artifact") == guard + 1


# Harvests sent as issues.


def test_only_the_form_for_a_harvest_is_received() -> None:
    found = parsed("receive.yml")
    assert found["on"] == {"issues": {"types": ["opened", "edited"]}}
    assert found["permissions"] == {}
    read, propose = jobs("receive.yml").values()
    assert read["if"] == f"contains(github.event.issue.labels.*.name, '{LABEL}')"
    assert propose["needs"] == "read"


def test_what_reads_an_issue_can_change_nothing_and_what_changes_things_reads_no_issue() -> None:
    read, propose = jobs("receive.yml").values()
    assert read["permissions"] == {"contents": "read"}
    assert not any("env" in step for step in read["steps"])
    assert propose["permissions"] == {"contents": "write", "issues": "write", "pull-requests": "write"}
    assert [step["run"] for step in propose["steps"] if "run" in step] == ["python3 scripts/propose"]
    (step,) = [step for step in propose["steps"] if "env" in step]
    taken = {re.sub(r"\.outputs\.\w+", "", value) for value in step["env"].values()}
    assert taken == {"${{ github.token }}", "main", "${{ github.event.issue.number }}", "${{ needs.read }}"}


def test_nothing_that_a_person_wrote_is_named_in_the_workflow() -> None:
    named = set(re.findall(r"github\.event\.[\w.*]+", code_of("receive.yml")))
    assert named == {"github.event.issue.number", "github.event.issue.labels.*.name"}


def test_issues_are_read_and_proposed_by_the_code_of_main() -> None:
    assert {step["with"]["ref"] for step in uses("receive.yml", "checkout")} == {"main"}


# Publishing.


def test_the_site_is_published_from_main_and_each_night() -> None:
    triggers = parsed("publish.yml")["on"]
    assert set(triggers) == {"push", "schedule", "workflow_dispatch"}
    assert triggers["push"] == {"branches": ["main"]}
    (night,) = triggers["schedule"]
    assert re.fullmatch(r"\d{1,2} \d{1,2} \* \* \*", night["cron"])


def test_whoever_starts_it_by_hand_publishes_main_too() -> None:
    found = jobs("publish.yml")
    assert found["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert found["deploy"]["needs"] == "build"


def test_what_builds_cannot_publish_and_what_publishes_runs_no_code_of_ours() -> None:
    found = jobs("publish.yml")
    assert parsed("publish.yml")["permissions"] == {}
    assert set(found["build"]["permissions"].values()) == {"read"}
    assert found["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].partition("@")[0] for step in found["deploy"]["steps"]] == ["actions/deploy-pages"]


def test_nothing_but_the_public_edition_is_handed_on_to_be_published() -> None:
    order = [str(step.get("run") or step["uses"]).partition("@")[0] for step in steps("publish.yml")]
    guard = order.index('head -n 1 site/.practice-library | grep -x "edition: public"')
    assert order.index("python3 scripts/build") < guard < order.index("actions/upload-pages-artifact")


def test_the_compressed_site_is_handed_out_for_a_day_and_can_hinder_no_publication() -> None:
    (step,) = uses("publish.yml", "upload-artifact")
    assert step["with"]["retention-days"] == "1"
    assert step["with"]["include-hidden-files"] == "false"
    (made,) = [other for other in steps("publish.yml") if "compress" in other.get("run", "")]
    assert made["run"] == f"python3 scripts/compress {step['with']['path']}"
    assert {step["continue-on-error"], made["continue-on-error"]} == {"true"}
    order = [str(other.get("run") or other["uses"]).partition("@")[0] for other in steps("publish.yml")]
    guard = order.index('head -n 1 site/.practice-library | grep -x "edition: public"')
    assert guard < order.index(made["run"]) < order.index("actions/upload-artifact")


def test_a_warning_does_not_keep_a_withdrawal_from_being_published() -> None:
    assert not any("--strict" in step.get("run", "") for step in steps("publish.yml"))


def test_a_publication_is_never_broken_off() -> None:
    assert parsed("publish.yml")["concurrency"]["cancel-in-progress"] == "false"
