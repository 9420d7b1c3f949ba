"""Pictures and scans that exhibits name → the files that visitors get, at /sang-kien/<slug>/<name>.

In: a Site. Out: PictureFile values, whose bytes are made ahead (ahead.py), or else when they are written. A picture is
turned upright, made small enough for a screen and encoded anew in the format of its name, without place, camera,
comment or colour profile, and beside that in a few widths as AVIF and WebP (`name.800w.avif`: no contributor's name
has two dots); a PDF stays as it is. validate/ has looked at every file: one that can't be decoded is our own failure.
Made pictures stay in the cache under a hash of all they come from; those of pictures that are gone are not cleared.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expo.model import Initiative
from expo.model import Picture as Named
from expo.progress import making
from expo.read.pictures import read_file_beside
from expo.validate.pictures import MAXIMUM_PIXELS, PICTURE_FORMATS

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from expo.render.pages import Site

LONGEST_SIDE = 1600  # pixels: twice the widest column, for screens of double density
WIDTHS = (400, 800, 1600)  # a phone's column, the same on a dense screen, the whole screen
FALLBACK_WIDTH = 800  # of the one in its own format, for browsers that know neither of the others
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF"}
MODERN = (".avif", ".webp")  # the smaller first: a browser takes the first that it knows
SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 80, "method": 4},
    "AVIF": {"quality": 58, "speed": 6, "max_threads": 1},  # more threads, and the bytes would depend on the machine
}
TURNED = (5, 6, 7, 8)  # orientations that exchange width and height
PLAIN_MODES = ("L", "RGB", "LA", "RGBA")


class PictureTooLarge(Exception):
    """More pixels than validate/ lets through."""


@dataclass(frozen=True)
class PictureFile:
    """A file like `pages.File`, but its bytes are made when asked for and not held: there may be thousands."""

    site: Site
    slug: str
    name: str
    width: int = 0  # of a smaller one; 0 for the picture under its own name
    ending: str = ""  # of a smaller one

    @property
    def address(self) -> str:
        """Where the templates link to."""
        name = f"{Path(self.name).stem}.{self.width}w{self.ending}" if self.width else self.name
        return f"/sang-kien/{self.slug}/{name}"

    @property
    def content(self) -> bytes:
        """What visitors get. Raises OSError if the file is gone since it was checked."""
        data = self._read()
        if self._ending not in FORMATS:
            return data
        cache, kept_as = self.site.cache, self._kept_as(data)
        content = cache.read(kept_as) if cache else None
        if content is None:
            with making(self.address):
                content = make_picture(data, FORMATS[self._ending], self.width)
            if cache:
                cache.keep(kept_as, content)
        return content

    @property
    def is_kept(self) -> bool:
        """Whether the cache has it, or it stays as it is."""
        cache = self.site.cache
        return cache is None or self._ending not in FORMATS or cache.read(self._kept_as(self._read())) is not None

    @property
    def _ending(self) -> str:
        return self.ending or Path(self.name).suffix

    def _read(self) -> bytes:
        return read_file_beside(self.site.config.content, self.slug, self.name)

    def _kept_as(self, data: bytes) -> str:
        return f"picture-{_hash_of(f'{self.width}{self._ending}', data)}"


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: size known before a byte of it is loaded, and files to choose from."""

    picture: Named
    full: PictureFile
    fallback: PictureFile
    sources: tuple[tuple[str, tuple[PictureFile, ...]], ...]  # media type, files by width
    width: int
    height: int


def picture_files(site: Site) -> list[PictureFile]:
    """Every file that a shown exhibit or one of its replies names, each once, and the smaller ones of its pictures."""
    files: dict[str, PictureFile] = {}
    for initiative in site.expo.initiatives:
        for name in _names_of(initiative):
            files.setdefault(f"{initiative.slug}/{name}", PictureFile(site, initiative.slug, name))
        for shown in show_pictures(site, initiative):
            for file in (shown.fallback, *(file for _, several in shown.sources for file in several)):
                files.setdefault(file.address, file)
    return list(files.values())


def show_pictures(site: Site, initiative: Initiative) -> tuple[Shown, ...]:
    """Cover and gallery, in that order, a picture named twice only once."""
    named = ((initiative.cover,) if initiative.cover else ()) + initiative.gallery
    once = {picture.file: picture for picture in reversed(named)}
    return tuple(_show(site, initiative.slug, once[name]) for name in dict.fromkeys(one.file for one in named))


def _show(site: Site, slug: str, picture: Named) -> Shown:
    from PIL import features

    full = PictureFile(site, slug, picture.file)
    width, height = find_size(read_file_beside(site.config.content, slug, picture.file))
    widths = sorted({min(one, width) for one in WIDTHS})
    endings = [ending for ending in MODERN if features.check(ending[1:])]
    sources = tuple(
        (f"image/{ending[1:]}", tuple(PictureFile(site, slug, picture.file, one, ending) for one in widths))
        for ending in endings
    )
    shown_at = min(FALLBACK_WIDTH, width)
    fallback = PictureFile(site, slug, picture.file, shown_at, Path(picture.file).suffix)
    return Shown(picture, full, fallback, sources, shown_at, max(1, round(height * shown_at / width)))


def find_size(data: bytes) -> tuple[int, int]:
    """Width and height of a picture as it is shown, upright; nothing is decoded but its head."""
    from PIL import ExifTags, Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which nobody will see
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=PICTURE_FORMATS) as picture:
            turned = picture.getexif().get(ExifTags.Base.Orientation) in TURNED
            return (picture.height, picture.width) if turned else picture.size


def _names_of(initiative: Initiative) -> Iterator[str]:
    if initiative.cover:
        yield initiative.cover.file
    for picture in initiative.gallery:
        yield picture.file
    if initiative.endorsement:
        yield initiative.endorsement.scan
    for reply in initiative.replies:
        if reply.document_file:
            yield reply.document_file


def _hash_of(ending: str, data: bytes) -> str:
    """Of the picture, of the code that makes another of it, and of the library that does the work."""
    from PIL import __version__

    code = Path(__file__).read_bytes()
    return hashlib.sha256(b"\0".join((code, __version__.encode(), ending.encode(), data))).hexdigest()


def make_picture(data: bytes, file_format: str, width: int = 0) -> bytes:
    """A picture for visitors: upright, small, sRGB, nothing but pixels. Same bytes in, same bytes out.

    No side is longer than LONGEST_SIDE; with a width, the picture has that width, be it as high as it is.
    """
    from PIL import ExifTags, Image, ImageOps  # only where there is a picture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which nobody will see
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=PICTURE_FORMATS) as source:  # of an animation, the first frame
            if source.width * source.height > MAXIMUM_PIXELS:
                raise PictureTooLarge(f"{source.width} × {source.height}")
            profile = source.info.get("icc_profile")
            picture: Picture = source
            if picture.mode not in (*PLAIN_MODES, "CMYK"):
                picture = _make_plain(picture)
            turned = picture.getexif().get(ExifTags.Base.Orientation) in TURNED
            picture.thumbnail(_bounds(picture.size, width, turned), Image.Resampling.LANCZOS)
            picture = _make_srgb(ImageOps.exif_transpose(picture), profile)
    if file_format == "JPEG" and picture.mode in ("LA", "RGBA"):
        picture = _lay_on_white(picture)
    picture.info = {}  # comments and the like, which some encoders write of their own accord
    target = io.BytesIO()
    picture.save(target, file_format, **SAVING[file_format])
    return target.getvalue()


def _bounds(size: tuple[int, int], width: int, turned: bool) -> tuple[int, int]:
    """What a picture must fit into before it is turned upright."""
    if not width:
        return LONGEST_SIDE, LONGEST_SIDE
    return (size[0], width) if turned else (width, size[1])


def _make_plain(picture: Picture) -> Picture:
    """Palettes, bits and deep greys as one of PLAIN_MODES, so that they scale smoothly."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at 255
        plain = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        plain.info = picture.info
        return plain
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _make_srgb(picture: Picture, profile: bytes | None) -> Picture:
    """Colours as they were meant, without the profile; a profile that does not fit is passed over, as viewers do."""
    from PIL import ImageCms

    if profile and picture.mode != "LA":
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            made = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, made, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture if picture.mode in PLAIN_MODES else picture.convert("RGB")


def _lay_on_white(picture: Picture) -> Picture:
    """JPEG knows no transparency."""
    from PIL import Image

    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("RGB")
