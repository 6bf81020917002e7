"""What `scripts/pictures` runs in `.venv`: fills in the form as somebody would, a picture of each step.

In: the site in both languages, built beside; a browser. Out: `docs/assets/guide/<language>-<step>.webp`,
one for each of `STEPS` and `LANGUAGES`, all of one width. What is typed is invented and the same each time.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw
from playwright.sync_api import FloatRect, Page, ViewportSize

from _environment import ROOT, tool
from _pages import opened, served

FOLDER: Final = ROOT / "docs" / "assets" / "guide"
STEPS: Final = ("gathering", "told", "practices", "quotes", "consent", "preview", "ways")
WINDOW: Final = ViewportSize(width=720, height=1000)
HIGHEST: Final = 640
"""Pixels of a step that a picture shows: its beginning says enough."""
MARGIN: Final = 16
UNKEPT: Final = "delete Navigator.prototype.serviceWorker"
"""Nothing is fetched for reading without a network: the browser is gone in a minute."""
QUALITY: Final = 80
EDGE: Final = "#cfc6b8"
"""A line around a picture: its ground is that of the page it stands on."""
REPOSITORY: Final = "https://github.com/example/practice-library"
"""Where the sources would be; with an address on GitHub the form offers to propose a note there."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody types into the form in one language."""

    config: str
    """The configuration of the site in this language."""
    space: str
    """The id of a space whose people speak it."""
    title: str
    role: str
    told: str
    practice: str
    note: str
    quote: str
    speaker: str


LANGUAGES: Final[Mapping[str, Typed]] = {
    "en": Typed(
        config="mkdocs.yml",
        space="north-shore-coaches",
        title="First circle",
        role="Job coach",
        told="Nine of us met in the library, after closing time. We began with a round. It was slow at "
        "first, and nobody hurried it.\n\nThen two employers told how they hire. The coaches only listened.",
        practice="round",
        note="We let people pass. Three did, and spoke later.",
        quote="I had never been asked before.",
        speaker="Participant",
    ),
    "fr": Typed(
        config="mkdocs.fr.yml",
        space="cercle-passerelle",
        title="Premier cercle",
        role="Conseillère en emploi",
        told="Nous étions neuf à la bibliothèque, après la fermeture. Nous avons commencé par un tour de "
        "parole. C’était lent au début, et personne n’a pressé les autres.\n\nPuis deux employeurs ont "
        "raconté comment ils embauchent. Les conseillères ont seulement écouté.",
        practice="tour de",
        note="On pouvait passer son tour. Trois l’ont fait, et ont parlé plus tard.",
        quote="On ne me l’avait jamais demandé.",
        speaker="Participante",
    ),
}


def main() -> int:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for language, typed in LANGUAGES.items():
            site = Path(folder) / language
            build(typed.config, site)
            with served(site) as home, opened(UNKEPT) as page:
                fill(page, home, typed, language)
    return 0


def build(config: str, site: Path) -> None:
    """Build the site in one language."""
    command = [tool("python"), "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir"]
    env = {**os.environ, "REPO_URL": REPOSITORY}
    subprocess.run([*command, str(site)], cwd=ROOT, env=env, check=True)


def fill(page: Page, home: str, typed: Typed, language: str) -> None:
    """Fill in the form from the first step to the last, with a picture of each."""
    page.set_viewport_size(WINDOW)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{home}contribute/harvest/")
    page.wait_for_selector("[data-ready]")
    for step in STEPS:
        show = "review" if step in {"preview", "ways"} else step
        page.locator(f".pl-progress a[href='#pl-step-{show}']").click()
        page.locator(f"#pl-step-{show}").wait_for(state="visible")
        if step in FILLING:
            FILLING[step](page, typed)
        take(page, {"ways": ".pl-ways"}.get(step, f"#pl-step-{show}"), FOLDER / f"{language}-{step}.webp")


def gathering(page: Page, typed: Typed) -> None:
    """Say which gathering it was."""
    page.select_option("#f-space", typed.space)
    page.fill("#f-title", typed.title)
    page.fill("#f-date", "2026-04-14")
    page.fill("#f-participants", "9")
    page.locator("[data-key=harvesters] [data-key=role] input").fill(typed.role)


def told(page: Page, typed: Typed) -> None:
    """Tell it."""
    page.fill("#f-body", typed.told)


def practices(page: Page, typed: Typed) -> None:
    """Choose a practice that the library knows."""
    page.fill("#f-practices-find", typed.practice)
    page.keyboard.press("Enter")
    page.locator("[data-key=relation] input[value=adapted]").check()
    page.locator("[data-key=note] textarea").fill(typed.note)


def quotes(page: Page, typed: Typed) -> None:
    """Add somebody's words, with their own consent."""
    page.click("[data-key=quotes] > .pl-add")
    row = page.locator("[data-key=quotes] .pl-row").first
    row.locator("[data-key=text] textarea").fill(typed.quote)
    row.locator("[data-key=role] input").fill(typed.speaker)
    row.locator("[data-key=level] input[value=public]").check()
    row.locator("[data-key=given] input").fill("2026-04-20")


def consent(page: Page, _: Typed) -> None:
    """Write down what people agreed to."""
    page.check("#f-consent-level-public")
    page.fill("#f-consent-given", "2026-04-20")
    page.check("#f-consent-by-group")


FILLING: Final = {
    "gathering": gathering,
    "told": told,
    "practices": practices,
    "quotes": quotes,
    "consent": consent,
}


def take(page: Page, part: str, path: Path) -> None:
    """Write a picture of a part of the page, from its top."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(part).bounding_box()
    if box is None:
        sys.exit(f"{part} is not to be seen.")
    height = min(box["height"] + 2 * MARGIN, HIGHEST)
    clip = FloatRect(x=0, y=box["y"] - MARGIN, width=WINDOW["width"], height=height)
    shot = page.screenshot(clip=clip, full_page=True, animations="disabled")
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), outline=EDGE)
    image.save(path, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    sys.exit(main())
