"""Pictures and scans: what visitors get is upright, small, without metadata, and lies where the pages link to.

Every picture is drawn here by Pillow, which also looks at what came out; the colour profile is of littlecms' making.
"""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw
from selectolax.lexbor import LexborHTMLParser

from expo.cache import Cache
from expo.cli import main
from expo.config import make_config
from expo.pipeline import load_expo
from expo.problems import format_problem
from expo.read.pictures import read_file_beside
from expo.render import pictures
from expo.render.assets import Assets
from expo.render.pages import Site
from expo.render.pictures import (
    LONGEST_SIDE,
    PictureTooLarge,
    find_size,
    make_picture,
    picture_files,
    show_pictures,
)
from expo.render.words import Words

PROJECT = Path(__file__).resolve().parent.parent
SMALL = PROJECT / "tests" / "data" / "small"
SLUG = "cong-gop-y-vi-du"
REPLY = f"replies/{SLUG}/2020-05-04-ubnd-thanh-pho-mau.md"
ORIENTATION, GPS, GPS_LATITUDE_REF, MAKE = 0x0112, 0x8825, 1, 0x010F
TURNED_LEFT = 6  # the camera was held upright: shown, the picture turns 90° clockwise
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def draw(size: tuple[int, int] = (80, 40), mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    picture = Image.new("RGB", size, RED)
    ImageDraw.Draw(picture).rectangle((size[0] // 2, 0, *size), fill=BLUE)
    return picture.convert(mode)


def encode(picture: Image.Image, file_format: str, **options: Any) -> bytes:
    """The picture as a file's bytes."""
    target = io.BytesIO()
    picture.save(target, file_format, **options)
    return target.getvalue()


def phone_exif() -> Image.Exif:
    """What a phone writes: which way it was held, its maker, and where it was."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = TURNED_LEFT, "Máy Mẫu"
    exif.get_ifd(GPS).update({GPS_LATITUDE_REF: "N", 2: (10.0, 2.0, 3.0)})
    return exif


def look(content: bytes) -> Image.Image:
    """What came out, decoded."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def is_like(pixel: Any, colour: tuple[int, ...], tolerance: int = 12) -> bool:
    """The same colour but for what encoders lose."""
    return all(abs(one - other) <= tolerance for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_a_phone_is_turned_upright_and_tells_nothing(file_format: str) -> None:
    """No place, no camera, no comment, no profile; left became top. The format stays."""
    options: dict[str, Any] = {"exif": phone_exif(), "icc_profile": srgb_profile()}
    if file_format == "JPEG":
        options["comment"] = b"nha rieng"
    taken = encode(draw(), file_format, **options)
    assert GPS in look(taken).getexif()
    made = make_picture(taken, file_format)
    picture = look(made)
    assert (picture.format, picture.size, dict(picture.getexif())) == (file_format, (40, 80), {})
    assert set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"} <= {
        "loop", "background", "timestamp", "duration"
    }  # fmt: skip
    assert is_like(picture.convert("RGB").getpixel((20, 10)), RED)
    assert is_like(picture.convert("RGB").getpixel((20, 70)), BLUE)
    for secret in (b"Exif", b"eXIf", b"EXIF", b"nha rieng", b"ICC_PROFILE", b"iCCP", b"ICCP"):
        assert secret not in made


def srgb_profile() -> bytes:
    """A colour profile as cameras embed it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_a_text_chunk_of_a_png_is_left_out() -> None:
    """Screenshots carry names and programs there."""
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "nha rieng")
    assert b"nha rieng" not in make_picture(encode(draw(), "PNG", pnginfo=told), "PNG")


@pytest.mark.parametrize(("size", "expected"), [((4000, 1000), (1600, 400)), ((900, 3200), (450, 1600))])
def test_a_large_picture_is_made_small_enough_for_a_screen(size: tuple[int, int], expected: tuple[int, int]) -> None:
    """1600 pixels on its longer side, in proportion."""
    assert max(expected) == LONGEST_SIDE
    assert look(make_picture(encode(draw(size), "JPEG"), "JPEG")).size == expected


def test_a_small_picture_is_not_made_larger() -> None:
    """There is nothing to be seen in pixels that were made up."""
    assert look(make_picture(encode(draw((80, 40)), "PNG"), "PNG")).size == (80, 40)


def test_colours_for_print_become_colours_for_screens() -> None:
    """CMYK, which browsers show wrongly or not at all, becomes RGB."""
    made = look(make_picture(encode(draw(mode="CMYK"), "JPEG"), "JPEG"))
    assert made.mode == "RGB"
    assert is_like(made.getpixel((10, 20)), RED, 30) and is_like(made.getpixel((70, 20)), BLUE, 30)


def test_a_profile_is_obeyed_and_left_out() -> None:
    """Where the numbers mean other colours, the colours stay and the numbers change."""
    meant_blue = encode(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=swapped_profile())
    made = look(make_picture(meant_blue, "PNG"))
    assert "icc_profile" not in made.info
    assert is_like(made.getpixel((4, 4)), BLUE, 40)


def swapped_profile() -> bytes:
    """sRGB with the tags of red and blue exchanged: what it calls red is blue."""
    profile = bytearray(srgb_profile())
    red, blue = profile.find(b"rXYZ"), profile.find(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


def test_a_profile_that_does_not_fit_is_passed_over() -> None:
    """Damaged ones are common; viewers ignore them too."""
    made = look(make_picture(encode(draw(), "PNG", icc_profile=b"no profile at all"), "PNG"))
    assert is_like(made.getpixel((10, 20)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png_comes_out(mode: str) -> None:
    """Black stays black and white stays white; deep greys are scaled, not cut off."""
    picture = Image.new("L", (60, 20), 0)
    ImageDraw.Draw(picture).rectangle((20, 0, 39, 20), fill=128 if mode != "1" else 255)
    ImageDraw.Draw(picture).rectangle((40, 0, 59, 20), fill=255)
    if mode == "I;16":
        picture = picture.convert("I").point(lambda value: value * 257).convert("I;16")
    made = look(make_picture(encode(picture.convert(mode), "PNG"), "PNG")).convert("L")
    shades = [made.getpixel((at, 10)) for at in (10, 30, 50)]
    assert shades[0] == 0 and shades[2] == 255
    assert abs(int(shades[1]) - (255 if mode == "1" else 128)) <= 2  # type: ignore[arg-type]


def test_a_palette_is_scaled_smoothly() -> None:
    """Stripes of one pixel become grey, as in any other picture; the nearest pixel alone would drop every second."""
    stripes = Image.new("L", (3200, 4), 0)
    for at in range(0, 3200, 2):
        stripes.paste(255, (at, 0, at + 1, 4))
    made = look(make_picture(encode(stripes.convert("P"), "PNG"), "PNG"))
    assert is_like(made.convert("RGB").getpixel((800, 1)), (128, 128, 128))


def test_of_a_double_picture_of_a_phone_the_first_is_shown() -> None:
    """Many phones put a second picture behind the first and call both a JPEG."""
    double = encode(draw(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 40), BLUE)], exif=phone_exif())
    assert look(double).format == "MPO"
    made = look(make_picture(double, "JPEG"))
    assert (made.format, made.size, getattr(made, "n_frames", 1)) == ("JPEG", (40, 80), 1)
    assert is_like(made.getpixel((20, 10)), RED)


def test_transparency_is_kept_where_the_format_has_it_and_white_where_not() -> None:
    """A PNG under the name of a JPEG is encoded as what its name says, so that hosts tell the truth about it."""
    clear = Image.new("RGBA", (20, 20), (200, 30, 30, 0))
    assert look(make_picture(encode(clear, "PNG"), "PNG")).getpixel((5, 5))[3] == 0  # type: ignore[index]
    as_jpeg = look(make_picture(encode(clear, "PNG"), "JPEG"))
    assert (as_jpeg.format, as_jpeg.getpixel((5, 5))) == ("JPEG", (255, 255, 255))


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_shown(file_format: str) -> None:
    """Nothing moves that nobody asked to move: validate/ refuses it, this is the last gate."""
    frames = [Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)]
    moving = encode(frames[0], file_format, save_all=True, append_images=frames[1:], duration=100)
    assert getattr(look(moving), "n_frames", 1) == 2
    made = look(make_picture(moving, file_format))
    assert getattr(made, "n_frames", 1) == 1
    assert is_like(made.convert("RGB").getpixel((10, 10)), RED)


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    """26 million in a few kilobytes: validate/ says it kindly, this is the last gate."""
    bomb = encode(Image.new("1", (5200, 5000)), "PNG")
    with pytest.raises(PictureTooLarge):
        make_picture(bomb, "PNG")


def test_other_formats_are_never_decoded() -> None:
    """Pillow knows fifty; each is a way in."""
    with pytest.raises(OSError, match="cannot identify"):
        make_picture(encode(draw(), "TIFF"), "PNG")


def make_content(folder: Path) -> Path:
    """The small content folder with a cover, a gallery, and the scan of a reply's document."""
    content = folder / "content"
    shutil.copytree(SMALL, content)
    path = content / f"initiatives/{SLUG}.md"
    text = path.read_text("utf-8").replace(
        "related: [SK-0001]\n",
        "related: [SK-0001]\ncover: {file: cong-mau.jpg, alt: Cổng mẫu}\n"
        "gallery:\n  - {file: ban-do.png, alt: Bản đồ mẫu}\n  - {file: cong-mau.jpg, alt: Cổng mẫu}\n",
    )
    path.write_text(text, "utf-8")
    reply = content / REPLY
    reply.write_text(reply.read_text("utf-8").replace('UBND"}', 'UBND", file: van-ban.pdf}'), "utf-8")
    beside = content / "initiatives" / SLUG
    beside.mkdir()
    (beside / "cong-mau.jpg").write_bytes(encode(draw(), "JPEG", exif=phone_exif()))
    (beside / "ban-do.png").write_bytes(encode(draw(), "PNG"))
    (beside / "van-ban.pdf").write_bytes(PDF)
    return content


def make_site(content: Path, cache: Path) -> Site:
    """A site of which only the pictures are asked for."""
    config = replace(make_config(content=content, environment={}), cache=cache)
    return Site(load_expo(config), config, Words("vi"), Assets(), cache=Cache(cache))


def whole_files(content: Path, cache: Path) -> list[pictures.PictureFile]:
    """The files under their own names."""
    return [file for file in picture_files(make_site(content, cache)) if not file.width]


def test_every_named_file_is_planned_once(tmp_path: Path) -> None:
    """Cover, gallery and documents of replies; a file that nothing names is not published."""
    content = make_content(tmp_path)
    (content / "initiatives" / SLUG / "rieng-tu.jpg").write_bytes(encode(draw(), "JPEG"))
    files = picture_files(make_site(content, tmp_path / "cache"))
    assert [file.address for file in files if not file.width] == [
        f"/sang-kien/{SLUG}/{name}" for name in ("cong-mau.jpg", "ban-do.png", "van-ban.pdf")
    ]
    assert len({file.address for file in files}) == len(files)


def test_pictures_of_a_draft_are_not_published(tmp_path: Path) -> None:
    """A draft has no page to show them on."""
    content = make_content(tmp_path)
    path = content / f"initiatives/{SLUG}.md"
    path.write_text(path.read_text("utf-8").replace("origin:", "draft: true\norigin:"), "utf-8")
    (content / "retired.yaml").unlink()
    assert picture_files(make_site(content, tmp_path / "cache")) == []


def test_a_made_picture_is_remembered_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    """The second time nothing is decoded; another picture under the same name is made anew; a PDF stays as it is."""
    content, cache = make_content(tmp_path), tmp_path / "cache"
    made: list[str] = []

    def count(
        data: bytes, file_format: str, width: int = 0, make: Callable[[bytes, str, int], bytes] = make_picture
    ) -> bytes:
        made.append(file_format)
        return make(data, file_format, width)

    monkeypatch.setattr(pictures, "make_picture", count)
    first = {file.name: file.content for file in whole_files(content, cache)}
    assert (made, first["van-ban.pdf"]) == (["JPEG", "PNG"], PDF)
    with subtests.test("unchanged"):
        again = {file.name: file.content for file in whole_files(content, cache)}
        assert (made, again) == (["JPEG", "PNG"], first)
    with subtests.test("changed"):
        (content / "initiatives" / SLUG / "ban-do.png").write_bytes(encode(draw((40, 40)), "PNG"))
        changed = {file.name: file.content for file in whole_files(content, cache)}
        assert made == ["JPEG", "PNG", "PNG"]
        assert look(changed["ban-do.png"]).size == (40, 40)


def test_the_same_picture_gives_the_same_bytes() -> None:
    """No time of making is in them."""
    for file_format in ("JPEG", "PNG", "WEBP", "AVIF"):
        taken = encode(draw((1700, 900)), "JPEG")
        assert make_picture(taken, file_format, 800) == make_picture(taken, file_format, 800)


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("size", "turned", "expected"), [((2000, 1000), 1, (800, 400)), ((2000, 1000), 6, (800, 1600))]
)
def test_a_smaller_picture_has_its_width_upright(
    file_format: str, size: tuple[int, int], turned: int, expected: tuple[int, int]
) -> None:
    """The width that the page names, after turning; nothing of the camera in any format."""
    exif = phone_exif()
    exif[ORIENTATION] = turned
    taken = encode(draw(size), "JPEG", exif=exif)
    made = make_picture(taken, file_format, 800)
    assert look(made).size == expected
    assert find_size(taken) == (size if turned == 1 else size[::-1])
    assert (b"Exif" in made, b"M\xc3\xa1y" in made, dict(look(made).getexif())) == (False, False, {})


def test_a_page_knows_the_size_before_a_byte_is_loaded(tmp_path: Path) -> None:
    """Width and height as shown, AVIF before WebP before its own format, and no width beyond the picture's."""
    content = make_content(tmp_path)
    beside = content / "initiatives" / SLUG
    (beside / "ban-do.png").write_bytes(encode(draw((1000, 600)), "PNG"))
    site = make_site(content, tmp_path / "cache")
    initiative = next(one for one in site.expo.initiatives if one.slug == SLUG)
    cover, plan = show_pictures(site, initiative)
    assert (cover.width, cover.height, plan.width, plan.height) == (40, 80, 800, 480)
    folder = f"/sang-kien/{SLUG}"
    assert (plan.full.address, plan.fallback.address) == (f"{folder}/ban-do.png", f"{folder}/ban-do.800w.png")
    assert [(kind, [(file.address, file.width) for file in files]) for kind, files in plan.sources] == [
        (f"image/{kind}", [(f"{folder}/ban-do.{width}w.{kind}", width) for width in (400, 800, 1000)])
        for kind in ("avif", "webp")
    ]


@pytest.mark.slow
def test_a_build_publishes_the_files_where_its_pages_link_to(tmp_path: Path) -> None:
    """Every picture of a page is there, without the place it was taken at; two builds give the same bytes."""
    content = make_content(tmp_path)
    for name in ("one", "two"):
        assert main(["build", "--content", str(content), "--output", str(tmp_path / name), "--quiet"]) == 0
    folder = Path("sang-kien") / SLUG
    page = LexborHTMLParser((tmp_path / "one" / folder / "index.html").read_text("utf-8"))
    papers = page.css("a[href$='.pdf']")
    assert [(Path(str(one.attributes["href"])).name, "download" in one.attributes) for one in papers] == [
        ("van-ban.pdf", True)
    ]
    gallery = page.css_first(".gallery")
    assert gallery is not None
    sets = [part.split()[0] for node in gallery.css("source") for part in str(node.attributes["srcset"]).split(", ")]
    names = [*sets, *(str(node.attributes["src"]) for node in gallery.css("img"))]
    links = [str(node.attributes["href"]) for node in gallery.css("a")]
    linked = {(tmp_path / "one" / folder / name).resolve().name for name in (*names, *links)}
    assert [Path(link).name for link in links] == ["cong-mau.jpg", "ban-do.png"]
    assert {(node.attributes["width"], node.attributes["height"]) for node in gallery.css("img")} == {
        ("40", "80"), ("80", "40"),
    }  # fmt: skip
    assert look((tmp_path / "one" / folder / "cong-mau.jpg").read_bytes()).size == (40, 80)
    assert b"Exif" not in (tmp_path / "one" / folder / "cong-mau.jpg").read_bytes()
    published = sorted(path.name for path in (tmp_path / "one" / folder).iterdir())
    assert published == sorted({*linked, "index.html", "van-ban.pdf"})
    for name in published:
        assert (tmp_path / "one" / folder / name).read_bytes() == (tmp_path / "two" / folder / name).read_bytes()


def problems_of(content: Path) -> list[str]:
    """What `check` says in English."""
    from expo.pipeline import check_content

    checked = check_content(make_config(content=content, environment={}))
    return [format_problem(problem, "en") for problem in checked.problems]


def take_place_out(content: Path) -> None:
    """The content with a cover that tells nothing, for tests of other things."""
    (content / "initiatives" / SLUG / "cong-mau.jpg").write_bytes(encode(draw(), "JPEG"))


def test_a_file_too_heavy_is_refused(tmp_path: Path) -> None:
    """A PDF is published as it is, so ten megabytes are the end; a picture may have twenty-five."""
    content = make_content(tmp_path)
    take_place_out(content)
    beside = content / "initiatives" / SLUG
    (beside / "van-ban.pdf").write_bytes(PDF + b"\0" * 11_000_000)
    with (beside / "ban-do.png").open("ab") as file:
        file.write(b"\0" * 10_500_000)
    assert problems_of(content) == [
        f'content/{REPLY}:7: document.file: "van-ban.pdf" has 11.0 MB; at most 10 MB are allowed. Make it smaller'
    ]


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is as large as this; nothing of the picture is in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 4096)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def moving(file_format: str) -> bytes:
    """Two frames."""
    frame = Image.new("RGB", (80, 40), BLUE)
    return encode(draw(), file_format, save_all=True, append_images=[frame], duration=100)


UNUSABLE = " is not a usable JPEG, PNG or WebP picture: "
OTHER = UNUSABLE + "the file holds something else; save the picture again as JPEG or PNG"
CUT = UNUSABLE + "it is damaged or cut off; copy it once more"
LARGE = UNUSABLE + "it has over 25 million pixels; make it smaller"
MOVES = UNUSABLE + "it moves; choose the frame to show and save it as a still picture"
PLACE = (
    " says where it was taken. The site takes that out, but everybody can see the file in the repository: "
    "if the place is private, remove it from the file before you send it"
)
PRINT = (
    " has colours for print (CMYK). The site turns them into colours for screens, which may shift: "
    "look at the preview, or save it as RGB"
)
BAD_PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a page": (lambda: b"<!doctype html><script>alert(1)</script>", OTHER),
    "another format": (lambda: encode(draw(), "GIF"), OTHER),
    "nothing": (lambda: b"", OTHER),
    "cut off": (lambda: encode(draw((800, 400)), "JPEG")[:-900], CUT),
    "cut off PNG": (lambda: encode(draw((800, 400)), "PNG")[:-60], CUT),
    "26 million": (lambda: encode(Image.new("1", (5200, 5000)), "PNG"), LARGE),
    "a bomb": (lambda: bomb(60_000, 60_000), LARGE),
    "a bomb within bounds": (lambda: bomb(5000, 5000), CUT),
    "moving PNG": (lambda: moving("PNG"), MOVES),
    "moving WebP": (lambda: moving("WEBP"), MOVES),
    "with a place": (lambda: encode(draw(), "JPEG", exif=phone_exif()), PLACE),
    "for print": (lambda: encode(draw(mode="CMYK"), "JPEG"), PRINT),
    "a phone's double": (lambda: encode(draw(), "MPO", save_all=True, append_images=[draw()]), ""),
}


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_a_bad_picture_is_refused_or_reminded_of(tmp_path: Path, name: str) -> None:
    """Whatever its name says: file, line, field, what it is, and what to do. A reminder stops nothing."""
    content = make_content(tmp_path)
    make, expected = BAD_PICTURES[name]
    take_place_out(content)
    (content / "initiatives" / SLUG / "ban-do.png").write_bytes(make())
    mark = "(warning) " if expected in (PLACE, PRINT) else ""
    where = f"content/initiatives/{SLUG}.md:"
    found = [problem.removeprefix(where).split(": ", 1)[1] for problem in problems_of(content)]
    found = [problem for problem in found if "of another kind" not in problem]  # it is called .png in any case
    assert found == ([f'gallery[1].file: {mark}"ban-do.png"{expected}'] if expected else [])


def test_consent_lifts_the_reminder_of_a_place(tmp_path: Path) -> None:
    """Who agreed to be shown there need not be reminded; what else is said of a picture stays."""
    content = make_content(tmp_path)
    path = content / f"initiatives/{SLUG}.md"
    (content / "initiatives" / SLUG / "ban-do.png").write_bytes(encode(draw(mode="CMYK"), "JPEG"))
    assert [line.split('"')[2] for line in problems_of(content)] == [PLACE, PRINT, PLACE]
    path.write_text(path.read_text("utf-8").replace("related:", "consent: dong-y-2026-03.pdf\nrelated:"), "utf-8")
    assert [line.split('"')[2] for line in problems_of(content)] == [PRINT]


MEMORY = """
import sys
from dataclasses import replace
from pathlib import Path
from expo.cache import Cache
from expo.config import make_config
from expo.pipeline import check_content, make_expo
from expo.render.assets import Assets
from expo.render.pages import Site
from expo.render.pictures import picture_files
from expo.render.words import Words
content, cache = Path(sys.argv[1]), Path(sys.argv[2])
config = replace(make_config(content=content, environment={}), cache=cache)
checked = check_content(config)
print(*(f"{one.field} {one.code}" for one in checked.problems), sep="\\n")
if checked.expo is not None and not any(not one.is_warning for one in checked.problems):
    files = picture_files(Site(make_expo(checked), config, Words("vi"), Assets(), cache=Cache(cache)))
    print(*(len(file.content) > 100 for file in files if file.name == "cong-mau.jpg" and file.width in (0, 400)))
status = Path("/proc/self/status").read_text()  # not the usage of resource, which begins with what the parent had
print(status.split("VmHWM:")[1].split()[0], file=sys.stderr)
"""
MOST_MEMORY = (
    450  # megabytes of the whole process: 25 million pixels of three bytes, what is made of them, and the program
)


def run_measured(content: Path, cache: Path) -> tuple[list[str], float]:
    """Check the content and make its pictures in a process of its own: what it said, and megabytes at its peak."""
    command = [sys.executable, "-c", MEMORY, str(content), str(cache)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("\n")[:-1], int(done.stderr.split()[-1]) * 1024 / 1e6


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a program by itself")
@pytest.mark.parametrize("kind", ["photograph", "progressive CMYK", "PNG with transparency", "bombs"])
def test_the_largest_pictures_are_handled_in_bounded_memory(tmp_path: Path, kind: str) -> None:
    """25 megapixels of every costly kind become the published files; bombs are refused at the price of their head."""
    content = make_content(tmp_path)
    beside = content / "initiatives" / SLUG
    large = Image.linear_gradient("L").resize((5000, 5000))
    (beside / "ban-do.png").write_bytes(encode(draw(), "PNG"))
    if kind == "bombs":
        (beside / "cong-mau.jpg").write_bytes(bomb(60_000, 60_000))
        (beside / "ban-do.png").write_bytes(bomb(5000, 5001))
        said, peak = run_measured(content, tmp_path / "cache")
        assert said == [f"{field} not-a-picture" for field in ("cover.file", "gallery[1].file", "gallery[2].file")]
        print(f"{kind}: {peak:.0f} MB")
        assert peak < 150
        return
    if kind == "photograph":
        picture = encode(large.convert("RGB"), "JPEG", exif=phone_exif())
    elif kind == "progressive CMYK":
        picture = encode(large.convert("CMYK"), "JPEG", progressive=True)
    else:
        picture = encode(large.convert("RGBA"), "PNG", compress_level=1)
    (beside / "cong-mau.jpg").write_bytes(picture)
    said, peak = run_measured(content, tmp_path / "cache")
    reminder = {"photograph": "picture-tells-place", "progressive CMYK": "picture-for-print"}.get(kind)
    reminder = reminder or "picture-misnamed"  # a PNG, and called .jpg
    lines = [f"{field} {reminder}" for field in ("cover.file", "gallery[2].file")]
    assert said == [*lines, "True True True"]  # whole, AVIF and WebP
    print(f"{kind}: {peak:.0f} MB")
    assert peak < MOST_MEMORY


def pdf(*objects: bytes, end: bytes = b"%%EOF\n") -> bytes:
    """A PDF of these objects, without a table of where they are: nothing here looks for it."""
    whole = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.5\n" + whole + b"trailer\n<</Root 1 0 R>>\n" + end


def packed(objects: bytes, kind: bytes = b"/Type /ObjStm /N 1 /First 4") -> bytes:
    """A compressed stream."""
    data = zlib.compress(objects)
    return b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (kind, len(data), data)


ACT = b"<</S /JavaScript /JS (app.alert\\(1\\))>>"
PICTURE = b"<</Subtype /Image /Length 60>>\nstream\n/JS \x00/XF A/First/Laun ch" + bytes(40) + b"\nendstream"
ODD_PAPERS: dict[str, tuple[bytes, str]] = {
    "as office programs save it": (pdf(b"<</Type /Catalog /OpenAction [3 0 R /XYZ null null 0]>>", PICTURE), ""),
    "with an outline and packed objects": (pdf(packed(b"1 0 <</First 2 0 R>>"), b"<</First 4 0 R>>"), ""),
    "a link to a page": (pdf(b"<</S /URI /URI (https://example.vn)>>"), ""),
    "blanks behind": (pdf(b"<<>>", end=b"%%EOF\n" + b"\0" * 500), ""),
    "a page": (b"<html>" + pdf(b"<<>>"), "it holds no PDF"),
    "a program": (b"MZ" + bytes(200), "it holds no PDF"),
    "cut off": (pdf(b"<<>>")[:-12], "the PDF is damaged or cut off"),
    "much behind": (pdf(b"<<>>") + b"<p>" * 2000, "the PDF is damaged or cut off"),
    "an archive behind": (pdf(b"<<>>", end=b"PK\x05\x06" + bytes(18) + b"%%EOF"), "an archive is behind it"),
    "locked": (pdf(b"<</Encrypt 2 0 R>>"), "the PDF is locked"),
    "a script": (pdf(b"<</OpenAction " + ACT + b">>"), "it has /JavaScript"),
    "a script, spelled otherwise": (pdf(ACT.replace(b"/JavaScript", b"/J#61vaScrip#74")), "it has /JavaScript"),
    "a script in packed objects": (pdf(packed(b"1 0 " + ACT)), "it has /JavaScript"),
    "a script in objects that don't say so": (pdf(packed(b"1 0 " + ACT, b"/N 1 /First 4")), "it has /JavaScript"),
    "objects packed in another way": (pdf(b"<</Type /ObjStm>>\nstream\n~>\nendstream"), "it is packed oddly"),
    "objects that swell": (pdf(packed(bytes(31_000_000))), "it is packed oddly"),
    "a program to start": (pdf(b"<</S /Launch /F (cmd.exe)>>"), "it has /Launch"),
    "a file inside": (pdf(b"<</Type /EmbeddedFile>>"), "it has /EmbeddedFile"),
}


@pytest.mark.parametrize("name", ODD_PAPERS)
def test_a_paper_that_does_more_than_show_itself_is_refused(tmp_path: Path, name: str) -> None:
    """Scripts, programs, files inside, wherever a reader finds them; what honest programs write passes."""
    content = make_content(tmp_path)
    data, expected = ODD_PAPERS[name]
    take_place_out(content)
    (content / "initiatives" / SLUG / "van-ban.pdf").write_bytes(data)
    found = problems_of(content)
    assert len(found) == bool(expected)
    assert all(f'document.file: "van-ban.pdf" cannot be used: {expected}' in problem for problem in found)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_picture_that_may_not_be_read_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason, on the line that names the file."""
    content = make_content(tmp_path)
    take_place_out(content)
    is_open = os.open

    def refuse(path: Any, *others: Any, **named: Any) -> int:
        if str(path).endswith("ban-do.png"):
            raise PermissionError(13, "Permission denied")
        return is_open(path, *others, **named)

    monkeypatch.setattr(os, "open", refuse)  # root may read everything
    (found,) = problems_of(content)
    assert found.endswith('gallery[1].file: "ban-do.png" cannot be read: Permission denied. Look at its permissions')


def test_a_picture_of_thousands_of_scans_is_refused_undecoded(tmp_path: Path) -> None:
    """Each scan of a progressive JPEG goes over the whole picture: 200 KB of them would take minutes."""
    content = make_content(tmp_path)
    take_place_out(content)
    whole = encode(draw((800, 400)), "JPEG", progressive=True)
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    (content / "initiatives" / SLUG / "cong-mau.jpg").write_bytes(whole[:-2] + scan * 120 + whole[-2:])
    assert [problem.split("picture: ")[1] for problem in problems_of(content)] == [CUT.split("picture: ")[1]] * 2


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (1, 16_000), (16_000, 1)])
def test_every_shape_that_is_accepted_can_be_published(tmp_path: Path, size: tuple[int, int], file_format: str) -> None:
    """The check promises what the making of the smaller ones keeps."""
    content = make_content(tmp_path)
    (content / "initiatives" / SLUG / "cong-mau.jpg").write_bytes(encode(Image.new("RGB", size, RED), file_format))
    assert not [problem for problem in problems_of(content) if "(warning)" not in problem]
    files = picture_files(make_site(content, tmp_path / "cache"))
    assert all(look(file.content).size for file in files if file.name == "cong-mau.jpg")


def test_only_regular_files_of_the_folder_are_read(tmp_path: Path) -> None:
    """No link, no pipe, no folder, no way up or out."""
    content = make_content(tmp_path)
    beside = content / "initiatives" / SLUG
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    (beside / "link.png").symlink_to(secret)
    (beside / "folder.png").mkdir()
    os.mkfifo(beside / "pipe.png")
    (content / "initiatives" / "linked").symlink_to(beside, target_is_directory=True)
    assert read_file_beside(content, SLUG, "van-ban.pdf") == PDF
    for slug, name in ((SLUG, "link.png"), (SLUG, "folder.png"), (SLUG, "pipe.png"), ("linked", "van-ban.pdf")):
        with pytest.raises(OSError, match="not a regular file"):
            read_file_beside(content, slug, name)
    for slug, name in ((SLUG, "../../retired.yaml"), ("..", "retired.yaml"), (SLUG, ".."), ("", "x"), (SLUG, "a\\b")):
        with pytest.raises(ValueError, match="not a file beside"):
            read_file_beside(content, slug, name)
    with pytest.raises(FileNotFoundError):
        read_file_beside(content, SLUG, "missing.png")
