"""Pictures and scans beside exhibits: those that a file names are there, and each is what its name says.

In: raw documents, and what else lies in their folders. Out: Problems. Pictures are decoded by Pillow within bounds;
their publication (sizes, formats) is another room's, which cleans what is only reminded of here. A file that nothing
names is looked at too, as everybody can see it in the repository. A name of the wrong form is passed over:
field_values.py has complained of it.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from expo.names import SCAN_ENDINGS, SLUG_PATTERN
from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.documents import hash_reference
from expo.read.files import FileTooLarge
from expo.read.pictures import MEGABYTE, read_file_beside
from expo.read.values import ValuePath
from expo.validate import papers
from expo.validate.memory import Memory
from expo.validate.rules import Complaints, grouped, listed
from expo.validate.slips import nearest_word

ENDINGS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}
PAPER = ".pdf"
PICTURE_FORMATS = tuple(ENDINGS)
MAXIMUM_PIXELS = 25_000_000
LONGEST_SIDE = 16_000  # pixels: WebP ends at 16,383, and every picture is also published as one
MOST_SCANS = 100  # in a JPEG: a progressive one has about ten; with thousands, a small file takes minutes to decode
JPEG_SCAN = b"\xff\xda"  # inside a scan such bytes never stand together
MAXIMUM_PICTURE = 25  # megabytes: what code hosts take in the browser
MAXIMUM_PDF = 10  # megabytes: visitors on phones get it as it is
# Why, and what to do; at most 80 characters, as problems shorten values.
NO_PICTURE = (
    "nội dung của tệp là thứ khác; mở ảnh gốc rồi lưu lại thành JPEG hoặc PNG",
    "the file holds something else; save the picture again as JPEG or PNG",
)
DAMAGED = ("ảnh hỏng hoặc bị cắt ngang; chép lại từ nơi đã lấy", "it is damaged or cut off; copy it once more")
TOO_MANY_PIXELS = ("quá 25 triệu điểm ảnh; thu nhỏ lại", "it has over 25 million pixels; make it smaller")
TOO_LONG = ("một cạnh dài hơn 16.000 điểm ảnh; cắt bớt", "one side is over 16,000 pixels; cut it")
MOVING = (
    "ảnh động; chọn khung hình muốn hiện rồi lưu thành ảnh tĩnh",
    "it moves; choose the frame to show and save it as a still picture",
)


Fault: TypeAlias = tuple[str, bool, dict[str, object]]  # its code, whether it is a mere reminder, its sentence's values


class Pictures:
    """The files beside exhibits, each decoded once, however many name it; a good one not again in later runs."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._looks: dict[Path, list[Fault]] = {}
        self._misspelt: set[Path] = set()  # folders of which something was named that is not there

    def check_named(self, document: RawDocument, owner: RawDocument, *, may_tell_place: bool) -> list[Problem]:
        """Complain of every file that a document names and that is missing or not what it should be.

        They lie beside the owner's file.
        """
        named = list(_named_files(document))
        if not named:
            return []
        complaints = Complaints(document)
        folder = owner.path.parent / owner.slug
        for where, name in named:
            if not _lies_there(path := folder / name):
                shown = f"{owner.shown.removesuffix('.md')}/"
                nearest = _nearest_file(folder, name)
                self._misspelt.add(folder)
                complaints.add(where, "missing-picture", value=name, folder=shown, suggestion=nearest)
                continue
            for code, is_reminder, values in self._look_at(path):
                if code == "picture-tells-place" and may_tell_place:
                    continue
                complaints.add(where, code, warning=is_reminder, value=name, **values)
        return complaints.problems

    def check_others(self, files: Iterable[Path], content: Path, kept: Container[str] | None) -> list[Problem]:
        """The same of files that nothing names; a reminder of each, but for names in `kept`. None: it can't be told.

        Names are kept as hashes (documents.hash_reference).
        """
        problems = []
        for path in files:
            if path in self._looks:
                continue
            shown = f"{content.name}/{path.relative_to(content).as_posix()}"
            found = self._look_at(path)
            is_known = kept is None or hash_reference(path.name) in kept or path.parent in self._misspelt
            if not is_known and all(is_reminder for _, is_reminder, _ in found):
                found = [*found, ("file-of-nobody", True, {})]
            for code, is_reminder, values in found:
                problems.append(make_problem(shown, 1, "", code, warning=is_reminder, value=path.name, **values))
        return problems

    def _look_at(self, path: Path) -> list[Fault]:
        """Codes of what is wrong, whether each is a mere reminder, and what its sentence needs."""
        if path not in self._looks:
            self._looks[path] = self._look_inside(path)
        return self._looks[path]

    def _look_inside(self, path: Path) -> list[Fault]:
        data = _read_within_bounds(path)
        if not isinstance(data, bytes):
            return [data]
        key = f"picture {path.suffix} {hashlib.sha256(data).hexdigest()}"
        faults = self._memory.recall(key, lambda: list(_find_faults(data, path.suffix)), _is_lasting)
        return [(code, is_reminder, values) for code, is_reminder, values in faults]


def _is_lasting(faults: Iterable[Fault]) -> bool:
    """Whether a file would be judged so again: that it can't be decoded may come of a machine that had no memory."""
    return all(is_reminder for _, is_reminder, _ in faults)


def _read_within_bounds(path: Path) -> bytes | Fault:
    limit = MAXIMUM_PDF if path.suffix == PAPER else MAXIMUM_PICTURE
    try:
        data = read_file_beside(path.parents[2], path.parent.name, path.name)
        if len(data) > limit * MEGABYTE:
            raise FileTooLarge(path, len(data))
    except FileTooLarge as error:
        return "picture-too-heavy", False, {"size": f"{error.size / MEGABYTE:.1f}", "limit": limit}
    except OSError as error:
        return "file-unreadable", False, {"detail": error.strerror}
    return data


def _find_faults(data: bytes, ending: str) -> Iterator[Fault]:
    if ending == PAPER:
        if fault := papers.find_fault(data):
            yield "not-a-scan", False, {"detail": fault[0], "detail_en": fault[1]}
        return
    fault, reminders = look_at_picture(data, ending)
    if fault:
        yield "not-a-picture", False, {"detail": fault[0], "detail_en": fault[1]}
    for code in reminders:
        yield code, True, {}


HOLDERS = (("cover", "file"), ("endorsement", "scan"), ("document", "file"))


def _named_files(document: RawDocument) -> Iterator[tuple[ValuePath, str]]:
    """Where a file is named, and its name, of an initiative or a reply; only names that stay in the folder."""
    values = grouped(document.values)
    named: list[tuple[ValuePath, object]] = [
        ((holder, key), grouped(values[holder]).get(key)) for holder, key in HOLDERS if holder in values
    ]
    for index, picture in enumerate(listed(values.get("gallery"))):
        named.append((("gallery", index, "file"), grouped(picture).get("file")))
    for where, name in named:
        if isinstance(name, str) and _is_plain_name(name):
            yield where, name


def _is_plain_name(name: str) -> bool:
    stem, dot, ending = name.rpartition(".")
    return bool(SLUG_PATTERN.fullmatch(stem)) and dot + ending in SCAN_ENDINGS


def _lies_there(path: Path) -> bool:
    """Something of that name; what it is has been looked at by read/."""
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _nearest_file(folder: Path, name: str) -> str:
    """One that can be named as it is: of the others is told where they lie."""
    if not folder.is_dir():
        return ""
    return nearest_word(name, [path.name for path in sorted(folder.iterdir()) if _is_plain_name(path.name)])


def look_at_picture(data: bytes, ending: str) -> tuple[tuple[str, str] | None, list[str]]:
    """Why a file is no usable picture, Vietnamese and English, if so; and codes of what its sender should know."""
    from PIL import ExifTags, Image, UnidentifiedImageError  # only where there is a picture to look at

    if data.count(JPEG_SCAN) > MOST_SCANS and data.startswith(b"\xff\xd8"):
        return DAMAGED, []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which nobody will see
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=PICTURE_FORMATS) as picture:
                if picture.width * picture.height > MAXIMUM_PIXELS:
                    return TOO_MANY_PIXELS, []
                if max(picture.size) > LONGEST_SIDE:
                    return TOO_LONG, []
                # A phone's double picture (MPO) calls itself animated too, and is not.
                if picture.format in ("PNG", "WEBP") and getattr(picture, "is_animated", False):
                    return MOVING, []
                picture.draft(None, (1, 1))  # a JPEG is read to its end all the same, but laid out at an eighth
                picture.load()
                tells_place = bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
                is_for_print = picture.mode == "CMYK"
                is_misnamed = ending not in ENDINGS["JPEG" if picture.format == "MPO" else str(picture.format)]
    except UnidentifiedImageError:
        return NO_PICTURE, []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_MANY_PIXELS, []
    except Exception:  # Pillow's readers raise whatever comes of damaged bytes: SyntaxError, struct.error, TypeError …
        return DAMAGED, []
    found = (
        ("picture-tells-place", tells_place),
        ("picture-for-print", is_for_print),
        ("picture-misnamed", is_misnamed),
    )
    return None, [code for code, is_so in found if is_so]
