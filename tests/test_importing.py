"""`practice-library import`: documents of ten shapes and more become notes, without losing a word or guessing consent."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given, settings as hypothesis_settings, strategies as st
from PIL import Image
from tests.manuscripts import W, mail, paragraph, part, photograph, picture, run, table, word
from tests.sites import tree, write_files, write_project
from tests.small_library import LIBRARY

from practice_library import pandoc
from practice_library.build import Build, build
from practice_library.catalogue import catalogue_of
from practice_library.cli import main
from practice_library.importing import Importer, Wanted
from practice_library.mail import paragraphs_of
from practice_library.manuscripts import decoded, plain_markdown, words_of
from practice_library.options import Settings, read_settings
from practice_library.pandoc import PandocError
from practice_library.word import MAX_TEXT, word_manuscripts

HEADINGS: Final = word(
    paragraph("Evening at the hall", style="Title"),
    paragraph("We met on April 14, 2021, and began with a check-in round."),
    paragraph("Participants: 11"),
    paragraph("What, specifically, do you understand now that you did not before?", style="Heading1"),
    paragraph("Silence is an answer."),
    paragraph("It was warm enough."),
    paragraph("What connections or relationships are new", style="Heading1"),
    paragraph("The baker knows the teacher."),
    paragraph("Next steps", style="Heading1"),
    paragraph("Call the council <soon> & bring [[cake]]."),
)
FRENCH: Final = word(
    paragraph("Soirée à la salle", style="Heading1"),
    paragraph("Le 14 avril 2021, nous étions douze."),
    paragraph("Ce que nous avons appris", bold=True),
    paragraph("Le silence est une réponse : il faut l’attendre."),
    paragraph("Suite", bold=True),
    paragraph("Rappeler la ville."),
)
TABLE: Final = word(
    paragraph("Evening of 2021-04-14"),
    table(
        [
            [paragraph("Who"), paragraph("What")],
            [paragraph("A baker") + paragraph("and a teacher"), paragraph("Talking piece")],
            [
                table([[paragraph("Inner one"), paragraph("inner two")]]) + paragraph(),
                paragraph("End | pipe"),
            ],
        ]
    ),
)
MARGINS: Final = word(
    paragraph("Evening of 2021-04-14"),
    paragraph("Main words.", inside='<w:r><w:footnoteReference w:id="2"/></w:r>'),
    paragraph("Last words.", inside='<w:r><w:commentReference w:id="0"/></w:r>'),
    parts={
        "word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{paragraph("A footnote says more.")}</w:footnote>'),
        "word/comments.xml": part("comments", f'<w:comment w:id="0" w:author="R">{paragraph("Did they agree to this?")}</w:comment>'),
        "word/header1.xml": part("hdr", paragraph("Confidential draft")),
        "word/footer1.xml": part("ftr", paragraph("Page of the River Centre")),
    },
)  # fmt: skip
CHANGES: Final = word(
    paragraph("Evening of 2021-04-14"),
    paragraph(
        "Kept. ",
        inside=f'<w:ins w:id="1" w:author="R" w:date="2021-04-15T00:00:00Z">{run("Put in. ")}</w:ins>'
        '<w:del w:id="2" w:author="R" w:date="2021-04-15T00:00:00Z"><w:r><w:delText>Taken out.</w:delText></w:r></w:del>',
    ),
    paragraph(inside='<w:hyperlink w:anchor="x">' + run("A link.") + "</w:hyperlink>"),
    paragraph("A bro", inside=run("ken", bold=True) + run(" word")),
)
PHOTOGRAPH: Final = word(
    paragraph("Evening of 2021-04-14"),
    picture(words="A circle of chairs"),
    paragraph("After the picture."),
    parts={"word/media/image1.jpeg": photograph()},
)
CONSENT: Final = word(
    paragraph("Evening of 2021-04-14"),
    paragraph("Consent", style="Heading1"),
    paragraph("consent: {level: public, given: 2021-04-20, by: group}"),
    paragraph("Everybody said yes, you may publish this."),
    paragraph("---"),
    paragraph("level: public"),
)
NUMBERED: Final = word(
    paragraph("Evening of 2021-04-14"),
    paragraph("1. Insights gained:"),
    paragraph("• We wait.  • We listen."),
    paragraph("Insights: and one more."),
)
PLAIN_MAIL: Final = mail(
    "Hello,\n\nwe met on 14 April 2021 in the hall.\n\nInsights\nWe learned to wait.\n\n> Quoted before\n\nRobin\n",
    subject="Fwd: Evening at the hall",
)
HTML_MAIL: Final = mail(
    html="<html><head><title>x</title><style>p {color: red}</style></head><body><h2>Insights</h2><p>We learned <b>to wait</b>.</p>"
    '<table><tr><td><p>One</p><p>two</p></td><td rowspan="2">three</td></tr></table><img src="https://tracker.example/p.gif" alt="Pixel words">'
    '<iframe src="file:///etc/passwd"></iframe><script>bad()</script><p>Bye &amp; thanks</p></body></html>',
    subject="Evening of 14 April 2021",
)
CARRIER: Final = mail(
    "See the notes.\n",
    attached={"notes.docx": HEADINGS, "photo.jpg": photograph(), "budget.xlsx": b"PK", "../../evil.txt": b"On 2021-05-01 we met."},
)  # fmt: skip
DOCUMENTS: Final[dict[str, bytes]] = {
    "headings.docx": HEADINGS,
    "french.docx": FRENCH,
    "table.docx": TABLE,
    "margins.docx": MARGINS,
    "changes.docx": CHANGES,
    "photograph.docx": PHOTOGRAPH,
    "consent.docx": CONSENT,
    "numbered.docx": NUMBERED,
    "plain.eml": PLAIN_MAIL,
    "page.eml": HTML_MAIL,
    "carrier.eml": CARRIER,
    "2021-04-14-old.txt": "An été in the hall\n\nWhat did we learn?\n\nWe # waited * long_ly.\n".encode(
        "cp1252"
    ),
    "wide.txt": "Evening of 2021-04-14\n\nWe waited.\n".encode("utf-16"),
    "head.md": b"---\ntitle: From elsewhere\ndate: 2021-04-14\nconsent: {level: public, given: 2021-04-20}\ntags: [x]\n---\n\n## Insights\n\nWait.\n",
}
"""Ten Word files and e-mails of different shapes, and other kinds beside them."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the small library, and stand in its folder."""
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    return write_project(root, {**LIBRARY}, options={"source": "private"})


Imported = tuple[int, str, dict[str, str]]
Bring = Callable[..., Imported]


@pytest.fixture
def bring(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bring:
    """Give a way to import a file: how it ended, what was said, and the notes that came of it."""

    def imported(name: str, data: bytes, *flags: str) -> Imported:
        (tmp_path / name).write_bytes(data)
        before = tree(project / "spaces")
        capsys.readouterr()
        code = main(["import", str(tmp_path / name), "--space", "hill", *flags])
        after = tree(project / "spaces")
        assert {path: after[path] for path in before} == before, "something was written over"
        fresh = {path.rpartition("/")[2]: after[path] for path in after.keys() - before.keys()}
        notes = {path: data.decode() for path, data in sorted(fresh.items()) if path.endswith(".md")}
        return code, capsys.readouterr().out, notes

    return imported


def head_of(note: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(note.split("---\n")[1])
    return found


def source_words(name: str) -> set[str]:
    """Give every word of a source, found in another way than by the importer."""
    data = DOCUMENTS[name]
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = " ".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))
        texts = re.sub(r"</w:p>", "<w:t> </w:t>", xml)
        return set(words_of("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", texts)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))  # fmt: skip
    if name == "page.eml":
        return set(words_of("Insights We learned to wait One two three Pixel words Bye & thanks"))
    if name == "plain.eml":
        text = "Hello we met on 14 April 2021 in the hall Insights We learned to wait Quoted before Robin"
        return set(words_of(f"Fwd: Evening at the hall {text} Robin Example robin@example.org Library"))
    if name == "carrier.eml":
        return {*words_of("See the notes. On 2021-05-01 we met. budget xlsx"), *source_words("headings.docx")}
    return set(words_of(decoded(data)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_word_of_a_source_is_in_its_note_or_in_the_report(name: str, bring: Bring) -> None:
    code, said, notes = bring(name, DOCUMENTS[name])
    assert code == 0, said
    there = set(words_of(said)) | {word for note in notes.values() for word in words_of(note)}
    assert source_words(name) - there == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_note_gets_consent_whatever_its_source_says(name: str, bring: Bring) -> None:
    _, said, notes = bring(name, DOCUMENTS[name])
    assert notes
    for note in notes.values():
        assert "consent" not in head_of(note)
        assert "given: YYYY-MM-DD" in note
    assert said.count("Missing: consent.") == len(notes)
    assert main(["check", "--strict"]) == 0


def test_a_note_whose_source_spoke_of_consent_is_held_all_the_same(
    project: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, notes = bring("consent.docx", CONSENT)
    capsys.readouterr()
    assert main(["check", *(str(project / "spaces/hill/harvests" / name) for name in notes)]) == 0
    assert capsys.readouterr().out.count("[held-without-consent]") == len(notes) == 1


def test_headings_are_matched_to_the_reflection_questions(bring: Bring) -> None:
    _, said, notes = bring("headings.docx", HEADINGS)
    ((name, note),) = notes.items()
    assert name == "2021-04-14-evening-at-the-hall.md"
    assert head_of(note) == {
        "title": "Evening at the hall",
        "date": date(2021, 4, 14),
        "participants": 11,
        "practices": ["check-in-round"],
        "reflections": {
            "insights-gained": "Silence is an answer.\n\nIt was warm enough.",
            "connections-built": "The baker knows the teacher.",
        },
    }
    assert "# Next steps\n\nCall the council" in note
    assert "Left in the text, with what stands below: Next steps" in said
    assert "'What connections or relationships are new' answers connections-built" in said


def test_french_headings_are_matched_too(bring: Bring) -> None:
    _, _, notes = bring("french.docx", FRENCH)
    (note,) = notes.values()
    assert head_of(note)["reflections"] == {
        "insights-gained": "Le silence est une réponse : il faut l’attendre."
    }
    assert head_of(note)["title"] == "Soirée à la salle"
    assert "**Suite**\n\nRappeler la ville." in note


def test_answers_to_one_question_come_together_as_plain_words(bring: Bring) -> None:
    text = b"# Evening of 2021-04-14\n\n## Insights\n\n- We *wait*.\n- See [this](https://example.org/a).\n\n## Insights gained\n\nMore.\n"
    _, _, notes = bring("a.md", text)
    (note,) = notes.values()
    answer = "We wait.\n\nSee this (https://example.org/a).\n\nMore."
    assert head_of(note)["reflections"] == {"insights-gained": answer}


@pytest.mark.parametrize("inside", ["| a | b |\n|--|--|\n| 1 | 2 |", "### Deeper\n\nWords.", "```\ncode\n```", "x[^1]\n\n[^1]: y", "word " * 1000])  # fmt: skip
def test_what_no_answer_can_hold_stays_in_the_body(inside: str, bring: Bring) -> None:
    _, said, notes = bring("a.md", f"Evening of 2021-04-14\n\n## Insights\n\n{inside}\n".encode())
    (note,) = notes.values()
    assert "reflections" not in head_of(note)
    assert inside.strip() in note
    assert "Left in the text, with what stands below: Insights" in said


@pytest.mark.parametrize(
    ("written", "practices"),
    [
        ("We tried a *talking piece* first, then a check-in round.", ["talking-piece", "check-in-round"]),
        ("An opening round began it.", ["check-in-round"]),
        ("TALKING-PIECE", ["talking-piece"]),
        ("A talking walk, and a piece of cake.", None),
    ],
)
def test_practices_are_known_by_title_and_by_old_name(
    written: str, practices: list[str] | None, bring: Bring
) -> None:
    _, _, notes = bring("a.txt", f"Evening\n\n2021-04-14\n\n{written}\n".encode())
    (note,) = notes.values()
    assert head_of(note).get("practices") == practices


@pytest.mark.parametrize(
    ("name", "text", "day", "said"),
    [
        (
            "2021-04-14-evening.txt",
            "Later, on 2022-01-01, we said more.",
            "2021-04-14",
            "from the file's name",
        ),
        ("evening.txt", "We met on the 14th of April, 2021.", "2021-04-14", "the first in the text"),
        ("evening 14.04.2021.txt", "Nothing.", "2021-04-14", "from the file's name"),
        (
            "evening.txt",
            "On 04/05/2021 we planned, on 6 May 2021 we met.",
            "2021-05-06",
            "the first in the text",
        ),
        ("evening.txt", "It was in May 2021.", "2021-05", "the first in the text"),
    ],
)
def test_the_date_is_found_and_the_report_says_where(
    name: str, text: str, day: str, said: str, bring: Bring
) -> None:
    _, told, notes = bring(name, f"An evening\n\n{text}\n".encode())
    assert list(notes) == [f"{day}-an-evening.md"]
    assert said in told


def test_a_mail_s_own_day_stands_in_where_the_text_has_none(bring: Bring) -> None:
    _, said, notes = bring("a.eml", mail("We met.\n"))
    assert list(notes) == ["2021-04-15-evening-at-the-hall.md"]
    assert "the day the document gives for itself" in said


def test_without_a_date_nothing_is_written(bring: Bring) -> None:
    code, said, notes = bring("a.txt", b"An evening\n\nWe met.\n")
    assert (code, notes) == (1, {})
    assert "no date was found" in said
    code, _, notes = bring("a.txt", b"An evening\n\nWe met.\n", "--date", "2021-04-14", "--title", "Other")
    assert (code, list(notes)) == (0, ["2021-04-14-other.md"])


def test_nothing_is_ever_written_over(bring: Bring) -> None:
    assert bring("headings.docx", HEADINGS)[0] == 0
    code, said, notes = bring("headings.docx", HEADINGS)
    assert (code, notes) == (1, {})
    assert "nothing is ever written over" in said


# Pictures.


@pytest.mark.parametrize("name", ["photograph.docx", "carrier.eml"])
def test_pictures_lie_beside_the_note_without_their_place(name: str, project: Path, bring: Bring) -> None:
    _, said, notes = bring(name, DOCUMENTS[name])
    ((path, data),) = [
        (path, data) for path, data in tree(project / "spaces").items() if path.endswith(".jpg")
    ]
    assert b"kitchen" not in data
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
    shown = path.rpartition("/")[2]
    assert any(f"]({shown})" in note for note in notes.values())
    assert shown in said
    consented = {n: t.replace("---\n", "---\nconsent: {level: public, given: 2021-05-01}\n", 1) for n, t in notes.items()}  # fmt: skip
    write_files(project / "spaces/hill/harvests", consented)
    assert main(["check"]) == 0


def test_a_picture_beside_a_text_comes_along_and_one_from_elsewhere_does_not(
    project: Path, tmp_path: Path, bring: Bring
) -> None:
    (tmp_path / "chairs.jpg").write_bytes(photograph())
    (project / "secret.jpg").write_bytes(photograph())
    text = b"Evening of 2021-04-14\n\n![Chairs](chairs.jpg) ![Out](../secret.jpg) ![Away](https://example.org/a.png) ![None](none.png)\n"
    _, said, notes = bring("a.md", text)
    (note,) = notes.values()
    shown = "2021-04-14-evening-of-2021-04-14-1.jpg"
    assert re.findall(r"!\[.*?\]\(.*?\)", note) == [f"![Chairs]({shown})"]
    assert all(address in said for address in ("../secret.jpg", "https://example.org/a.png", "none.png"))


def test_what_is_no_picture_is_told(bring: Bring) -> None:
    data = word(paragraph("Evening of 2021-04-14"), picture(words="A drawing"), parts={"word/media/image1.emf": b"EMF"})  # fmt: skip
    _, said, notes = bring("a.docx", data)
    assert "a picture of a kind that cannot be shown: media/image1.emf" in said
    assert all("![" not in note for note in notes.values())
    assert all("A drawing" in note for note in notes.values())


# Folders.


def test_a_folder_is_imported_file_by_file_in_order(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    folder = tmp_path / "old notes"
    write_files(folder, {
        "b.txt": "Second\n\n2021-05-02\n", "a/deep.txt": "First\n\n2021-05-01\n", "c.pdf": "%PDF", "d.txt": "No day\n",
        ".hidden.txt": "2021-05-03\n", "~$lock.docx": "x", "broken.docx": "x",
    })  # fmt: skip
    (folder / "link.txt").symlink_to(project / "mkdocs.yml")
    assert main(["import", str(folder), "--space", "hill"]) == 1
    said = capsys.readouterr().out
    written = {path for path in tree(project / "spaces/hill/harvests") if "2021-05-0" in path}
    assert written == {"2021-05-01-first.md", "2021-05-02-second.md"}
    for words in ("c.pdf: passed over", "d.txt: not written", "broken.docx: this is not a whole document", "link.txt: cannot be opened", "2 notes written"):  # fmt: skip
        assert words in said
    assert "hidden" not in said


def test_an_unknown_space_stops_before_anything_is_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Evening\n\n2021-04-14\n")
    before = tree(project)
    for space in ("valley", "../..", "", "Hill"):
        assert main(["import", str(tmp_path / "a.txt"), "--space", space]) == 1
    assert tree(project) == before


@pytest.mark.usefixtures("project")
def test_where_several_spaces_could_be_meant_it_is_asked_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("An evening, 2021-04-14", encoding="utf-8")
    capsys.readouterr()
    assert main(["import", str(tmp_path / "a.txt")]) == 1
    assert (
        "which space do they tell of? choose it with --space from: harbour, hill, riverside"
        in capsys.readouterr().out
    )


def test_a_title_for_several_files_means_nothing(project: Path) -> None:
    assert main(["import", "a.txt", "b.txt", "--space", "hill", "--title", "Both"]) == 2
    assert main(["import", str(project), "--space", "hill", "--date", "2021-01-01"]) == 2


# Bounds.


def bomb() -> bytes:
    """Give a Word file of a few kilobytes that unfolds to more than is read."""
    inside = run("a" * 1000) * 60_000
    return word(main=f"<w:document {W}><w:body><w:p>{inside}</w:p></w:body></w:document>")


def lying(data: bytes) -> bytes:
    """Let the central directory of an archive say that its parts unfold to nothing."""
    return re.sub(rb"(PK\x01\x02.{20})(.{4})", lambda m: m[1] + struct.pack("<I", 10), data, flags=re.DOTALL)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bomb(), id="a-bomb"),
        pytest.param(lying(bomb()), id="a-bomb-that-lies"),
        pytest.param(word(*[paragraph("x")], parts={f"word/media/i{n}.png": b"" for n in range(2500)}), id="many-parts"),
        pytest.param(b"PK\x03\x04" + b"\0" * 100, id="no-archive"),
        pytest.param(b"%PDF-1.7", id="a-pdf"),
        pytest.param(word(main="<w:document>"), id="broken-xml"),
        pytest.param(word(main=f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {W}><w:body/></w:document>'), id="entities"),
        pytest.param(word(paragraph("x"))[:-40], id="cut-off"),
    ],
)  # fmt: skip
def test_a_word_file_that_is_not_what_it_seems_is_told_and_left(data: bytes, bring: Bring) -> None:
    assert len(data) < MAX_TEXT
    code, said, notes = bring("a.docx", data)
    assert (code, notes) == (1, {})
    assert "a.docx: " in said
    assert "Traceback" not in said


def test_an_e_mail_within_an_e_mail_within_an_e_mail_is_not_followed_for_ever(bring: Bring) -> None:
    data = mail("Innermost of 2021-04-14.\n")
    for _ in range(8):
        data = b"Subject: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + data
    code, said, notes = bring("a.eml", data)
    assert (code, notes) == (1, {})
    assert "within one another" in said


def test_a_note_that_would_be_too_large_is_not_written(bring: Bring) -> None:
    code, said, notes = bring("a.txt", b"Evening of 2021-04-14\n\n" + b"word " * 70_000)
    assert (code, notes) == (1, {})
    assert "at most 256 kB" in said


def test_pandoc_is_asked_in_its_sandbox_with_little_time_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    class Done:
        returncode = 1
        stdout = b""

    def called(command: list[str], **options: object) -> Done:
        calls.append(command)
        assert options["timeout"] == pandoc.TIME_LIMIT
        assert options["env"] == {"LC_ALL": "C.UTF-8"}
        assert not options.get("shell")
        return Done()

    monkeypatch.setattr(subprocess, "run", called)
    with pytest.raises(PandocError, match="not-understood"):
        pandoc.converted(b"", "docx")
    assert {"--sandbox", f"-M{pandoc.MEMORY}"} <= set(calls[0])


def test_a_page_in_an_e_mail_reaches_for_nothing_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("<p>Secret words</p>", encoding="utf-8")
    html = (
        f'<p>Open words</p><iframe src="file://{secret}"></iframe><embed src="{secret}"><img src="{secret}">'
    )
    found = pandoc.converted(html.encode(), "html")
    assert "Open words" in found.markdown
    assert "Secret" not in found.markdown


def test_without_pandoc_word_files_are_told_how_and_texts_go_on(
    monkeypatch: pytest.MonkeyPatch, bring: Bring
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    code, said, _ = bring("a.docx", HEADINGS)
    assert code == 1
    assert "pip install practice-library[import]" in said
    assert bring("a.txt", b"Evening of 2021-04-14\n")[0] == 0


# Small parts.


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("one\ntwo", "one  \ntwo\n"),
        ("• one\n• two", "- one\n- two\n"),
        ("# no heading", "\\# no heading\n"),
        ("a <b>", "a &lt;b>\n"),
        ("see [[x]] ![y](z)", "see \\[\\[x]] \\![y](z)\n"),
        ("      far in", "far in\n"),
        ("x" * 70 + "\nnext", "x" * 70 + "\nnext\n"),
    ],
)
def test_plain_text_stays_what_it_was(text: str, markdown: str) -> None:
    assert plain_markdown(text) == markdown


def test_html_is_read_paragraph_by_paragraph() -> None:
    html = "<style>x</style><p>One <b>t</b>wo</p>three<br>four<script>bad</script><ul><li>five &amp; six</li></ul>"
    assert paragraphs_of(html) == ["One two", "three", "four", "five & six"]


def test_a_word_file_is_read_twice_and_both_agree() -> None:
    (document,) = word_manuscripts("x.docx", TABLE)
    assert set(words_of(" ".join(document.paragraphs))) <= set(words_of(document.markdown))


# Any text.


PIECES: Final = [
    "# ", "## Insights\n", "**Insights**\n", "Insights: we wait\n", "What did we learn?\n", "- item one\n", "1. Insights\n",
    "> quoted\n", "| a | b |\n|--|--|\n", "```\n", "x[^1]\n", "[^1]: foot\n", "*em* _em_ `code` \\* \\_\n",
    "[text](http://x.org/a_b)\n", "![alt words](pic.png)\n", "![](http://x.org/y.png)\n", "<b>bold</b>\n",
    "a_b_c __x__ **y**z\n", "\n", "\n\n", "Next steps\n", "---\n", "===\n", "Été œuvre H₂O ", "talking piece ",
    "[[check-in-round|a check-in]]\n", "    code\n", "\t tabbed\n", "&amp; < > ", "Participants: 12\n", "[a [b] c](d e)\n",
    "\\# esc\n", "~~~\n", "one.two,three;four\n", "Stories\n", "Connections: a: b\n", "consent: {level: public}\n",
]  # fmt: skip
"""Pieces of texts in which something could get lost between understanding and writing."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = write_project(tmp_path_factory.mktemp("any"), {**LIBRARY}, options={"source": "private"})
    return read_settings(root / "mkdocs.yml")


@pytest.fixture(scope="module")
def library(settings: Settings) -> Build:
    return build(settings.root, settings.spaces, settings.options)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from([".md", ".txt"]))
@hypothesis_settings(max_examples=150, deadline=None)
def test_nothing_of_any_text_gets_lost(
    settings: Settings, library: Build, pieces: list[str], ending: str
) -> None:
    text = "Evening of 2021-04-14\n\n" + "".join(pieces)
    said: list[str] = []
    wanted = Wanted(paths=(), space="hill")
    importer = Importer(settings, catalogue_of("en"), wanted, library, said.append)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"any{ending}")
        path.write_text(text, encoding="utf-8")
        assert importer.take(path, path)
    (written,) = (settings.spaces / "hill/harvests").glob("2021-04-14-*.md")
    note = written.read_text(encoding="utf-8")
    written.unlink()
    head = head_of(note)
    assert "consent" not in head
    answers = head.get("reflections") or {}
    assert isinstance(answers, dict)
    there = words_of(" ".join([*said, *answers.values(), note.replace("\\n", " ")]))
    assert set(words_of(text)) - set(there) == set()
