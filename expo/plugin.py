"""The only module that imports Pelican: one generator, and the signal handlers that equip its templates.

In: Pelican's settings (pelicanconf.py), or a Plan that the pipeline has made already. Out: the site in Pelican's output
folder. Pelican reads and renders content/pages and owns the Jinja2 environment; initiatives go through ExpoGenerator.
What Pelican forgives (a page it can't read, a plugin it can't load) ends the build here.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from jinja2 import Environment
from pelican import Pelican, signals
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.readers import BaseReader, Readers
from pelican.settings import read_settings

from expo.config import Config, make_config
from expo.pipeline import EngineFailed, load_expo
from expo.progress import making, room
from expo.prose import plain_text
from expo.read.documents import read_page
from expo.render.earlier import Earlier, Rendered, Row
from expo.render.environment import ENVIRONMENT_OPTIONS, load_templates, prepare_environment
from expo.render.feeds import FeedFile
from expo.render.fingerprints import Fingerprints, describe_surroundings
from expo.render.pages import ENGLISH, LANGUAGES, SOURCE_LANGUAGE, File, Page, output_path
from expo.render.pictures import PictureFile
from expo.render.share_cards import ShareCard
from expo.render.site import Plan, plan_last, plan_site
from expo.shares import count_shares, run_shares
from expo.write import OutputFolder, Stamp, Written

PAGES_PER_PROCESS = 60  # starting a process costs about what so many pages cost
FILES_PER_PROCESS = 400

PLAN, CONFIG, FOLDER = "EXPO_PLAN", "EXPO_CONFIG", "EXPO_FOLDER"  # settings that the pipeline hands over


Share = tuple[Written, dict[str, Stamp], Rendered, dict[str, Any]]  # what was written, rendered, the bodies asked for


def part_languages(pages: Sequence[Page]) -> list[Page]:
    """Pages of two languages in turns, so that of an even number of processes each has one language to remember."""
    by_language = [[page for page in pages if page.lang == lang] for lang in LANGUAGES]
    return [page for pair in zip_longest(*by_language) for page in pair if page]


class PageReader(BaseReader):  # type: ignore[misc]
    """Reads content/pages as the rest of the content is read: `body` is Markdown, which page.html renders.

    What Pelican knows as the content stays empty. There it would look for placeholders such as `{attach}`, which
    publish any file of the machine, by a pattern that takes minutes for a page of "<".
    """

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body and the metadata of a page; a page without a summary has its first line."""
        document = read_page(Path(source_path), Path(self.settings["PATH"]))
        values = {key: value or "" for key, value in (document.values or {}).items()}
        values["summary"] = values.get("summary") or plain_text(document.body).partition("\n")[0]
        metadata = {key: self.process_metadata(key, value) for key, value in values.items()}
        return "", metadata | {"body": document.body}


class ExpoGenerator(Generator):  # type: ignore[misc]  # Pelican carries no types
    """Reads initiatives in generate_context, writes their pages in generate_output."""

    plan: Plan
    environments: dict[str, Environment]  # by language

    def generate_context(self) -> None:
        """Take the pipeline's plan, or make it when Pelican was called by its own name."""
        settings = self.settings
        config = settings.get(CONFIG) or make_config(
            content=Path(settings["PATH"]), output=Path(settings["OUTPUT_PATH"]), site_url=settings["SITEURL"] or None
        )
        self.plan = settings.get(PLAN) or plan_site(load_expo(config), config)

    def generate_output(self, writer: Any) -> None:
        """Render every page of the plan and write the finished files."""
        folder = self.settings.get(FOLDER) or OutputFolder(Path(self.output_path))
        config = self.plan.site.config

        sites = (self.plan.site, self.plan.english)
        for environment in self.environments.values():
            load_templates(environment, config.project / "theme" / "templates")
        fingerprints = Fingerprints(describe_surroundings(config, sites, self.plan.twins), sites, self.plan.apart)
        earlier = Earlier(self.plan.site.cache, config.output)
        bodies = self.plan.site.bodies

        def render(page: Page) -> str:
            template = self.environments[page.lang].get_template(page.template)
            return template.render({**self.context, **page.context, "here": page.address, "lang": page.lang})

        def take_over(page: Page) -> Row | None:
            """A page whose values need not be made, if it is still there."""
            path = output_path(page.address)
            row = earlier.find_traced(path, fingerprints.trace(page))
            return row if row and folder.adopt(path, row.digest) else None

        def tell(file: object) -> str:
            """Of all that a file is made from, where that is told."""
            if isinstance(file, ShareCard):
                return file.digest
            return fingerprints.trace_feed(file) if isinstance(file, FeedFile) else ""

        def render_share(pages: Sequence[Page]) -> Share:
            before, known_bodies, rendered = set(folder.written), bodies.used(), {}
            for planned in pages:
                with bodies.noting() as asked:
                    page = planned.made()  # of one page at a time
                    path, fingerprint = output_path(page.address), fingerprints.of(page)
                known = earlier.find(path, fingerprint)
                if not (known and folder.adopt(path, known)):
                    with making(page.address):
                        folder.write(path, render(page).encode())
                if fingerprint:
                    digest = folder.written[path][1]
                    rendered[path] = Row(fingerprint, digest, fingerprints.trace(page), sorted(asked))
            return *folder.written_since(before), rendered, bodies.used(known_bodies)

        with room("render"):
            taken = {output_path(page.address): row for page in self.plan.pages if (row := take_over(page))}
            bodies.retain(key for row in taken.values() for key in row.bodies)
            rest = [page for page in part_languages(self.plan.pages) if output_path(page.address) not in taken]
        shares = count_shares(len(rest), PAGES_PER_PROCESS, config.jobs)
        with room("render", -(-len(rest) // shares)):
            answers = run_shares(rest, render_share, shares)
        for written, stamps, _, used in answers:
            folder.join(written, stamps)
            bodies.absorb(used)
        rows = {**taken, **{path: row for _, _, rendered, _ in answers for path, row in rendered.items()}}
        own_addresses = ["/" + page.url for page in self.context["pages"]]
        files = (*self.plan.files, *plan_last(self.plan, own_addresses))

        def write_share(files: Sequence[File | FeedFile | PictureFile | ShareCard]) -> tuple[Written, dict[str, Stamp]]:
            before = set(folder.written)
            for file in files:
                path = output_path(file.address)
                known = earlier.find(path, tell(file))
                if not (known and folder.adopt(path, known)):
                    with making(file.address):
                        folder.write(path, file.content)
            return folder.written_since(before)

        shares = count_shares(len(files), FILES_PER_PROCESS, config.jobs)
        with room("files", -(-len(files) // shares)):
            for written, stamps in run_shares(files, write_share, shares):
                folder.join(written, stamps)
        for file in files:
            if made_from := tell(file):
                path = output_path(file.address)
                rows[path] = Row(made_from, folder.written[path][1], "", [])
        earlier.keep(rows)
        self.plan.site.keep()


def add_generator(pelican: Pelican) -> type[Generator]:
    """Handler of `get_generators`."""
    return ExpoGenerator


def replace_reader(readers: Readers) -> None:
    """Handler of `readers_init`: no file but a page is ever read by Pelican."""
    readers.reader_classes = dict.fromkeys(PageReader.file_extensions, PageReader)


def equip_templates(generators: Sequence[Generator]) -> None:
    """Handler of `all_generators_finalized`: every environment gets the globals and filters of render/environment.

    Translations of ordinary pages are taken from Pelican, which renders all pages in one language.
    """
    own = next(generator for generator in generators if isinstance(generator, ExpoGenerator))
    for generator in generators:
        if isinstance(generator, PagesGenerator):
            pages = [
                Page("/" + page.url, "page.html", {"page": page}, page.lang, None) for page in generator.translations
            ]
            generator.translations = []
            own.plan = replace(own.plan, pages=(*own.plan.pages, *pages))
    for generator in generators:
        prepare_environment(generator.env, own.plan.site, own.plan.twins)
    english = Environment(loader=own.env.loader, **ENVIRONMENT_OPTIONS)
    prepare_environment(english, own.plan.english, own.plan.twins)
    own.environments = {SOURCE_LANGUAGE: own.env, ENGLISH: english}


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    signals.readers_init.connect(replace_reader)
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(equip_templates)


class _Errors(logging.Handler):
    """Collects what Pelican logs as an error and would go on from."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def run_pelican(config: Config, plan: Plan, folder: OutputFolder) -> None:
    """Run Pelican in process over a plan, into a staging folder. Raises EngineFailed with all that it complained of."""
    settings = read_settings(
        str(config.project / "pelicanconf.py"),
        override={
            "PATH": str(config.content),
            "OUTPUT_PATH": str(folder.root),
            "SITEURL": config.site_url,
            "THEME": str(config.project / "theme"),
            PLAN: plan,
            CONFIG: config,
            FOLDER: folder,
        },
    )
    errors = _Errors()
    own_pages: list[str] = []

    def note_page(path: str, context: object) -> None:
        own_pages.append(path)

    signals.content_written.connect(note_page)
    logger = logging.getLogger("pelican")
    logger.addHandler(errors)
    quiet_before, console.quiet = console.quiet, True  # its closing line counts articles, of which there are none
    try:
        Pelican(settings).run()
    finally:
        console.quiet = quiet_before
        logger.removeHandler(errors)
        signals.content_written.disconnect(note_page)
    if errors.messages:
        raise EngineFailed("\n".join(errors.messages))
    for path in map(Path, own_pages):
        folder.note(path.relative_to(folder.root).as_posix())
