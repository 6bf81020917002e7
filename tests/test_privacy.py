"""Personal details are found once in what stays as it was, and anew in what does not."""

from __future__ import annotations

from practice_library.model import Practice, changed
from practice_library.privacy import KnownDetails, personal_details


def _practice(name: str, body: str) -> Practice:
    return Practice(
        id=name,
        path=f"spaces/practices/{name}.md",
        title="A round",
        space="",
        summary="All speak.",
        body=body,
    )


def test_known_details_are_what_looking_again_would_find() -> None:
    known = KnownDetails()
    telling, silent = _practice("a", "Ask ana@example.org."), _practice("b", "Ask her.")

    assert known.of([telling, silent]) == {telling.path: personal_details(telling)}
    assert personal_details(telling)
    assert known.of([_practice("a", "Ask ana@example.org."), silent]) == {
        telling.path: personal_details(telling)
    }
    assert known.of([changed(telling, body="Ask her."), changed(silent, body="Call 902-555-0199.")]) == {
        silent.path: personal_details(changed(silent, body="Call 902-555-0199."))
    }
    assert known.of([silent]) == {}
