"""THE table of the content model: every field's name, type, whether it is required, label, help and example.

In: nothing. Out: pydantic classes from which come validation, the JSON Schema (schema/), the field docs
(docs/fields.md), the file that `new` writes and the wording of messages. Meaning across fields and records (sources
cited, ids used once) is validate/'s. Scalars arrive as text, as the reader leaves them; they are typed here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from expo.field_types import (
    Address,
    AnyInitiativeId,
    DateOrPeriod,
    DateOrUnknown,
    DatePart,
    Day,
    Flag,
    InitiativeId,
    InVocabulary,
    IsoDay,
    Items,
    NotInFuture,
    Number,
    PictureName,
    Reference,
    ScanName,
    Slug,
    SourceKey,
    Text,
)


@dataclass(frozen=True, slots=True)
class Says:
    """What people read about a field: label, example and help, Vietnamese first."""

    vi: str
    en: str
    example: str
    help_vi: str = ""
    help_en: str = ""


class Fields(BaseModel):
    """Base of every table: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def drop_blanks(cls, values: Any) -> Any:
        """A line left blank is a line left out, save where the field must be there: then null says "unknown"."""
        if not isinstance(values, dict):
            return values
        if None not in values.values():
            return values
        return {name: value for name, value in values.items() if value is not None or name not in _list_optional(cls)}


@cache
def _list_optional(table: type[Fields]) -> frozenset[str]:
    return frozenset(name for name, field in table.model_fields.items() if not field.is_required())


def length(least: int, most: int) -> object:
    """Bounds of a text in characters, or of a list in items."""
    return Field(min_length=least, max_length=most)


class ProposerFields(Fields):
    """Who proposed the initiative."""

    type: Annotated[str, InVocabulary("proposers"), Says("Loại", "Type", "citizen")]
    name: Annotated[
        Text,
        length(2, 240),
        Says("Tên", "Name", '"UBND phường An Khê"', "Không nêu tên người dân khi chưa có đồng ý bằng văn bản.",
             "Never a private person's name without written consent."),
    ]  # fmt: skip
    note: Annotated[Text | None, length(2, 400), Says("Ghi chú", "Note", '"Phối hợp với VNPT"')] = None


class SourceFields(Fields):
    """A published source. Figures, replies and footnotes cite its key."""

    key: Annotated[SourceKey, length(1, 40), Says("Khóa", "Key", "hue_tth", "Viết [^hue_tth] trong bài để dẫn nguồn này.",
                                                  "Write [^hue_tth] in the text to cite it.")]  # fmt: skip
    title: Annotated[Text, length(2, 300), Says("Tiêu đề", "Title", '"Giao lưu trực tuyến: Tương tác cùng Hue-S"')]
    address: Annotated[Address | None, Says("Địa chỉ", "Address", "https://example.vn/bai", "null nếu không có trên mạng.",
                                            "null if it is not online.")]  # fmt: skip
    publisher: Annotated[Text, length(2, 200), Says("Nơi đăng", "Publisher", '"Báo Thừa Thiên Huế"')]
    date: Annotated[DatePart | None, NotInFuture(), Says("Ngày đăng", "Date", "2019-12-20", "null nếu nguồn không ghi ngày.",
                                          "null if the source has none.")]  # fmt: skip
    kind: Annotated[
        Literal["primary", "official", "press", "repost"],
        Says("Loại nguồn", "Kind", "press", "primary: người trong cuộc; official: cơ quan; press: báo chí; repost: đăng lại.",
             "primary, official, press or repost."),
    ]  # fmt: skip
    note: Annotated[Text | None, length(2, 400), Says("Ghi chú", "Note", '"tiêu đề đọc từ địa chỉ trang"')] = None


class FigureFields(Fields):
    """A published number, with its date and source."""

    label: Annotated[Text, length(2, 160), Says("Tên con số", "Label", '"Phản ánh nhận được"')]
    label_en: Annotated[Text | None, length(2, 160), Says("Tên tiếng Anh", "English label", '"Reports received"')] = (
        None
    )
    value: Annotated[Number, Says("Giá trị", "Value", "8088", "Viết liền, dấu chấm cho phần thập phân: 8088, 77.7.",
                                  "Digits only, a dot for decimals: 8088, 77.7.")]  # fmt: skip
    qualifier: Annotated[
        Literal["exact", "over", "nearly", "about", "average"],
        Says("Mức chính xác", "Qualifier", "over", "exact đúng; over hơn; nearly gần; about khoảng; average trung bình.",
             "exact, over, nearly, about or average."),
    ] = "exact"  # fmt: skip
    unit: Annotated[Text, length(1, 60), Says("Đơn vị", "Unit", '"phản ánh"')]
    unit_en: Annotated[Text | None, length(1, 60), Says("Đơn vị tiếng Anh", "English unit", '"reports"')] = None
    as_of: Annotated[DateOrPeriod | None, NotInFuture(), Says("Tính đến", "As of", "2019-12", "Ngày, tháng, năm, giai đoạn 2016/2020, hoặc null.",
                                               "A day, month, year, a period 2016/2020, or null.")]  # fmt: skip
    source: Annotated[
        SourceKey, Says("Nguồn", "Source", "hue_tth", "Khóa của một mục trong sources.", "A key of sources.")
    ]
    weak: Annotated[Flag, Says("Nguồn yếu", "Weak source", "true")] = False


class PictureFields(Fields):
    """A picture in the folder beside the file."""

    file: Annotated[PictureName, Says("Tệp", "File", "tram-do-mua.jpg")]
    alt: Annotated[Text, length(5, 300), Says("Mô tả ảnh", "Description", '"Một trạm đo mưa trên mái trường học"',
                                              "Cho người không nhìn thấy ảnh.", "For people who cannot see it.")]  # fmt: skip
    credit: Annotated[Text | None, length(2, 200), Says("Người chụp", "Credit", '"UBND xã"')] = None
    licence: Annotated[Text | None, length(2, 100), Says("Giấy phép", "Licence", '"CC BY 4.0"')] = None


class EndorsementFields(Fields):
    """The form signed and stamped by the local authority."""

    authority: Annotated[Text, length(2, 200), Says("Cơ quan xác nhận", "Authority", '"UBND phường An Khê"')]
    document: Annotated[Text, length(1, 100), Says("Số văn bản", "Document number", '"12/XN-UBND"')]
    date: Annotated[Day, NotInFuture(), Says("Ngày", "Date", "2021-05-20")]
    scan: Annotated[ScanName, Says("Bản chụp", "Scan", "xac-nhan.pdf")]


class CriteriaFields(Fields):
    """A short text on each criterion of the expo's rules."""

    commitment: Annotated[Text | None, length(2, 600), Says("Cam kết của lãnh đạo", "Leadership commitment", '"…"')] = (
        None
    )
    feasibility: Annotated[Text | None, length(2, 600), Says("Tính khả thi", "Feasibility", '"…"')] = None
    impact: Annotated[Text | None, length(2, 600), Says("Tác động tới người dân", "Impact on citizens", '"…"')] = None
    scalability: Annotated[Text | None, length(2, 600), Says("Khả năng nhân rộng", "Scalability", '"…"')] = None


class InitiativeFields(Fields):
    """One initiative: content/initiatives/<slug>.md."""

    id: Annotated[InitiativeId, Says("Số", "Number", "SK-0012", "Số vĩnh viễn; lệnh new cho số tiếp theo.",
                                     "Permanent; `new` gives the next one.")]  # fmt: skip
    former_slugs: Annotated[Items[Slug], Says("Địa chỉ cũ", "Former addresses", "[ten-cu]")] = ()
    title: Annotated[Text, length(4, 140), Says("Tên sáng kiến", "Title", '"Tổng đài 1022 Đồng Tháp"')]
    summary: Annotated[Text, length(40, 320), Says("Tóm tắt", "Summary", '"Người dân gọi một số để hỏi và phản ánh. Sau hai năm…"',
                                                   "Hai câu giản dị, 40–320 ký tự.", "Two plain sentences, 40–320 characters.")]  # fmt: skip
    added: Annotated[
        Day, NotInFuture(), Says("Ngày treo", "Added", "2026-11-24", "Ngày đưa lên triển lãm.", "The day it was hung.")
    ]
    updated: Annotated[Day | None, NotInFuture(), Says("Ngày sửa", "Updated", "2026-11-15", "Lần sửa nội dung gần nhất.",
                                        "The last change in substance.")] = None  # fmt: skip
    province: Annotated[
        Items[Text],
        length(1, 63),
        Says("Tỉnh, thành", "Province", "[thua-thien-hue]", "Tên hoặc slug của thời sáng kiến; 63:da-nang hay 34:da-nang khi không "
             "có ngày; toan-quoc; lien-tinh.", "Name or slug of its own time; 63:… or 34:… when undated; toan-quoc; lien-tinh."),
    ]  # fmt: skip
    province_note: Annotated[
        Text | None, length(2, 400), Says("Ghi chú về tỉnh", "Province note", '"Sau đó thêm Hòa Bình"')
    ] = None
    place: Annotated[Text | None, length(2, 200), Says("Xã, phường, huyện", "Place", '"quận Đống Đa"')] = None
    themes: Annotated[
        Items[Annotated[str, InVocabulary("themes")]],
        length(1, 3),
        Says("Chủ đề", "Themes", "[moi-truong]", "1–3 chủ đề; chủ đề đầu quyết định màu vải.", "1–3; the first colours the cover."),
    ]  # fmt: skip
    aim: Annotated[
        Annotated[str, InVocabulary("aims", ("unknown",))] | None,
        Says("Mục tiêu", "Aim", "quan-tri-dien-tu", "Chỉ cho sáng kiến gửi tới triển lãm; chưa biết thì unknown.",
             "Submitted entries only; unknown if not known."),
    ] = None  # fmt: skip
    stage: Annotated[str, InVocabulary("stages"), Says("Giai đoạn", "Stage", "pilot")]
    stage_note: Annotated[
        Text | None, length(2, 400), Says("Ghi chú giai đoạn", "Stage note", '"Chưa rõ còn chạy không"')
    ] = None
    proposer: Annotated[ProposerFields, Says("Bên đề xuất", "Proposer", "{type: citizen, name: …}")]
    origin: Annotated[
        Literal["submitted", "compiled"],
        Says("Nguồn gốc", "Origin", "submitted", "submitted: gửi tới triển lãm; compiled: ban biên soạn sưu tầm.",
             "submitted to the expo, or compiled by the editors."),
    ]  # fmt: skip
    submitted: Annotated[DateOrUnknown | None, NotInFuture(), Says("Ngày gửi", "Submitted", "2021-05-20", "Chỉ cho origin: submitted; chưa biết thì unknown.",
                                                    "Submitted entries only; unknown if not known.")] = None  # fmt: skip
    started: Annotated[DatePart | None, NotInFuture(), Says("Bắt đầu", "Started", "2019-07", "Chính xác tới đâu ghi tới đó; chưa rõ thì bỏ.",
                                             "As precise as known; left out if unknown.")] = None  # fmt: skip
    started_note: Annotated[
        Text | None, length(2, 400), Says("Ghi chú ngày bắt đầu", "Start note", '"Đã có vào năm 2020"')
    ] = None
    channels: Annotated[
        Items[Annotated[str, InVocabulary("channels")]], Says("Kênh", "Channels", "[zalo, hotline]")
    ] = ()
    endorsement: Annotated[
        EndorsementFields | None, Says("Xác nhận của chính quyền", "Endorsement", "{authority: …}")
    ] = None
    figures: Annotated[tuple[FigureFields, ...], length(0, 60), Says("Con số", "Figures", "[{label: …}]")] = ()
    criteria: Annotated[CriteriaFields | None, Says("Tiêu chí", "Criteria", "{impact: …}")] = None
    cover: Annotated[PictureFields | None, Says("Ảnh chính", "Cover", "{file: …, alt: …}")] = None
    gallery: Annotated[tuple[PictureFields, ...], length(0, 24), Says("Ảnh", "Gallery", "[{file: …, alt: …}]")] = ()
    links: Annotated[
        Items[Address], length(0, 12), Says("Trang của sáng kiến", "Links", "[https://1022.dongthap.gov.vn]")
    ] = ()
    video: Annotated[Address | None, Says("Video", "Video", "https://example.vn/video")] = None
    sources: Annotated[tuple[SourceFields, ...], length(0, 60), Says("Nguồn", "Sources", "[{key: …}]", "Bắt buộc với tư liệu sưu tầm.",
                                                                    "Required for compiled exhibits.")] = ()  # fmt: skip
    evidence: Annotated[
        Literal["A", "B", "C"] | None,
        Says("Mức chứng cứ", "Evidence", "A", "A: hai nguồn trở lên hoặc nguồn gốc có số liệu; B: vừa; C: mỏng.",
             "A well supported, B thinner, C thin."),
    ] = None  # fmt: skip
    caveats: Annotated[
        Text | None, length(2, 1500), Says("Điều người đọc cần biết", "Caveats", '"Hai nguồn ghi khác nhau."')
    ] = None
    adapted_from: Annotated[Items[InitiativeId], Says("Phỏng theo", "Adapted from", "[SK-0003]")] = ()
    related: Annotated[Items[InitiativeId], Says("Liên quan", "Related", "[SK-0004]")] = ()
    contact: Annotated[Text | None, length(2, 300), Says("Liên hệ", "Contact", '"https://ubnd.example.gov.vn"',
                                                                  "Chỉ trang, hộp thư hay tổng đài của cơ quan.",
                                                                  "An office's page, mail box or phone only.")] = None  # fmt: skip
    consent: Annotated[Reference | None, length(2, 200), Says("Đồng ý", "Consent", '"dong-y-2026-03.pdf"',
                                                         "Số hiệu văn bản đồng ý mà ban tổ chức giữ, khi có người được nêu tên, chụp ảnh hay ghi dữ liệu cá nhân. Không hiện trên trang.",
                                                         "Reference to the consent that the organizers keep, where a person is named, shown or reachable. Never on a page.")] = None  # fmt: skip
    tags: Annotated[Items[Annotated[Text, length(1, 40)]], length(0, 12), Says("Thẻ", "Tags", "[đèn đường]")] = ()
    draft: Annotated[
        Flag, Says("Bản nháp", "Draft", "true", "true: chưa hiện trên trang công bố.", "true keeps it off the site.")
    ] = False


class EnglishFields(Fields):
    """The English of an initiative: content/initiatives/<slug>.en.md."""

    title: Annotated[Text, length(4, 140), Says("Tên tiếng Anh", "English title", '"Hotline 1022, Đồng Tháp"')]
    summary: Annotated[
        Text, length(40, 320), Says("Tóm tắt tiếng Anh", "English summary", '"Residents call one number…"')
    ]


class CommitmentFields(Fields):
    """What an authority promised."""

    what: Annotated[Text, length(2, 300), Says("Việc hứa", "Promise", '"Lắp đèn đường ở thôn 3"')]
    by: Annotated[DatePart | None, Says("Hạn", "By", "2026-12")] = None
    done: Annotated[DatePart | None, NotInFuture(), Says("Ngày làm xong", "Done", "2026-11-10")] = None
    evidence: Annotated[Text | None, length(2, 300), Says("Bằng chứng", "Evidence", '"Biên bản nghiệm thu 05/BB"')] = (
        None
    )


class DocumentFields(Fields):
    """The paper that carries a reply."""

    number: Annotated[Text, length(1, 100), Says("Số văn bản", "Number", '"801/KH-UBND"')]
    file: Annotated[ScanName | None, Says("Tệp", "File", "ke-hoach.pdf")] = None


class ReplyFields(Fields):
    """An authority's reply: content/replies/<slug>/<date or khong-ro-ngay>-<office>.md."""

    initiative: Annotated[InitiativeId, Says("Số sáng kiến", "Exhibit", "SK-0012")]
    office: Annotated[Text, length(2, 240), Says("Cơ quan", "Office", '"UBND phường An Khê"')]
    province: Annotated[Text, Says("Tỉnh, thành", "Province", "hue", "Nơi của cơ quan; cơ quan trung ương: toan-quoc.",
                                   "Where the office is; central bodies: toan-quoc.")]  # fmt: skip
    date: Annotated[DatePart | None, NotInFuture(), Says("Ngày", "Date", "2021-04", "Ngày, tháng hoặc năm; null nếu không rõ.",
                                          "Day, month or year; null if unknown.")]  # fmt: skip
    date_text: Annotated[
        Text | None, length(2, 100), Says("Ngày theo lời nguồn", "Date in words", '"đầu tháng 12/2019"')
    ] = None
    date_text_en: Annotated[
        Text | None, length(2, 100), Says("Lời ấy bằng tiếng Anh", "Those words in English", '"early Dec 2019"')
    ] = None
    sources: Annotated[Items[SourceKey | SourceFields], length(1, 20), Says("Nguồn", "Sources", "[hue_tth]",
                       "Khóa nguồn của sáng kiến, hoặc nguồn riêng viết đủ.", "Keys of the initiative's sources, or own entries.")]  # fmt: skip
    document: Annotated[DocumentFields | None, Says("Văn bản", "Document", "{number: 801/KH-UBND}")] = None
    verdict: Annotated[Annotated[str, InVocabulary("verdicts")] | None, Says("Ý kiến", "Verdict", "accepted", "Bỏ trống nếu nguồn không nói.",
                                                               "Left out where no source says.")] = None  # fmt: skip
    next_step: Annotated[Text | None, length(2, 300), Says("Bước tiếp", "Next step", '"Khảo sát trong quý III"')] = None
    due: Annotated[DatePart | None, Says("Hạn trả lời", "Due", "2026-12-31")] = None
    commitments: Annotated[tuple[CommitmentFields, ...], Says("Cam kết", "Commitments", "[{what: …}]")] = ()


class StopFields(Fields):
    """An exhibit of a collection, with a line of why it hangs there."""

    initiative: Annotated[AnyInitiativeId, Says("Số sáng kiến", "Exhibit", "SK-0009")]
    why: Annotated[
        Text | None, length(2, 240), Says("Vì sao treo ở đây", "Why it hangs here", '"Nơi đầu tiên gộp đường dây nóng"')
    ] = None
    why_en: Annotated[Text | None, length(2, 240), Says("Câu ấy bằng tiếng Anh", "That line in English", '"…"')] = None


class CollectionFields(Fields):
    """A curated walk: content/collections/<slug>.md."""

    title: Annotated[Text, length(4, 140), Says("Tên bộ sưu tập", "Title", '"Một số để gọi: 1022 ở sáu nơi"')]
    title_en: Annotated[Text | None, length(4, 140), Says("Tên tiếng Anh", "English title", '"One number to call"')] = (
        None
    )
    summary: Annotated[Text, length(40, 320), Says("Tóm tắt", "Summary", '"Sáu tỉnh, thành mở tổng đài 1022, mỗi nơi một cách…"',
                                                   "Một, hai câu giản dị, 40–320 ký tự.", "One or two plain sentences, 40–320 characters.")]  # fmt: skip
    summary_en: Annotated[Text | None, length(40, 320), Says("Tóm tắt tiếng Anh", "English summary", '"…"')] = None
    curator: Annotated[Text, length(2, 200), Says("Bên chọn", "Curator", '"Ban biên soạn"', "Tổ chức, không nêu tên người dân.",
                                                  "An organisation, never a private person.")]  # fmt: skip
    exhibits: Annotated[
        Items[AnyInitiativeId | StopFields],
        length(3, 40),
        Says("Sáng kiến, theo thứ tự đi xem", "Exhibits in the order of the walk", "[SK-0009, SK-0015, SK-0007]",
             "Mỗi mục là một số, hoặc nhóm gồm số và một câu vì sao.", "Each is a number, or a group of a number and a line of why."),
    ]  # fmt: skip


class PageFields(Fields):
    """The lines at the top of an ordinary page: content/pages/<slug>.md. Pelican's other keys are not for strangers."""

    title: Annotated[Text, length(2, 140), Says("Tên trang", "Title", "Giới thiệu", "Các dòng này không phải YAML: không đặt trong ngoặc kép.",
                                                  "These lines are no YAML: no quotes.")]  # fmt: skip
    slug: Annotated[Slug, Says("Địa chỉ", "Address", "gioi-thieu", "Như tên tệp.", "The same as the file's name.")]
    date: Annotated[
        IsoDay, NotInFuture(), Says("Ngày", "Date", "2026-11-24", "Viết năm-tháng-ngày.", "Written year-month-day.")
    ]
    modified: Annotated[IsoDay | None, NotInFuture(), Says("Ngày sửa", "Modified", "2026-11-15")] = None
    summary: Annotated[Text | None, length(2, 320), Says("Tóm tắt", "Summary", "Triển lãm này là gì.")] = None


class RetiredFields(Fields):
    """A number that is gone: an entry of content/retired.yaml."""

    id: Annotated[InitiativeId, Says("Số", "Number", "SK-0007")]
    slug: Annotated[Slug, Says("Địa chỉ", "Address", "ten-cu")]
    former_slugs: Annotated[Items[Slug], Says("Địa chỉ cũ hơn", "Addresses before", "[ten-cu-hon]")] = ()
    merged_into: Annotated[InitiativeId | None, Says("Nhập vào", "Merged into", "SK-0003")] = None
    withdrawn: Annotated[Day | None, Says("Ngày rút", "Withdrawn", "2027-02-01")] = None


class TermFields(Fields):
    """An entry of a vocabulary: content/vocabularies/*.yaml."""

    slug: Annotated[
        Slug, length(1, 60), Says("Slug", "Slug", "moi-truong", "Không đổi sau khi dùng.", "Never changed once used.")
    ]
    name: Annotated[Text, length(1, 100), Says("Tên", "Name", '"Môi trường, vệ sinh"')]
    name_en: Annotated[Text, length(1, 100), Says("Tên tiếng Anh", "English name", '"Environment and sanitation"')]
    help: Annotated[Text | None, length(2, 400), Says("Giải thích", "Help", '"…"')] = None
    help_en: Annotated[Text | None, length(2, 400), Says("Giải thích tiếng Anh", "English help", '"…"')] = None


class AbbreviationFields(Fields):
    """An entry of content/vocabularies/abbreviations.yaml."""

    short: Annotated[Text, length(1, 40), Says("Viết tắt", "Short form", "UBND")]
    full: Annotated[Text, length(2, 120), Says("Viết đủ", "Full form", '"Ủy ban nhân dân"')]


class SameWordsFields(Fields):
    """An entry of content/vocabularies/same-words.yaml."""

    words: Annotated[
        Items[Annotated[Text, length(2, 60)]],
        length(2, 12),
        Says("Các cách nói cùng nghĩa", "Wordings that mean the same", '["kẹt xe", "tắc đường", "ùn tắc"]',
             "Mỗi cách nói 2–60 ký tự, chỉ đứng trong một nhóm.", "Each has 2–60 characters and stands in one group only."),
    ]  # fmt: skip
