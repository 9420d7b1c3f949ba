"""Pictures and scans that a file names: they are there, regular, and what their name says.

In: raw documents. Out: Problems. Pictures are decoded by Pillow within bounds; their publication (sizes, formats) is
another room's, which cleans what is only reminded of here. A name of the wrong form is passed over: field_values.py
has complained of it.
"""

from __future__ import annotations

import stat
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path

from expo.field_types import SCAN_ENDINGS, SLUG_PATTERN
from expo.problems import Problem
from expo.read import RawDocument
from expo.read.yaml_values import ValuePath
from expo.validate.field_values import nearest_word
from expo.validate.rules import Complaints, grouped, listed

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
MAXIMUM_PIXELS = 25_000_000
MEGABYTE = 1_000_000
MAXIMUM_PICTURE = 25  # megabytes: what code hosts take in the browser
MAXIMUM_PDF = 10  # megabytes: visitors on phones get it as it is
# Why, and what to do; at most 80 characters, as problems shorten values.
NO_PICTURE = (
    "nội dung của tệp là thứ khác; mở ảnh gốc rồi lưu lại thành JPEG hoặc PNG",
    "the file holds something else; save the picture again as JPEG or PNG",
)
DAMAGED = ("ảnh hỏng hoặc bị cắt ngang; chép lại từ nơi đã lấy", "it is damaged or cut off; copy it once more")
TOO_MANY_PIXELS = ("quá 25 triệu điểm ảnh; thu nhỏ lại", "it has over 25 million pixels; make it smaller")
MOVING = (
    "ảnh động; chọn khung hình muốn hiện rồi lưu thành ảnh tĩnh",
    "it moves; choose the frame to show and save it as a still picture",
)
PDF_MARK = b"%PDF-"


def check_pictures(document: RawDocument, owner: RawDocument) -> list[Problem]:
    """Complain of every picture or scan that is missing or not what it should be. They lie beside the owner's file."""
    complaints = Complaints(document)
    folder = owner.path.parent / owner.slug
    looked_at: dict[str, tuple[tuple[str, str] | None, list[str]]] = {}
    for where, name in _named_files(document):
        path = folder / name
        if not _is_regular(path):
            shown = f"{owner.shown.removesuffix('.md')}/"
            complaints.add(where, "missing-picture", value=name, folder=shown, suggestion=_nearest_file(folder, name))
            continue
        limit = MAXIMUM_PDF if path.suffix == ".pdf" else MAXIMUM_PICTURE
        if (size := path.stat().st_size) > limit * MEGABYTE:
            size_shown = f"{size / MEGABYTE:.1f}"
            complaints.add(where, "picture-too-heavy", value=name, size=size_shown, limit=limit)
        elif path.suffix == ".pdf":
            if not _is_pdf(path):
                complaints.add(where, "not-a-scan", value=name)
        else:
            if name not in looked_at:
                looked_at[name] = _look_at_picture(path)
            fault, reminders = looked_at[name]
            if fault:
                complaints.add(where, "not-a-picture", value=name, detail=fault[0], detail_en=fault[1])
            for code in reminders:
                complaints.add(where, code, warning=True, value=name)
    return complaints.problems


def _named_files(document: RawDocument) -> Iterator[tuple[ValuePath, str]]:
    """Where a file is named, and its name, of an initiative or a reply; only names that stay in the folder."""
    values = grouped(document.values)
    named: list[tuple[ValuePath, object]] = [
        ((holder, key), grouped(values.get(holder)).get(key))
        for holder, key in (("cover", "file"), ("endorsement", "scan"), ("document", "file"))
    ]
    for index, picture in enumerate(listed(values.get("gallery"))):
        named.append((("gallery", index, "file"), grouped(picture).get("file")))
    for where, name in named:
        if isinstance(name, str) and _is_plain_name(name):
            yield where, name


def _is_plain_name(name: str) -> bool:
    stem, dot, ending = name.rpartition(".")
    return bool(SLUG_PATTERN.fullmatch(stem)) and dot + ending in SCAN_ENDINGS


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PDF_MARK)) == PDF_MARK


def _nearest_file(folder: Path, name: str) -> str:
    return nearest_word(name, [path.name for path in sorted(folder.iterdir())]) if folder.is_dir() else ""


def _look_at_picture(path: Path) -> tuple[tuple[str, str] | None, list[str]]:
    """Why a file is no usable picture, Vietnamese and English, if so; and codes of what its sender should know."""
    from PIL import ExifTags, Image, UnidentifiedImageError  # only where there is a picture to look at

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=PICTURE_FORMATS) as picture:
                if picture.width * picture.height > MAXIMUM_PIXELS:
                    return TOO_MANY_PIXELS, []
                # A phone's double picture (MPO) calls itself animated too, and is not.
                if picture.format in ("PNG", "WEBP") and getattr(picture, "is_animated", False):
                    return MOVING, []
                picture.draft(None, (1, 1))  # a JPEG is read to its end all the same, but laid out at an eighth
                picture.load()
                tells_place = bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
                is_for_print = picture.mode == "CMYK"
    except UnidentifiedImageError:
        return NO_PICTURE, []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_MANY_PIXELS, []
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):  # what Pillow's readers raise at broken files
        return DAMAGED, []
    found = (("picture-tells-place", tells_place), ("picture-for-print", is_for_print))
    return None, [code for code, is_so in found if is_so]
