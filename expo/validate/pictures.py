"""Pictures and scans that a file names: they are there, regular, and what their name says.

In: an initiative's typed fields and its document. Out: Problems. Pictures are decoded by Pillow within bounds; their
publication (sizes, formats) is another room's.
"""

from __future__ import annotations

import stat
import warnings
from collections.abc import Iterator
from pathlib import Path

from expo.fields import InitiativeFields
from expo.read.yaml_values import ValuePath
from expo.validate.records import Complaints

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
MAXIMUM_PIXELS = 25_000_000
PDF_MARK = b"%PDF-"


def check_pictures(fields: InitiativeFields, complaints: Complaints) -> None:
    """Complain of every picture or scan that is missing or not what it should be."""
    document = complaints.document
    folder = document.path.parent / document.slug
    for where, name in _named_files(fields):
        path = folder / name
        if not _is_regular(path):
            shown = f"{Path(document.shown).parent.as_posix()}/{document.slug}/"
            complaints.add(where, "missing-picture", value=name, folder=shown, suggestion=_nearest_file(folder, name))
        elif path.suffix == ".pdf":
            if path.read_bytes()[: len(PDF_MARK)] != PDF_MARK:
                complaints.add(where, "not-a-scan", value=name)
        elif detail := _fault_of_picture(path):
            complaints.add(where, "not-a-picture", value=name, detail=detail)


def _named_files(fields: InitiativeFields) -> Iterator[tuple[ValuePath, str]]:
    if fields.cover:
        yield ("cover", "file"), fields.cover.file
    for index, picture in enumerate(fields.gallery):
        yield ("gallery", index, "file"), picture.file
    if fields.endorsement:
        yield ("endorsement", "scan"), fields.endorsement.scan


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _nearest_file(folder: Path, name: str) -> str:
    from expo.validate.field_values import nearest_word

    return nearest_word(name, [path.name for path in sorted(folder.iterdir())]) if folder.is_dir() else ""


def _fault_of_picture(path: Path) -> str:
    """Why a file is no usable picture; "" if it is one."""
    from PIL import Image  # only where there is a picture to look at

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=PICTURE_FORMATS) as picture:
                if picture.width * picture.height > MAXIMUM_PIXELS:
                    return f"{picture.width} × {picture.height} px > {MAXIMUM_PIXELS:,} px"
                picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        return str(error).split("'")[0].strip() or type(error).__name__
    return ""
