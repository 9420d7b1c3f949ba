"""A PDF as a scan of a paper should be: whole, and nothing in it that does something when it is opened.

In: the bytes of a file, whatever its name says. Out: why it is not published, Vietnamese and English, or None. The site
serves PDFs as they are, as downloads; nothing here draws or repairs one. Names are looked for in the plain parts, also
where their letters are written as #61, and in compressed object streams. Known weakness: whatever is compressed in
another way is refused rather than looked into, and text inside other streams is not looked at, where no reader runs it.
"""

from __future__ import annotations

import re
import zlib

Reason = tuple[str, str]

MARK, LAST_MARK = b"%PDF-", b"%%EOF"
END = 1024  # bytes: how far from the end readers look for the last mark
ARCHIVE_END = b"PK\x05\x06"  # Office files and archives end in it, whatever they begin with
ARCHIVE_COMMENT = 65_557  # bytes: how far from the end it may stand
LARGEST_OBJECTS = 30_000_000  # bytes of all object streams together when unpacked; a scan of 100 pages has under one
# Why, and what to do; at most 80 characters, as problems shorten values.
NO_PDF = ("nội dung không phải PDF; lưu lại thành PDF, hoặc chụp thành ảnh", "it holds no PDF; save it as PDF")
CUT_OFF = ("PDF hỏng hoặc bị cắt ngang; chép lại từ nơi đã lấy", "the PDF is damaged or cut off; copy it once more")
LOCKED = ("PDF có mật khẩu hoặc bị khóa; lưu lại bản không khóa", "the PDF is locked; save it without a password")
TWO_FACED = ("trong PDF có thêm tệp nén; in lại thành PDF mới", "an archive is behind it; print it to a new PDF")
TOO_ODD = ("PDF nén khác thường, không xem được; in lại thành PDF mới", "it is packed oddly; print it to a new PDF")
ACTIVE = ("PDF có {name}: chạy được khi mở; in lại thành PDF mới", "it has {name}, which acts; print it to a new PDF")


def _name_pattern(*names: str) -> re.Pattern[bytes]:
    """PDF names, any letter of which may be written as `#` and two hexadecimal digits; not as part of a longer name."""
    spelled = ["".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name) for name in names]
    return re.compile(f"/({'|'.join(spelled)})(?![A-Za-z0-9#])".encode())


ACTIVE_NAMES = _name_pattern(
    "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData", "GoToE",
    "Rendition", "XFA",
)  # fmt: skip
LOCK = _name_pattern("Encrypt")
OBJECTS = _name_pattern("ObjStm", "First")  # some readers do without the first; a table of contents needs no stream
STREAM = re.compile(rb"(?<!end)stream\r?\n")


def find_fault(data: bytes) -> Reason | None:
    """Why visitors do not get this file; None if they may."""
    if not data.startswith(MARK):
        return NO_PDF
    if LAST_MARK not in data[-END:]:
        return CUT_OFF
    if ARCHIVE_END in data[-ARCHIVE_COMMENT:]:
        return TWO_FACED
    if LOCK.search(data):
        return LOCKED
    if match := ACTIVE_NAMES.search(data):
        return _name_fault(match)
    return _find_in_objects(data)


def _name_fault(match: re.Match[bytes]) -> Reason:
    name = re.sub(rb"#(..)", lambda code: bytes([int(code[1], 16)]), match[0]).decode("ascii", "replace")
    return ACTIVE[0].format(name=name), ACTIVE[1].format(name=name)


def _find_in_objects(data: bytes) -> Reason | None:
    left, before, whole = LARGEST_OBJECTS, 0, memoryview(data)
    for match in STREAM.finditer(data):
        dictionary = data[max(before, match.start() - 2_000) : match.start()]
        before = match.end()
        dictionary = dictionary[dictionary.rfind(b"obj") + 1 :]
        if not OBJECTS.search(dictionary):
            continue
        try:
            unpacker = zlib.decompressobj()
            objects = unpacker.decompress(whole[match.end() :], left)
        except zlib.error:
            return TOO_ODD
        left -= len(objects)
        if left <= 0 or unpacker.unconsumed_tail:
            return TOO_ODD
        if found := ACTIVE_NAMES.search(objects):
            return _name_fault(found)
    return None
