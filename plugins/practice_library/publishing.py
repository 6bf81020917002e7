"""The library's own pages, built beside those of MkDocs: kept where nothing changed, in several processes.

In: a build, and MkDocs' configuration, navigation and templates. Out: the same bytes that MkDocs would give
for each page of an entry or a term, without its cost for every page at every build. To MkDocs such a page
is a file to be copied, which links can lead to. Called by `plugin`; knows MkDocs, as that does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from .addresses import file_name
from .build import MANY
from .cache import Kept, PageCache
from .catalogue import Catalogue
from .page_building import Finish, Outcome, PageBuilder
from .pages import Page
from .parallel import beside, spread
from .progress import progress
from .published import PublishedFile
from .sitemap import ListedFile, listed
from .spare import Spare
from .surroundings import surroundings
from .watching import Watch, digest_of, page_state

log: Final = logging.getLogger("mkdocs.plugins.practice_library")

PAGE_EVENTS: Final = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
    "env",
)
"""Events at which another plugin may want to see or change each page."""
Make = Callable[[], Mapping[str, bytes]]
"""Makes files: their content by name."""
Given = Mapping[str, str | bytes]
"""Files by name: the digest of each in the cache, or its content."""


class Publisher:
    """Builds the pages of one build that MkDocs need not see."""

    def __init__(self, watch: Watch, pages: Iterable[Page], config: MkDocsConfig, folder: Path) -> None:
        """Take what is built, the pages to build, and the folder of the cache."""
        self._watch = watch
        self._pages = list(pages)
        self._config = config
        self._cache = PageCache(folder)
        self._files: dict[str, PublishedFile] = {}
        self._done: dict[str, Outcome] = {}
        self._others: dict[str, str] = {}
        self._key = ""
        self.reused = 0

    def files(self) -> Mapping[str, File]:
        """Give the files by which MkDocs and its links know the pages, by their sources."""
        site, directory_urls = self._config.site_dir, self._config.use_directory_urls
        for page in self._pages:
            name = file_name(page.source, directory_urls=directory_urls)
            level = InclusionLevel.NOT_IN_NAV
            file = PublishedFile(page.source, None, site, directory_urls, dest_uri=name, inclusion=level)
            file.content_string = ""
            self._files[page.source] = file
        return self._files

    def build(
        self,
        env: Environment,
        nav: Navigation,
        files: Files,
        finish: Finish,
        words: Catalogue,
    ) -> None:
        """Build each page that is not as it was; say what they had to say."""
        self._key = digest_of(
            "\n".join([self._watch.constant(), *surroundings(self._config, nav, env, files)])
        )
        kept = self._cache.load(self._key)
        for page in self._pages:
            found = kept.get(page.source)
            if found and self._is_same(page, found) and self._cache.holds(found.output):
                self._done[page.source] = Outcome(kept=found, data=b"", told=())
        self.reused = len(self._done)
        doc_files = self._documentation(files)
        builder = PageBuilder(self._watch, self._cache, self._config, env, nav, files, doc_files, finish)
        missing = [page for page in self._pages if page.source not in self._done]
        with progress(partial(_how_far, words, len(missing))) as told:
            outcomes = spread(builder.build, missing, told=told)
        for page, outcome in zip(missing, outcomes, strict=True):
            self._done[page.source] = outcome
            for name, level, sentence in outcome.told:
                logging.getLogger(name).log(level, sentence)
        self._check_anchors(files, words)
        built, reused = words.number(len(missing)), words.number(self.reused)
        log.info(words.text("publishing.done", built=built, reused=reused))

    def place(self, *, link: bool, there: Mapping[str, str], spare: Spare | None = None) -> None:
        """Put every page where it belongs, and keep what was built for the next build.

        Args:
            there: the digests of pages that lie there already, by their path on the site.
            link: whether the file of the cache may get a second name; not where others may write into it.
            spare: the tree of which the site may be made.

        Raises:
            OSError: a page could not be written.
        """
        site = Path(self._config.site_dir)
        for source, made in self._done.items():
            if made.data:
                target = site / self._files[source].dest_uri
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(made.data)
        digests = self.digests()
        kept = beside(self.keep) if len(digests) >= MANY else self.keep
        if not (spare and spare.fill(site, {name: self._cache.path(it) for name, it in digests.items()})):
            missing = [pair for pair in digests.items() if there.get(pair[0]) != pair[1]]
            spread(partial(self._put, site, link=link), missing)
        kept()

    def _put(self, site: Path, page: tuple[str, str], *, link: bool) -> None:
        name, digest = page
        self._cache.place(digest, f"{site}/{name}", link=link)

    def take(self, folder: str, made: Given) -> Given:
        """Take other files of the site that are in the cache, to be put in their place with the pages.

        Args:
            folder: where they belong.
            made: their digests by name, or the content of those that are not in the cache.

        Returns:
            Those that are not.
        """
        self._others |= {f"{folder}/{name}": data for name, data in made.items() if isinstance(data, str)}
        return {name: data for name, data in made.items() if not isinstance(data, str)}

    def digests(self) -> dict[str, str]:
        """Give the digest of everything that lies in the cache, by its path on the site."""
        done = self._done.items()
        pages = {self._files[source].dest_uri: made.kept.output for source, made in done if not made.data}
        return {**pages, **self._others}

    def keep(self) -> None:
        """Keep what was built for the next build, and nothing else."""
        lasting = {source: done.kept for source, done in self._done.items() if not (done.data or done.told)}
        self._cache.save(self._key, lasting, self._others.values())

    def _documentation(self, files: Files) -> list[File]:
        """Give the pages of the site as MkDocs would list them, in its order."""
        return [f for f in files if f.is_documentation_page() or isinstance(f, PublishedFile)]

    def pages(self, files: Files, day: str) -> list[File | ListedFile]:
        """Give the pages of the site for its sitemap, each with its address and the day."""
        url = self._config.site_url
        return [
            listed(f.src_uri, f.url, url, day) if isinstance(f, PublishedFile) else f
            for f in self._documentation(files)
        ]

    def _is_same(self, page: Page, kept: Kept) -> bool:
        return kept.facts == page_state(page) and kept.states == self._watch.states(kept.looks)

    def _check_anchors(self, files: Files, words: Catalogue) -> None:
        """Complain of links to anchors of other pages that are not there, as MkDocs does."""
        level = self._config.validation.links.anchors
        anchors = {source: done.kept.anchors for source, done in self._done.items()}
        for source, file in self._files.items():
            if file.page is not None:
                file.page.present_anchor_ids = set(anchors[source])
        for source, done in self._done.items():
            for target, anchor, written in done.kept.points:
                page = getattr(files.get_file_from_path(target), "page", None)
                known = anchors.get(target, getattr(page, "present_anchor_ids", None))
                if known is not None and anchor not in known:
                    told = words.text("publishing.no-anchor", page=source, link=written, anchor=anchor)
                    log.log(level, told)


def _how_far(words: Catalogue, total: int, done: int) -> str:
    return words.text("publishing.progress", done=words.number(done), total=words.number(total))


def aside(folder: Path, config: MkDocsConfig, own: object) -> Callable[[Make], Callable[[], Given]]:
    """Give what has files made beside the pages: into the cache, if a `Publisher` will put them in place.

    Args:
        folder: the folder of the cache.
        config: in which other plugins may want to see each page.
        own: the plugin that asks.
    """
    keep = not others_see_pages(config, own)
    return lambda make: beside(partial(PageCache(folder).deposit, make) if keep else make)


def others_see_pages(config: MkDocsConfig, own: object) -> str:
    """Name another plugin, or hook, that wants to see each page; empty where there is none."""
    return _other(config, own, PAGE_EVENTS)


def others_write(config: MkDocsConfig, own: object) -> bool:
    """Whether another plugin, or hook, may write into the finished site."""
    return bool(_other(config, own, ("post_build",)))


def _other(config: MkDocsConfig, own: object, events: Iterable[str]) -> str:
    for event in events:
        for method in config.plugins.events[event]:
            if getattr(method, "__self__", None) is not own:
                origins: Mapping[Any, str] = config.plugins._event_origins  # noqa: SLF001 - no other way to a name
                return origins.get(method, event)
    return ""
