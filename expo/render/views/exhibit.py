"""The page of an exhibit, and the notice where one was taken down.

In: the Site. Out: a Page for each exhibit, the addresses that lead to one (redirects.py), withdrawn ones as notices.
Idea and answer get the same room; what is missing says so; what was compiled never looks endorsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from markupsafe import Markup

from expo.render.pages import LANGUAGES, Later, Page
from expo.render.pictures import show_pictures
from expo.render.redirects import plan_redirects
from expo.render.views.answers import make_answers
from expo.render.views.captions import make_caption, make_citation
from expo.render.views.cards import (
    exhibit_address,
    make_card,
    make_cards,
    name_with_today,
    place_address,
    place_name,
    theme_address,
)
from expo.render.views.collections import make_walks
from expo.render.views.figures import make_figures
from expo.render.views.places import crossing_address
from expo.render.views.timeline import make_timeline
from expo.render.words import Words

if TYPE_CHECKING:
    from expo.model import Initiative, Source
    from expo.render.pages import Site


TOMBSTONE = "gone.html"
MOST_NEARBY = 3  # places of an exhibit that get links to what else is there


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead ("" leads nowhere: print the words alone)."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as listed under its number."""

    title: str
    lang: str  # of the title
    address: str
    about: str
    note: str


@dataclass(frozen=True, slots=True)
class Label:
    """The placard beside what the card already says."""

    places: tuple[Link, ...]
    place_text: str
    province_note: str
    proposer: str
    proposer_name: str
    proposer_note: str
    started: str
    started_iso: str
    started_note: str
    submitted: str
    stage_note: str
    channels: str
    aim: str
    room: str
    room_note: str


def plan_exhibits(site: Site) -> list[Page]:
    """Every exhibit, then everything that leads to one."""
    pages = [_plan_exhibit(site, initiative) for initiative in site.expo.initiatives]
    return pages + plan_redirects(site) + _plan_withdrawn(site)


def _plan_exhibit(site: Site, initiative: Initiative) -> Page:
    values = Later(partial(_show_exhibit, site, initiative))
    beside = f"{site.body_lang_of(initiative)} {site.body_of(initiative)}"
    return Page(exhibit_address(initiative), "exhibit.html", values, beside=beside)


def _show_exhibit(site: Site, initiative: Initiative) -> dict[str, object]:
    expo, words = site.expo, site.words
    return {
        "initiative": initiative,
        "card": make_card(site, initiative),
        "label": make_label(site, initiative),
        "origin": _origin_line(words, initiative),
        "themes": tuple(Link(words.term_name(theme), theme_address(theme), theme.slug) for theme in initiative.themes),
        "body": site.bodies.render(site.body_of(initiative), initiative.sources).html,
        "body_lang": site.body_lang_of(initiative),
        "answers": make_answers(site, initiative),
        "figures": make_figures(site, initiative),
        "timeline": make_timeline(site, initiative),
        "sources": tuple(_source(words, one) for one in initiative.sources),
        "evidence": _evidence(words, initiative.evidence),
        "criteria": _criteria(words, initiative),
        "outside": tuple(Link(_host_and_path(one), one) for one in initiative.links),
        "pictures": show_pictures(site, initiative),
        "same": make_cards(site, (expo.by_id[one] for one in initiative.similar if one in expo.by_id)),
        "adapted": make_cards(site, (expo.by_id[one] for one in initiative.adapted_from if one in expo.by_id)),
        "kin": make_cards(site, (expo.by_id[one] for one in initiative.related if one in expo.by_id)),
        "nearby": _nearby(site, initiative),
        "walks": make_walks(site, initiative),
        "short_address": f"/sk/{initiative.number}/",
        "share": _share_links(site, initiative),
        "caption": make_caption(site, initiative),
        "citation": make_citation(site, initiative),
        "report_address": _report_address(site, initiative),
        "source_path": initiative.path,
        "updated_on": initiative.changed,
    }


def _nearby(site: Site, initiative: Initiative) -> tuple[Link, ...]:
    """What else there is of the theme, here and anywhere, and in its provinces of today; nothing leads to itself."""
    expo, words = site.expo, site.words
    today = dict.fromkeys(expo.today_of(one) if one.scheme == "63" else one for one in initiative.places)
    found = []
    for theme in initiative.themes[:1]:
        name = words.term_name(theme)
        for place in list(today)[:MOST_NEARBY]:
            count = len(expo.at_crossing(place, theme)) if place.scheme == "34" else 0
            if count > 1:
                text = words.gettext("%(theme)s ở %(place)s", theme=name, place=place_name(place, words))
                found.append(Link(text, crossing_address(place, theme), str(count)))
        if (count := len(expo.of_theme(theme))) > 1:
            text = words.gettext("Mọi sáng kiến về %(theme)s", theme=name[:1].lower() + name[1:])
            found.append(Link(text, theme_address(theme), str(count)))
    for place in list(today)[:MOST_NEARBY]:
        if (count := len(expo.at_place(place))) > 1:
            text = words.gettext("Mọi sáng kiến ở %(place)s", place=place_name(place, words))
            text = text if place.scheme == "34" else place_name(place, words)
            found.append(Link(text, place_address(place), str(count)))
    return tuple(found)


def make_label(site: Site, initiative: Initiative) -> Label:
    """What stands on the placard."""
    words, vocabularies = site.words, site.expo.vocabularies
    proposers = {term.slug: words.term_name(term) for term in vocabularies.get("proposers", ())}
    aims = {term.slug: words.term_name(term) for term in vocabularies.get("aims", ())}
    started = initiative.started
    room, room_note = _room(words, initiative)
    return Label(
        places=tuple(Link(name_with_today(site, one), place_address(one)) for one in initiative.places),
        place_text=initiative.place_text,
        province_note=initiative.province_note,
        proposer=proposers.get(initiative.proposer.type, initiative.proposer.type),
        proposer_name=initiative.proposer.name,
        proposer_note=initiative.proposer.note,
        started=words.date(started) if started else "",
        started_iso=started.iso if started else "",
        started_note=initiative.started_note,
        submitted=words.date(initiative.submitted) if initiative.submitted else "",
        stage_note=initiative.stage_note,
        channels="\N{NO-BREAK SPACE}· ".join(words.term_name(one) for one in initiative.channels),
        aim=aims.get(initiative.aim, ""),
        room=room,
        room_note=room_note,
    )


def _room(words: Words, initiative: Initiative) -> tuple[str, str]:
    if initiative.room == "endorsed":
        return words.gettext("Có xác nhận của địa phương"), words.gettext("Bản đăng ký có chữ ký, con dấu.")
    if initiative.room == "community":
        return words.gettext("Cộng đồng"), words.gettext("Chưa thấy văn bản xác nhận của địa phương.")
    return words.gettext("Tư liệu"), words.gettext("Ban biên soạn sưu tầm, không phải bài dự thi.")


def _origin_line(words: Words, initiative: Initiative) -> str:
    if initiative.origin == "compiled":
        return words.gettext(
            "Tư liệu công khai do ban biên soạn sưu tầm, không phải bài gửi tới triển lãm;"
            " việc có mặt ở đây không hàm ý tổ chức nào bảo trợ hay xác nhận."
        )
    if initiative.submitted:
        return words.gettext(
            "Một trong các sáng kiến tham gia CPII năm %(year)s."
            " Bài viết dưới đây do ban biên soạn viết lại từ nguồn công khai.",
            year=initiative.submitted.year,
        )
    return words.gettext("Sáng kiến gửi tới triển lãm; ngày gửi chưa rõ.")


def _source(words: Words, source: Source) -> SourceView:
    kinds = {
        "primary": words.gettext("nguồn gốc"),
        "official": words.gettext("cơ quan nhà nước"),
        "press": words.gettext("báo chí"),
        "repost": words.gettext("bài đăng lại"),
    }
    date = words.date(source.date) if source.date else words.gettext("không ghi ngày")
    parts = (words.vietnamese(source.publisher) + f", {date}", kinds.get(source.kind, source.kind))
    about = Markup(" · ").join(part for part in parts if part)
    return SourceView(source.title, words.published_lang(source.title), source.address or "", about, source.note)


def _evidence(words: Words, grade: str) -> str:
    meanings = {
        "A": words.gettext("A: có ít nhất hai nguồn, hoặc một nguồn gốc, nguồn của cơ quan nhà nước có số liệu."),
        "B": words.gettext("B: nguồn đáng tin nhưng mỏng hơn."),
        "C": words.gettext("C: nguồn mỏng, đọc với sự dè dặt."),
    }
    return meanings.get(grade, "")


def _criteria(words: Words, initiative: Initiative) -> tuple[Link, ...]:
    names = {
        "commitment": words.gettext("Cam kết của lãnh đạo"),
        "feasibility": words.gettext("Tính khả thi"),
        "impact": words.gettext("Tác động tới người dân"),
        "scalability": words.gettext("Khả năng nhân rộng"),
    }
    return tuple(Link(names.get(key, key), "", text) for key, text in initiative.criteria)


def _host_and_path(address: str) -> str:
    """An address as people read it: without scheme and closing slash."""
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _share_links(site: Site, initiative: Initiative) -> tuple[Link, ...]:
    """Plain links, no one's script. Zalo has none that passes an address on: see share.html and page.js."""
    if not site.config.site_url:
        return ()
    address = quote(site.config.site_url + exhibit_address(initiative), safe="")
    return (Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={address}"),)


def _report_address(site: Site, initiative: Initiative) -> str:
    """Where to tell of a mistake: the repository's issues, else the contact; "" if neither is known."""
    title = site.words.gettext("Sai sót ở %(number)s", number=initiative.id)
    if site.config.repository_url:
        return f"{site.config.repository_url}/issues/new?{urlencode({'title': title})}"
    contact = site.config.contact
    return f"mailto:{contact}?subject={quote(title)}" if "@" in contact and "://" not in contact else contact


def other_words(site: Site) -> Words:
    """The words of the other language, for pages that have no twin and say what matters in both."""
    return Words(next(lang for lang in LANGUAGES if lang != site.words.lang))


def _plan_withdrawn(site: Site) -> list[Page]:
    """A withdrawn exhibit leaves a notice at all its addresses, in both languages, as the short one has no twin."""
    second = other_words(site)
    return [
        Page(address, TOMBSTONE, {"number": number, "second": second})
        for number in dict.fromkeys(number for number, _ in site.expo.withdrawn)
        for address in (
            f"/sk/{int(number[3:])}/",
            *(f"/sang-kien/{slug}/" for owner, slug in site.expo.withdrawn if owner == number),
        )
    ]
