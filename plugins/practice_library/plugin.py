"""The MkDocs adapter: translates between MkDocs' events and the library, and decides nothing itself.

MkDocs and ProperDocs call it. It hands `build` the options, gives MkDocs the pages that come of it, and
puts the content of each, contributors' text in it, where MkDocs was given an empty element.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from . import form, kept_fonts, offline, publishing, search_index, stylesheet, tightening
from .addresses import file_name
from .assembly import CONTENT, fill_content, fill_slots, ids_in, merge_headings
from .build import Build, build
from .cache import FOLDER as CACHE, SEARCH, TEMPLATES, CompiledTemplates, PageCache
from .catalogue import catalogue_of
from .glossary import Glossary
from .host_config import PracticeLibraryConfig, language_of, name_of, sources_in
from .host_files import contents_of, editor_files, file_of, frame_sheet_of, keep_language, leave_out
from .host_log import cannot_write, hear_warnings, or_abort, tell, warned
from .json_schema import FOLDER as SCHEMA_FOLDER, json_schemas
from .kept_contents import NAME as CONTENTS, KeptContents
from .kept_related import NAME as RELATED, KeptRelated
from .kept_search import KeptSearch
from .live_index import LiveIndex
from .means import Means
from .noticing import notice
from .options import DEFAULT_SPACES, OptionError, option_sentence, options_from
from .page_building import Draft
from .pages import GUIDE, Page, with_guide
from .parallel import beside, spread
from .pictures import FOLDER
from .policy import policy_of
from .preview_folder import PreviewFolder
from .progress import is_watched
from .publishing import Publisher
from .readings import Readings
from .redirects import redirect_page
from .render import Rendered, Renderer
from .results import index_of_build
from .spare import NAME as SPARE, Spare
from .standing import Standing, target_of
from .surroundings import made_with
from .swap import Swap
from .sweeping import unswept
from .templating import QuickContext, striptags
from .theme_files import bring_theme
from .walking import files_below
from .watching import Watch

log: Final = logging.getLogger("mkdocs.plugins.practice_library")
T = TypeVar("T")


class PracticeLibraryPlugin(BasePlugin[PracticeLibraryConfig]):
    """Publishes the entries of a content folder."""

    def __init__(self) -> None:
        self._serving = False
        self._swap: Swap | None = None
        self._build: Build | None = None
        self._glossary: Glossary | None = None
        self._rendered: dict[str, Rendered] = {}
        self._publisher: Publisher | None = None
        self._contents: KeptContents | None = None
        self._means = _means()
        self._nav: Navigation | None = None
        self._files = Files([])
        self._index: Callable[[], Mapping[str, str | bytes]] = dict
        self._fonts: Callable[[], Mapping[str, bytes]] = dict
        self._live = LiveIndex()
        self._preview = PreviewFolder()
        self._words = catalogue_of("en")

    def on_startup(self, *, command: str, **_: Any) -> None:  # noqa: ANN401
        """Remember whether pages are only previewed; also keeps this object between rebuilds."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the theme's folder and words; build beside the site, to be swapped in at the end."""
        language = language_of(config)
        if config.strict:
            hear_warnings()
        bring_theme(config)
        words = self._words = catalogue_of(language)
        theme_words = {
            k.removeprefix("theme."): v for k, v in words.messages.items() if k.startswith("theme.")
        }
        audience = str(self.config.audience)
        config.extra["practice_library"] = {
            "words": theme_words,
            "audience": audience,
            "contact": self.config.contact,
            "sources": asdict(sources_in(config, str(self.config.spaces_dir))),
            "offline": self._is_kept(),
            "material": stylesheet.sheets_of(config.theme.dirs),
        }
        if not self._serving:
            self._swap = Swap(Path(config.site_dir), audience)
            config.site_dir = str(or_abort(partial(self._swap.prepare, beside), self._swap.site, config))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the content; an error stops here, before MkDocs has touched a file."""
        root = Path(config.config_file_path).parent
        try:
            options = options_from(dict(self.config), language_of(config))
        except OptionError as error:
            raise Abort(option_sentence(error, name_of(config), catalogue_of(language_of(config)))) from None
        folder = root / self.config.spaces_dir
        if folder.is_symlink() or (self.config.spaces_dir != DEFAULT_SPACES and not folder.is_dir()):
            missing = OptionError("no-folder", folder=self.config.spaces_dir)
            raise Abort(option_sentence(missing, name_of(config), catalogue_of(language_of(config))))
        related = KeptRelated(self._edition(config) / RELATED, made_with())
        means = replace(self._means if self._serving else _means(), related=related)
        with unswept():
            made = build(root, folder, options, means=means)
        if self._swap:
            or_abort(self._swap.confirm, self._swap.site, config)
        tell(made)
        if not made.report.has_errors:
            self._build = made
            related.keep(made.library.related)
        elif self._build is None or not self._serving:
            raise Abort(made.words.text("build.stopped"))
        self._index = self._begin_index(config)
        self._preview.put_aside(Path(config.site_dir))

    def _begin_index(self, config: MkDocsConfig) -> Callable[[], Mapping[str, str | bytes]]:
        """Begin the search index, which takes as long as all that MkDocs does until it is waited for."""
        kept = KeptSearch(self._edition(config) / SEARCH, made_with())
        ask = self._live.ask if self._serving else publishing.aside(self._edition(config), config, self)
        urls = config.use_directory_urls
        return ask(partial(index_of_build, self._made(), directory_urls=urls, kept=kept))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the library's pages to those written by hand; a hand-written page wins."""
        made = self._made()
        self._fonts = kept_fonts.site_fonts(_cache(config), beside)
        keep_language(files, made.options.language)
        leave_out(files)
        files.append(File.generated(config, stylesheet.NAME, content=frame_sheet_of(config)))
        watch = Watch(made)
        state = f"{made_with()} {config.use_directory_urls}"
        contents = self._contents = KeptContents(self._edition(config) / CONTENTS, state, watch)
        renderer = self._renderer = Renderer(
            watch.build,
            directory_urls=config.use_directory_urls,
            compiled=CompiledTemplates(_cache(config) / TEMPLATES),
        )
        self._glossary = Glossary(made.vocabulary, made.words, directory_urls=config.use_directory_urls)
        self._rendered = {}
        pages = [page for page in made.plan.pages if page.source not in files.src_uris]
        if GUIDE in files.src_uris:
            pages = [with_guide(page) for page in pages]
        self._publisher = self._publishing(watch, pages, config)
        published = self._publisher.files() if self._publisher else {}
        own = () if self._written_to(config) else published.values()
        self._preview.put_back(Path(config.site_dir), {file.dest_uri for file in own})
        for page in pages:
            if page.source in published:
                files.append(published[page.source])
                continue
            rendered = self._rendered[page.source] = contents.rendered(page, renderer.render)
            files.append(file_of(rendered, config, rendered.markdown))
        for redirect in made.plan.redirects:
            content = redirect_page(redirect, made.words, directory_urls=config.use_directory_urls)
            name = file_name(redirect.source, directory_urls=config.use_directory_urls)
            files.append(File.generated(config, name, content=content))
        for picture in made.pictures.values():
            files.append(File.generated(config, f"{FOLDER}/{picture.name}", content=picture.data))
        for name, schema in json_schemas(made.vocabulary, made.words).items():
            files.append(File.generated(config, f"{SCHEMA_FOLDER}/{name}", content=schema))
        for name, part in editor_files(made, config, self.config).items():
            files.append(File.generated(config, name, content=part))
        files.append(File.generated(config, form.DATA, content=form.data_of(made)))
        return files

    def _publishing(self, watch: Watch, pages: list[Page], config: MkDocsConfig) -> Publisher | None:
        """Take the pages that no navigation lists from MkDocs, unless another plugin has to see each."""
        other = publishing.others_see_pages(config, self)
        if other:
            log.info(self._words.text("publishing.aside", name=other))
            PageCache(self._edition(config)).clear()
            return None
        navigation = str(config.nav) if config.nav else ""
        unlisted = [
            page
            for page in pages
            if page.ref or (page.source not in navigation and (navigation or not page.listed))
        ]
        return Publisher(watch, unlisted, config, self._edition(config))

    def on_nav(self, nav: Navigation, *, files: Files, **_: Any) -> None:  # noqa: ANN401
        """Remember the navigation, which every page shows, and what links can lead to."""
        self._nav, self._files = nav, files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:  # noqa: ANN401
        """Date every page with the day of the build, so that the same day gives the same bytes."""
        page.update_date = self._made().options.today.isoformat()
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:  # noqa: ANN401
        """Put contributors' text into its place, its headings into the contents, explain terms."""
        rendered = self._rendered.get(page.file.src_uri)
        return html if rendered is None else self._completed(html, page, rendered)

    def _completed(self, html: str, page: MkDocsPage, rendered: Rendered) -> str:
        whole = fill_content(html, rendered.html)
        page.toc = contents_of(merge_headings(rendered.headings, whole, rendered.fragments))
        filled = fill_slots(whole, rendered.fragments)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ids_in(filled)
        return self._glossary.explain(filled, rendered.page) if self._glossary else filled

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give templates what they ask for, and take the white space of their layout out of pages."""
        tight = CompiledTemplates(_cache(config) / TEMPLATES / tightening.FORM)
        env.bytecode_cache = env.bytecode_cache or tight
        env.add_extension(tightening.Tightening)
        env.context_class = QuickContext
        env.filters["striptags"] = striptags
        standing = Standing(self._nav or ())
        env.globals |= {
            "content_policy": policy_of([env.get_template("partials/colours.html").render()]),
            "at": standing.at,
            "once": standing.once,
            "target_of": target_of,
        }
        if self._publisher and self._nav:
            self._publisher.build(env, self._nav, files, partial(self._finish, config), self._words)
            held = len(self._made().admission.held)
            if held and is_watched(sys.stderr):
                log.info(self._words.text("publishing.held", held=self._words.number(held)))
        for folder, made in ((search_index.FOLDER, self._index()), (kept_fonts.FOLDER, self._fonts())):
            for name, data in (self._publisher.take(folder, made) if self._publisher else made).items():
                files.append(File.generated(config, f"{folder}/{name}", content=data))
        return env

    def _finish(self, config: MkDocsConfig, page: Page) -> Draft:
        """Render a page, and say what completes it once MkDocs' part is done."""
        rendered = self._renderer.render(page)

        def complete(made: MkDocsPage) -> None:
            made.update_date = self._made().options.today.isoformat()
            made.content = self._completed(made.content or "", made, rendered)

        return Draft(file=file_of(rendered, config), meta=rendered.meta, markdown=CONTENT, complete=complete)

    def on_template_context(self, context: TemplateContext, *, template_name: str, **_: Any) -> None:  # noqa: ANN401
        """Put the pages that MkDocs does not see into the sitemap."""
        if self._publisher and template_name == "sitemap.xml":
            pages = self._publisher.pages(self._files, self._made().options.today.isoformat())
            context["pages"] = cast("Any", pages)

    @event_priority(100)
    def _on_post_build_place(self, *, config: MkDocsConfig) -> None:
        """Put the finished pages among the others."""
        if self._contents:
            self._contents.keep()
        if self._publisher:
            link, spare = not self._written_to(config), self._spare(config)
            self._publisher.place(link=link, there=self._preview.pages, spare=spare)
            if self._serving and not self._written_to(config):
                self._preview.remember(self._publisher.digests())
        self._live.follow(Path(config.site_dir) / search_index.FOLDER)

    @event_priority(-100)
    def _on_post_build_swap(self, *, config: MkDocsConfig) -> None:
        """Swap the finished site in, unless a warning has to stop a strict build."""
        if self._swap is None or warned():
            return
        staging = Path(config.site_dir)
        names = or_abort(partial(files_below, staging), self._swap.site, config)
        if self._is_kept():
            known = self._publisher.digests() if self._publisher and not self._written_to(config) else {}
            names = or_abort(partial(offline.put_worker, staging, names, known), self._swap.site, config)
        config.site_dir, spare = str(self._swap.site), self._spare(config)
        retire = spare.retire if spare else None
        or_abort(partial(self._swap.commit, spread, retire, names), self._swap.site, config)

    on_post_build = CombinedEvent(_on_post_build_place, _on_post_build_swap)

    def on_build_error(self, *, error: Exception, **_: Any) -> None:  # noqa: ANN401
        """Remove what a failed build left beside the site; say in words what the disk refused."""
        if self._swap is None:
            return
        self._swap.discard()
        if isinstance(error, OSError) and error.errno is not None:
            raise cannot_write(error, self._swap.site, self._words) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> None:  # noqa: ANN401
        """Rebuild when the content changes."""
        folder = Path(config.config_file_path).parent / self.config.spaces_dir
        if folder.is_dir():
            notice(server, folder)

    def _written_to(self, config: MkDocsConfig) -> bool:
        """Whether another plugin may change the finished pages."""
        return publishing.others_write(config, self)

    def _spare(self, config: MkDocsConfig) -> Spare | None:
        """Give the tree that the next site is made of; one that cannot be used any more is removed."""
        spare = Spare(self._edition(config) / SPARE, spread)
        if self._publisher and not self._written_to(config):
            return None if self._serving else spare
        spare.drop()
        return None

    def _edition(self, config: MkDocsConfig) -> Path:
        """Give the folder of what is kept of this edition."""
        return _cache(config) / f"{self.config.audience}-{self._words.language}"

    def _is_kept(self) -> bool:
        """Whether readers' devices may keep the site: a preview changes too often, members' are not kept."""
        return not self._serving and str(self.config.audience) == "public"

    def _made(self) -> Build:
        if self._build is None:
            raise Abort("no library was built")
        return self._build


def _means() -> Means:
    return Means(readings=Readings(partial(spread, here=True)), aside=beside)


def _cache(config: MkDocsConfig) -> Path:
    """Give the folder of what is kept from build to build."""
    return Path(config.config_file_path).parent / CACHE
