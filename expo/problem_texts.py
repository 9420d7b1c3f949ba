"""The sentences of every problem, Vietnamese and English, by code. Data only.

Values in braces are filled in by problems.describe_problem; `allowed` and `suggestion` are added after the sentence by
themselves. A test sees to it that every code has both languages and every code raised is here.
"""

from __future__ import annotations

LISTING = {"vi": "; dùng: {allowed}", "en": "; use: {allowed}"}
FIX = {"vi": ". Có phải ý bạn là “{suggestion}”?", "en": '. Did you mean "{suggestion}"?'}


def _texts(**pairs: tuple[str, str]) -> dict[str, dict[str, str]]:
    return {code.replace("_", "-"): {"vi": vi, "en": en} for code, (vi, en) in pairs.items()}


FILE_TEXTS = _texts(
    not_utf8=(
        "tệp không phải UTF-8 (byte thứ {position}). Mở bằng trình soạn thảo, chọn lưu với bảng mã UTF-8",
        "the file is not UTF-8 (byte {position}). Open it in an editor and save it as UTF-8",
    ),
    empty_file=("tệp trống. Chép mẫu bằng lệnh “new” hoặc xóa tệp", 'the file is empty. Start from "new" or delete it'),
    file_too_large=("tệp lớn {size} byte; tối đa {limit}", "the file has {size} bytes; the limit is {limit}"),
    unreadable=("không đọc được tệp: {detail}", "the file cannot be read: {detail}"),
    not_regular=(
        "“{value}” không phải tệp thường (liên kết hay thiết bị); thay bằng tệp thật",
        '"{value}" is not a regular file (a link or a device); replace it by a real file',
    ),
    bad_file_name=(
        "tên tệp “{value}” không dùng được; chỉ chữ thường không dấu a-z, số và dấu gạch nối",
        'the file name "{value}" cannot be used; only a-z, digits and hyphens',
    ),
    unexpected_file=(
        "“{value}” không có chỗ trong thư mục này; {allowed_kinds}",
        '"{value}" has no place in this folder; {allowed_kinds_en}',
    ),
    reserved_slug=(
        "tên “{value}” đã dành cho trang khác của triển lãm; chọn tên khác",
        'the name "{value}" is reserved for another page of the expo; choose another',
    ),
    no_front_matter=(
        "thiếu phần khai báo: dòng đầu phải là ba dấu gạch “---”, kết thúc bằng một dòng “---” nữa",
        'there is no front matter: the first line must be "---", and another "---" closes it',
    ),
    front_matter_open=(
        "phần khai báo chưa đóng: thêm một dòng “---” trước phần bài viết",
        'the front matter is not closed: add a line "---" before the text',
    ),
    front_matter_not_wanted=(
        "tệp này chỉ có bài viết, không có phần khai báo; bỏ phần giữa hai dòng “---”",
        'this file holds only a text and no front matter; remove the part between the "---" lines',
    ),
    not_a_mapping=(
        "phần khai báo phải gồm các dòng “tên: giá trị”",
        'the front matter must be lines of "name: value"',
    ),
    not_a_list=(
        "tệp này phải là một danh sách, mỗi mục bắt đầu bằng “- ”",
        'this file must be a list of items that start with "- "',
    ),
    yaml_syntax=(
        "không đọc được YAML: {detail}. Nếu giá trị có dấu hai chấm hoặc #, đặt nó trong ngoặc kép",
        "this is not valid YAML: {detail_en}. Put a value that holds a colon or # between double quotes",
    ),
    yaml_tab=("dùng phím Tab để thụt dòng; thay bằng dấu cách", "a tab indents this line; use spaces"),
    yaml_deep=("lồng nhau quá {limit} tầng", "nested more than {limit} deep"),
    yaml_anchor=(
        "dấu neo “{value}” không được dùng; viết lại giá trị đầy đủ, hoặc đặt trong ngoặc kép",
        'the anchor or alias "{value}" is not allowed; write the value out, or put it between quotes',
    ),
    yaml_tag=(
        "thẻ “{value}” không được dùng; bỏ thẻ, hoặc đặt giá trị trong ngoặc kép",
        'the tag "{value}" is not allowed; remove it, or put the value between quotes',
    ),
    yaml_documents=("chỉ được một tài liệu YAML trong tệp", "only one YAML document is allowed in a file"),
    key_not_text=(
        "tên trường phải là chữ; nếu dòng bắt đầu bằng “?”, “[” hay “{{”, đặt nó trong ngoặc kép",
        'the name of a field must be text; put a line that starts with "?", "[" or "{{" between quotes',
    ),
    duplicate_key=(
        "ghi hai lần, lần đầu ở dòng {first}; giữ một dòng",
        "stands twice, first on line {first}; keep one",
    ),
)

FIELD_TEXTS = _texts(
    unknown_key=("không có trường này", "there is no such field"),
    missing=("thiếu trường bắt buộc. Ví dụ: {example}", "this required field is missing. Example: {example}"),
    wrong_type=("phải là {expected}, đây là {found}", "must be {expected_en}, this is {found_en}"),
    not_a_number=("“{value}” không phải số; viết như 8088 hoặc 77.7", '"{value}" is not a number; write 8088 or 77.7'),
    grouped_number=(
        "“{value}” không rõ là {plain} hay số thập phân; viết liền, không dấu ngăn: {plain}",
        '"{value}" may mean {plain} or a decimal; write it without a separator: {plain}',
    ),
    not_true_false=("“{value}” không phải true hay false", '"{value}" is neither true nor false'),
    bad_date=(
        "“{value}” không phải ngày; viết 2021-06-18, 18/06/2021, 2021-06 hoặc 2021",
        '"{value}" is not a date; write 2021-06-18, 18/06/2021, 2021-06 or 2021',
    ),
    no_such_date=("“{value}” không có trong lịch", '"{value}" is not in the calendar'),
    period_order=("“{value}”: ngày đầu sau ngày cuối", '"{value}": the period ends before it starts'),
    day_needed=(
        "“{value}” phải ghi đủ ngày, tháng, năm; ví dụ 2026-11-24",
        '"{value}" must be a full day, such as 2026-11-24',
    ),
    too_short=("có {length} ký tự; cần ít nhất {limit}", "has {length} characters; at least {limit} are needed"),
    too_long=("có {length} ký tự; tối đa {limit}", "has {length} characters; at most {limit} are allowed"),
    too_few=("cần ít nhất {limit} mục", "has too few items; at least {limit}"),
    too_many=("có {length} mục; tối đa {limit}", "has {length} items; at most {limit}"),
    not_allowed=("“{value}” không có trong danh sách", '"{value}" is not one of the allowed values'),
    repeated_item=("“{value}” ghi hai lần trong danh sách", '"{value}" stands twice in the list'),
    bad_id=("“{value}” không phải số sáng kiến; viết như SK-0012", '"{value}" is not an exhibit number; write SK-0012'),
    bad_slug=(
        "“{value}” không dùng được trong địa chỉ; chỉ chữ thường không dấu a-z, số và dấu gạch nối",
        '"{value}" cannot stand in an address; only a-z, digits and hyphens',
    ),
    bad_key=(
        "“{value}” không phải khóa nguồn; chỉ a-z, số, gạch nối và gạch dưới",
        '"{value}" is not a source key; only a-z, digits, - and _',
    ),
    bad_address=(
        "“{value}” không phải địa chỉ trang; phải bắt đầu bằng https://",
        '"{value}" is not a web address; it must start with https://',
    ),
    http_address=(
        "“{value}” không mã hóa; dùng https:// nếu trang có",
        '"{value}" is not encrypted; use https:// if the page has it',
    ),
    bad_picture_name=(
        "“{value}” không dùng được; tên tệp gồm a-z, số, gạch nối, đuôi {endings}",
        '"{value}" cannot be used; a name of a-z, digits and hyphens that ends in {endings}',
    ),
    private_phone=(
        "“{value}” là số di động; chỉ ghi số của cơ quan hoặc tổng đài",
        '"{value}" is a mobile number; give only an office\'s number or a hotline',
    ),
    unknown_province=(
        "“{value}” không phải tỉnh, thành nào của danh sách 63 hay 34",
        '"{value}" is no province of the 63 or the 34',
    ),
    shared_initials=("“{value}” là chữ tắt của nhiều tỉnh", '"{value}" is short for several provinces'),
    province_in_both_lists=(
        "“{value}” có ở cả hai danh sách mà sáng kiến không có ngày; ghi rõ danh sách",
        '"{value}" is in both lists and there is no date to tell; say which list',
    ),
)

RECORD_TEXTS = _texts(
    needed_when_submitted=(
        "cần có khi origin là submitted. Chưa biết thì ghi unknown",
        "is needed when origin is submitted. Write unknown if it is not known",
    ),
    only_when_submitted=(
        "chỉ dùng khi origin là submitted; bỏ trường này",
        "belongs to submitted entries only; remove it",
    ),
    needed_when_compiled=(
        "tư liệu sưu tầm (origin: compiled) phải có ít nhất một nguồn",
        "a compiled exhibit needs at least one source",
    ),
    unknown_source=("“{value}” không có trong sources", '"{value}" is not a key of sources'),
    repeated_source=(
        "khóa nguồn “{value}” đã dùng ở dòng {first}",
        'the source key "{value}" is already used on line {first}',
    ),
    unknown_footnote=("chú thích [^{value}] không có trong sources", "the footnote [^{value}] is not a key of sources"),
    too_many_brackets=(
        "đoạn văn này có {count} dấu “[”; tối đa {limit}. Tách đoạn hoặc bỏ bớt",
        'this paragraph has {count} times "["; at most {limit}. Split it or take some out',
    ),
    missing_picture=(
        "không thấy tệp “{value}” trong thư mục {folder}",
        'there is no file "{value}" in the folder {folder}',
    ),
    not_a_picture=(
        "“{value}” không phải ảnh JPEG, PNG hay WebP dùng được: {detail}",
        '"{value}" is not a usable JPEG, PNG or WebP picture: {detail_en}',
    ),
    not_a_scan=("“{value}” không phải PDF hay ảnh đọc được", '"{value}" is not a readable PDF or picture'),
    results_not_by_agency=(
        "results (báo kết quả) chỉ dùng khi bên đề xuất là cơ quan nhà nước",
        "results is for initiatives whose proposer is itself a state agency",
    ),
    id_used=(
        "“{value}” đã dùng ở {other}. Số tiếp theo còn trống: {next_id}",
        '"{value}" is already used by {other}. The next free number: {next_id}',
    ),
    id_retired=(
        "“{value}” đã rút (retired.yaml), không dùng lại. Số tiếp theo còn trống: {next_id}",
        '"{value}" is retired and never used again. The next free number: {next_id}',
    ),
    slug_used=(
        "địa chỉ “{value}” đã dùng ở {other}; mỗi địa chỉ chỉ cho một sáng kiến",
        'the address "{value}" is already used by {other}; each belongs to one exhibit',
    ),
    slug_not_file=(
        "“{value}” phải như tên tệp: {name}",
        '"{value}" must be the same as the file\'s name: {name}',
    ),
    unknown_initiative=("“{value}” không phải số của sáng kiến nào", '"{value}" is the number of no exhibit'),
    reply_to_nobody=(
        "không có sáng kiến “{value}” cho phản hồi này; sửa initiative hoặc xóa tệp",
        'there is no exhibit "{value}" for this reply; mend initiative or delete the file',
    ),
    reply_in_wrong_folder=(
        "{value} có địa chỉ “{slug}” nhưng tệp nằm trong thư mục “{folder}”; chuyển tệp sang content/replies/{slug}/",
        '{value} has the address "{slug}" but the file lies in "{folder}"; move it to content/replies/{slug}/',
    ),
    english_of_nothing=(
        "bản tiếng Anh không có bản tiếng Việt “{value}” đi cùng",
        'the English text has no Vietnamese file "{value}" beside it',
    ),
    folder_of_nobody=(
        "thư mục ảnh “{value}” không ứng với tệp nào; cần có {value}.md",
        'the picture folder "{value}" belongs to no file; {value}.md is needed',
    ),
    retired_needs_one=(
        "ghi một trong hai: merged_into (số sáng kiến nhận) hoặc withdrawn (ngày rút)",
        "give either merged_into (a number) or withdrawn (a day)",
    ),
)

# What libyaml says → the same for people who have never heard of it.
YAML_WORDS = {
    "mapping values are not allowed in this context": "có dấu hai chấm thừa hoặc dòng thụt sai",
    "did not find expected key": "ngoặc kép chưa đóng hoặc dòng thụt sai",
    "could not find expected ':'": "thiếu dấu hai chấm sau tên trường, hoặc ngoặc chưa đóng",
    "did not find expected ',' or ']'": "danh sách trong ngoặc vuông thiếu dấu phẩy hoặc chưa đóng",
    "did not find expected ',' or '}'": "nhóm trong ngoặc nhọn thiếu dấu phẩy hoặc chưa đóng",
    "did not find expected '-' indicator": "mục của danh sách không thẳng hàng với các mục khác",
    "block sequence entries are not allowed in this context": "dấu “-” không đứng được ở đây",
    "found unexpected end of stream": "ngoặc kép mở mà không đóng",
    "found unexpected document indicator": "ngoặc kép mở mà không đóng",
    "found character that cannot start any token": "giá trị bắt đầu bằng dấu đặc biệt",
    "found unknown escape character": "dấu “\\” trong ngoặc kép; viết “\\\\” hoặc dùng ngoặc đơn",
}
YAML_WORDS_ELSE = "sai cách viết"

PROBLEM_TEXTS = FILE_TEXTS | FIELD_TEXTS | RECORD_TEXTS
