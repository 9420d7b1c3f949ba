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
        (
            "tệp không ở bảng mã UTF-8 (từ byte thứ {position}). Mở bằng Notepad, chọn Save As, ô Encoding chọn UTF-8. "
            "Tệp Word thì chép chữ của nó sang một tệp .md mới"
        ),
        (
            "the file is not UTF-8 (from byte {position}). Open it in Notepad, choose Save As, Encoding UTF-8. "
            "Copy the text of a Word file into a new .md file"
        ),
    ),
    empty_file=("tệp trống. Chép mẫu bằng lệnh “new” hoặc xóa tệp", 'the file is empty. Start from "new" or delete it'),
    file_too_large=("tệp lớn {size} byte; tối đa {limit}", "the file has {size} bytes; the limit is {limit}"),
    unreadable=(
        "không đọc được: {detail}. Xem lại quyền đọc của tệp, thư mục này",
        "this cannot be read: {detail}. Look at the permissions of this file or folder",
    ),
    not_regular=(
        "“{value}” là {kind}, không phải tệp thường; thay bằng tệp thật",
        '"{value}" is {kind_en}, not a regular file; replace it by a real file',
    ),
    not_a_folder=(
        "“{value}” là {kind}, không phải thư mục; thay bằng thư mục thật",
        '"{value}" is {kind_en}, not a folder; replace it by a real folder',
    ),
    hidden_file=(
        "“{value}” là tệp hoặc thư mục ẩn (tên bắt đầu bằng dấu chấm), không dùng được ở đây; đổi tên hoặc xóa đi",
        '"{value}" is hidden (its name begins with a dot) and cannot be used here; rename or delete it',
    ),
    twin_name=(
        (
            "tên “{value}” và “{other}” chỉ khác nhau ở chữ hoa hay cách mã hóa dấu; Windows và macOS coi là một. Giữ một, "
            "đổi tên hoặc xóa cái kia"
        ),
        (
            'the names "{value}" and "{other}" differ only in capitals or in how marks are coded; Windows and macOS take them '
            "for one. Keep one, rename or delete the other"
        ),
    ),
    name_too_long=(
        "tên “{value}” dài {length} ký tự (không kể đuôi); tối đa {limit}. Đặt tên ngắn hơn",
        'the name "{value}" has {length} characters without its ending; at most {limit} are allowed. Make it shorter',
    ),
    name_of_device=(
        "Windows không cho đặt tên tệp là “{value}”; thêm một từ vào tên",
        'Windows allows no file of the name "{value}"; add a word to it',
    ),
    control_character=(
        (
            "có ký tự điều khiển {value}, chữ viết không bao giờ cần: tệp hỏng, hoặc không phải tệp văn bản. Xóa ký tự ấy, hoặc "
            "chép chữ sang một tệp mới"
        ),
        (
            "there is a control character, {value}, which no text needs: the file is damaged or no text at all. Delete it, or "
            "copy the words into a new file"
        ),
    ),
    hidden_character=(
        "có ký tự ẩn {value}, đã bỏ khi đọc; thường theo vào khi chép từ trang web. Xóa đi rồi gõ lại chỗ ấy",
        "there is a hidden character, {value}, which was left out; they slip in when text is copied from a page. Type that place anew",
    ),
    odd_line_break=(
        (
            "có dấu xuống dòng lạ {value} (như Shift+Enter của Word), được đọc là dấu cách. Xóa đi; cần xuống dòng thì nhấn Enter, sang đoạn "
            "mới thì thêm một dòng trống"
        ),
        (
            "there is an odd line break, {value} (as Word's Shift+Enter), which was read as a blank. Delete it; press Enter for a "
            "new line, twice for a new paragraph"
        ),
    ),
    bad_file_name=(
        "tên tệp “{value}” không dùng được; chỉ chữ thường không dấu a-z, số và dấu gạch nối",
        'the file name "{value}" cannot be used; only small letters a-z, digits and hyphens',
    ),
    unexpected_file=(
        "“{value}” không có chỗ trong thư mục này; {allowed_kinds}. Đổi tên (cả đuôi) cho đúng hoặc chuyển đi nơi khác",
        '"{value}" has no place in this folder; {allowed_kinds_en}. Rename it (ending too) or move it elsewhere',
    ),
    reserved_slug=(
        "tên “{value}” đã dành cho trang khác của triển lãm; chọn tên khác",
        'the name "{value}" is reserved for another page of the expo; choose another',
    ),
    no_front_matter=(
        (
            "thiếu phần khai báo: dòng đầu tiên chỉ gồm ba gạch nối “---” (không phải gạch dài, trước đó không có dòng trống "
            "hay dấu cách), kết thúc bằng một dòng “---” nữa"
        ),
        (
            'there is no front matter: the very first line must be three hyphens "---" (no long dash, no blank before), '
            'and another "---" closes it'
        ),
    ),
    front_matter_open=(
        "phần khai báo chưa đóng: thêm một dòng “---” trước phần bài viết",
        'the front matter is not closed: add a line "---" before the text',
    ),
    front_matter_not_wanted=(
        "tệp này chỉ có bài viết, không có phần khai báo; bỏ phần giữa hai dòng “---”",
        'this file holds only a text and no front matter; remove the part between the "---" lines',
    ),
    page_with_dashes=(
        "trang thường không có dòng “---”: xóa hai dòng ấy; tệp bắt đầu ngay bằng Title:, rồi một dòng trống trước bài viết",
        'an ordinary page has no lines "---": delete both; the file begins with Title: at once, and an empty line stands before the text',
    ),
    quotes_shown=(
        "ở trang thường, ngoặc kép quanh giá trị cũng hiện ra; bỏ ngoặc. Viết: {mended}",
        "on an ordinary page quotes around a value are shown as well; take them out. Write: {mended}",
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
        (
            "không đọc được YAML: {detail}. Xem dòng này và dòng ngay trên. Giá trị có dấu hai chấm, dấu # hay bắt đầu bằng "
            'dấu đặc biệt thì đặt trong ngoặc kép thẳng "…" (không phải “…”)'
        ),
        (
            "this is not valid YAML: {detail_en}. Look at this line and the one above. Put a value that holds a colon or #, "
            'or starts with a special sign, between straight double quotes "…"'
        ),
    ),
    yaml_tab=("đầu dòng này có phím Tab; thay bằng dấu cách", "a tab stands at the start of this line; use spaces"),
    odd_blank=(
        (
            "ở đầu dòng này, hoặc sau dấu gạch nối hay dấu hai chấm, có dấu cách lạ {value} (theo vào khi chép từ Word, Zalo, trang web); xóa "
            "đi và gõ lại bằng dấu cách thường"
        ),
        (
            "at the start of this line, or behind its hyphen or colon, there is an odd blank, {value}, as copied from Word or a page; "
            "delete it and type a plain space"
        ),
    ),
    yaml_deep=("lồng nhau quá {limit} tầng", "nested more than {limit} deep"),
    yaml_anchor=(
        "dấu neo “{value}” không được dùng; viết lại giá trị đầy đủ, hoặc đặt trong ngoặc kép",
        'the anchor or alias "{value}" is not allowed; write the value out, or put it between quotes',
    ),
    yaml_merge=(
        "“<<” (gộp nhóm khác vào) không được dùng; viết lại các trường ấy đầy đủ ở đây",
        '"<<" (merging another group in) is not allowed; write those fields out here',
    ),
    yaml_large=(
        "có hơn {limit} giá trị; bớt đi hoặc chia ra nhiều tệp",
        "there are over {limit} values; take some out or split the file",
    ),
    unquoted_colon=(
        "giá trị có dấu hai chấm thì phải đặt trong ngoặc kép thẳng. Viết: {mended}",
        "a value that holds a colon must stand between straight quotes. Write: {mended}",
    ),
    yaml_tag=(
        "thẻ “{value}” không được dùng; bỏ thẻ, hoặc đặt giá trị trong ngoặc kép",
        'the tag "{value}" is not allowed; remove it, or put the value between quotes',
    ),
    yaml_documents=("chỉ được một tài liệu YAML trong tệp", "only one YAML document is allowed in a file"),
    key_not_text=(
        "tên trường phải là chữ, không để trống; nếu dòng bắt đầu bằng “?”, “[” hay “{{”, đặt nó trong ngoặc kép",
        'the name of a field must be text and not empty; put a line that starts with "?", "[" or "{{" between quotes',
    ),
    cut_at_hash=(
        "phần “{value}” bị bỏ, vì YAML coi dấu # sau dấu cách là ghi chú; muốn giữ thì đặt cả giá trị trong ngoặc kép",
        '"{value}" is dropped, as YAML takes a # after a blank for a comment; to keep it, put the whole value between quotes',
    ),
    curly_quotes=(
        "giá trị nằm trong ngoặc kép cong “…” của Word, và trang hiện cả hai dấu ngoặc; thay bằng ngoặc kép thẳng. Viết: {mended}",
        "the value stands between Word's curly quotes, and the page shows them; put straight ones instead. Write: {mended}",
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
    mark_in_field=(
        (
            "trường này hiện nguyên văn, nên “{value}” hiện đúng như đã gõ; bỏ dấu ấy đi. Chú thích [^khóa] và chữ đậm **…** chỉ dùng trong "
            "bài viết"
        ),
        (
            'this field is shown as it is typed, "{value}" too; take the mark out. Citations [^key] and bold **…** belong in the '
            "text below the front matter"
        ),
    ),
    not_a_number=(
        (
            "“{value}” không phải số; chỉ viết chữ số, phần thập phân sau dấu chấm: 8088 hoặc 77.7. Đơn vị, dấu % ghi ở unit; "
            "“hơn”, “gần”, “khoảng” chọn ở qualifier"
        ),
        (
            '"{value}" is not a number; write digits alone, decimals after a point: 8088 or 77.7. The unit and % belong in '
            'unit, "over", "nearly", "about" in qualifier'
        ),
    ),
    grouped_number=(
        "“{value}” có dấu ngăn hàng nghìn; viết liền: {plain}",
        '"{value}" has separators; write the digits alone: {plain}',
    ),
    grouped_or_decimal=(
        "“{value}” không rõ là {plain} hay số thập phân; viết liền, không dấu ngăn: {plain}. Số thập phân thì viết {decimal}",
        '"{value}" may mean {plain} or a decimal; write it without a separator: {plain}. Write a decimal as {decimal}',
    ),
    number_from_zero=(
        "“{value}” bắt đầu bằng số 0, có nơi hiểu là hệ đếm khác; viết {plain}",
        '"{value}" begins with a zero, which some take for another number base; write {plain}',
    ),
    number_too_long=(
        "“{value}” có {length} chữ số; tối đa {limit}, quá nữa sẽ bị làm tròn. Đổi đơn vị (nghìn, triệu, tỷ)",
        '"{value}" has {length} digits; beyond {limit} it would be rounded. Take a larger unit',
    ),
    not_true_false=(
        "“{value}” không dùng được ở đây; viết true (có) hoặc false (không)",
        '"{value}" is neither true nor false; write true (yes) or false (no)',
    ),
    bad_date=(
        "“{value}” không phải ngày; viết 2021-06-18, 18/06/2021, 2021-06 hoặc 2021",
        '"{value}" is not a date; write 2021-06-18, 18/06/2021, 2021-06 or 2021',
    ),
    no_such_date=(
        "“{value}” không có trong lịch; viết ngày/tháng/năm (18/06/2021) hoặc năm-tháng-ngày (2021-06-18)",
        '"{value}" is not in the calendar; write day/month/year (18/06/2021) or year-month-day (2021-06-18)',
    ),
    no_such_month=(
        "“{value}”: tháng phải từ 1 đến 12, viết sau năm (2021-06-18) hoặc sau ngày (18/06/2021)",
        '"{value}": a month is 1 to 12, and stands after the year (2021-06-18) or after the day (18/06/2021)',
    ),
    no_such_year=("“{value}”: năm phải từ 1900 đến 2100", '"{value}": a year is 1900 to 2100'),
    future_date=(
        "“{value}” chưa tới; ở đây chỉ ghi ngày đã qua, hôm nay là muộn nhất. Xem lại năm",
        '"{value}" has not come yet; a date in the past belongs here, today at the latest. Look at the year',
    ),
    period_order=("“{value}”: ngày đầu sau ngày cuối", '"{value}": the period ends before it starts'),
    day_needed=(
        "“{value}” phải ghi đủ ngày, tháng, năm; ví dụ 2026-11-24",
        '"{value}" must be a full day, such as 2026-11-24',
    ),
    iso_day_needed=(
        "“{value}”: ngày của trang thường viết năm-tháng-ngày",
        '"{value}": the date of an ordinary page is written year-month-day',
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
    bad_link=(
        "liên kết tới “{value}” không dùng được; chỉ https://, http://, mailto:, tel: hay đường dẫn trong trang như ../tham-gia/",
        'a link to "{value}" cannot be used; only https://, http://, mailto:, tel: or a path on this site, as ../tham-gia/',
    ),
    address_with_user=(
        "“{value}” có tên hay mật khẩu trước dấu “@”, dễ làm người đọc lầm trang; bỏ phần ấy và dấu “@”",
        '"{value}" has a name or password before "@", which hides the real host; leave it and the "@" out',
    ),
    address_letters=(
        "“{value}” có chữ không phải chữ Latinh ở tên miền, dễ lầm với trang khác; chép lại địa chỉ từ trình duyệt",
        '"{value}" has letters in its host that are not Latin and look like others; copy it anew from the browser',
    ),
    address_characters=(
        '“{value}” có khoảng trắng hay ký tự mà địa chỉ không có (\\ < > " `); chép lại địa chỉ từ trình duyệt',
        '"{value}" has a blank or a character that no address has (\\ < > " `); copy it anew from the browser',
    ),
    http_address=(
        "“{value}” không mã hóa; dùng https:// nếu trang có",
        '"{value}" is not encrypted; use https:// if the page has it',
    ),
    bad_picture_name=(
        (
            "“{value}” không dùng được; tên tệp chỉ gồm chữ thường không dấu a-z, số, gạch nối, đuôi {endings}. Đổi tên tệp, "
            "sửa cả ở đây; loại khác (HEIC…) thì lưu lại thành JPEG"
        ),
        (
            '"{value}" cannot be used; a name of small letters a-z, digits and hyphens that ends in {endings}. Rename the '
            "file, and here too; save another kind (HEIC …) as JPEG"
        ),
    ),
    no_reference=(
        (
            "“{value}” không dẫn tới văn bản nào; ghi số hiệu hay tên tệp có cả chữ và số của văn bản đồng ý mà ban tổ chức giữ, ví dụ "
            "dong-y-2026-03.pdf (không ghi địa chỉ mạng)"
        ),
        (
            '"{value}" leads to no paper; give the number or file name, letters and digits, of the consent that the organizers keep, '
            "such as dong-y-2026-03.pdf (no web address)"
        ),
    ),
    personal_data=(
        (
            "“{value}” là {kind}, không công bố khi chưa có đồng ý. Bỏ đi, thay bằng liên hệ công khai của cơ quan, hoặc ghi văn bản đồng ý "
            "ở trường consent của sáng kiến"
        ),
        (
            '"{value}" is {kind_en}, which is not published without consent. Take it out, give an office\'s public contact instead, '
            "or name the consent in the exhibit's field consent"
        ),
    ),
    personal_data_here=(
        "“{value}” là {kind}, không công bố ở đây. Bỏ đi, hoặc thay bằng liên hệ công khai của cơ quan",
        '"{value}" is {kind_en}, which is not published here. Take it out, or give an office\'s public contact instead',
    ),
    one_tag=(
        "“{value}” thành một thẻ",
        '"{value}" is one tag',
    ),
    same_place_twice=(
        "“{value}” và “{other}” là một nơi; giữ một tên",
        '"{value}" and "{other}" are one place; keep one',
    ),
    unknown_province=(
        (
            "“{value}” không phải tên một tỉnh, thành của danh sách 63 hay 34; không ghi cấp dưới tỉnh, không ghép nhiều tỉnh "
            "vào một tên"
        ),
        (
            '"{value}" is not the name of one province of the 63 or the 34; no districts or communes here, and one name for '
            "each province"
        ),
    ),
    shared_initials=("“{value}” là chữ tắt của nhiều tỉnh", '"{value}" is short for several provinces'),
    province_in_both_lists=(
        "“{value}” có ở cả hai danh sách mà sáng kiến không có ngày; ghi rõ danh sách",
        '"{value}" is in both lists and there is no date to tell; say which list',
    ),
)

RECORD_TEXTS = _texts(
    no_words=(
        "“{value}” không có chữ hay số nào để tìm; viết thành chữ hoặc bỏ đi",
        '"{value}" has no letter or digit to search for; write it in words or take it out',
    ),
    same_words_twice=(
        "“{value}” đã có ở dòng {first}; mỗi cách nói chỉ ghi một lần. Hai nhóm cùng nghĩa thì gộp làm một",
        '"{value}" already stands on line {first}; a wording is written once. Merge two groups that mean the same',
    ),
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
    no_text=(
        "chưa có bài viết dưới phần khai báo, nên trang để trống chỗ ấy; viết vài câu dưới dòng “---” thứ hai",
        'there is no text below the front matter, so its place on the page stays empty; write some sentences below the second "---"',
    ),
    no_english_text=(
        "bản tiếng Anh chưa có bài viết, nên trang tiếng Anh hiện bài tiếng Việt; viết bài dưới dòng “---” thứ hai, hoặc để vậy",
        'there is no English text, so the English page shows the Vietnamese one; write it below the second "---", or leave it so',
    ),
    joined_lines=(
        (
            "từ dòng này trang nối vào câu phía trên. Nếu là danh sách hay bảng thì thêm một dòng trống trước dòng này; mỗi mục danh sách "
            "bắt đầu bằng “- ” hoặc “1. ”"
        ),
        (
            "from this line on the page runs on from the sentence above. If it is a list or a table, put an empty line before it; "
            'every item of a list begins with "- " or "1. "'
        ),
    ),
    picture_in_text=(
        (
            "ảnh “{value}” viết trong bài không hiện, chỉ còn lại lời. Đặt tệp ảnh vào thư mục cùng tên với tệp sáng kiến, rồi ghi ở trường "
            "cover hoặc gallery của sáng kiến"
        ),
        (
            'the picture "{value}" in the text is not shown, only its words are. Put its file into the folder named after the '
            "exhibit's file, and name it in the exhibit's field cover or gallery"
        ),
    ),
    footnote_with_blank=(
        "chú thích “{value}” có dấu cách trong ngoặc nên trang hiện nguyên văn; viết liền khóa nguồn ngay sau dấu ^, như [^bao_vi_du]",
        'the mark "{value}" holds a blank, so the page shows it as it stands; write the key of a source right after ^, as [^news_2021]',
    ),
    hint_left=(
        "còn dòng gợi ý của lệnh new; xóa dòng này đi",
        'a hint that "new" wrote is still here; delete this line',
    ),
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
    picture_tells_place=(
        (
            "“{value}” ghi nơi chụp. Trang tự bỏ đi, nhưng tệp trong kho mã nguồn thì ai cũng xem được: chụp ở nơi riêng tư thì xóa "
            "vị trí trong tệp trước khi gửi"
        ),
        (
            '"{value}" says where it was taken. The site takes that out, but everybody can see the file in the repository: if the '
            "place is private, remove it from the file before you send it"
        ),
    ),
    picture_for_print=(
        "“{value}” dùng màu để in (CMYK). Trang đổi sang màu màn hình và màu có thể lệch: xem lại trên bản xem thử, hoặc lưu lại ở RGB",
        '"{value}" has colours for print (CMYK). The site turns them into colours for screens, which may shift: look at the preview, or save it as RGB',
    ),
    picture_too_heavy=(
        "“{value}” nặng {size} MB; tối đa {limit} MB. Nén nhỏ lại",
        '"{value}" has {size} MB; at most {limit} MB are allowed. Make it smaller',
    ),
    picture_misnamed=(
        "“{value}” là ảnh loại khác với đuôi tên; trang tự đổi, nhưng nên đặt đúng đuôi để máy khác mở được",
        '"{value}" is a picture of another kind than its ending says; the site mends that, but other programs may not open it',
    ),
    file_of_nobody=(
        (
            "không sáng kiến hay phản hồi nào dùng “{value}”, nên trang không hiện; trong kho mã nguồn thì ai cũng xem được. Ghi tên "
            "tệp vào cover, gallery, scan hay document, hoặc xóa tệp"
        ),
        (
            'no exhibit or reply names "{value}", so the site does not show it, but everybody can see it in the repository. Name '
            "it under cover, gallery, scan or document, or delete it"
        ),
    ),
    file_unreadable=(
        "không đọc được “{value}”: {detail}. Xem lại quyền đọc của tệp",
        '"{value}" cannot be read: {detail}. Look at its permissions',
    ),
    not_a_scan=("“{value}” không dùng được: {detail}", '"{value}" cannot be used: {detail_en}'),
    results_not_by_agency=(
        "results (báo kết quả) chỉ dùng khi bên đề xuất là cơ quan nhà nước, hay chính bên đề xuất là nơi nói lời ấy",
        "results is for initiatives whose proposer is a state agency, or for words of the proposer itself",
    ),
    own_words_as_answer=(
        (
            "“{value}” chính là bên đề xuất, nên lời này không phải câu trả lời của cơ quan khác. Bên đề xuất là cơ quan nhà "
            "nước, hay đơn vị của Nhà nước lo chính việc ấy: ghi verdict: results; không phải: chuyển lời này vào bài của sáng "
            "kiến rồi xóa tệp"
        ),
        (
            '"{value}" is the proposer, so these words are no answer of another authority. If it is a state agency, or a body '
            "of the state in charge of the matter, write verdict: results; if not, move the words into the text of the "
            "initiative and delete this file"
        ),
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
    exhibit_retired=(
        "sáng kiến “{value}” đã rút (retired.yaml), không treo được nữa; bỏ khỏi bộ sưu tập",
        'the exhibit "{value}" is retired (retired.yaml) and cannot hang here; take it out of the collection',
    ),
    reply_to_nobody=(
        "không có sáng kiến “{value}” cho phản hồi này; sửa initiative hoặc xóa tệp",
        'there is no exhibit "{value}" for this reply; mend initiative or delete the file',
    ),
    reply_in_wrong_folder=(
        "{value} có địa chỉ “{slug}” nhưng tệp nằm trong thư mục “{folder}”; chuyển tệp sang {content}/replies/{slug}/",
        '{value} has the address "{slug}" but the file lies in "{folder}"; move it to {content}/replies/{slug}/',
    ),
    english_of_nothing=(
        "bản tiếng Anh không có bản tiếng Việt “{value}” đi cùng",
        'the English text has no Vietnamese file "{value}" beside it',
    ),
    folder_of_nobody=(
        (
            "thư mục “{value}” không ứng với sáng kiến nào. Thư mục ảnh cần có tệp {value}.md bên cạnh; tệp sáng kiến thì đặt "
            "thẳng trong initiatives"
        ),
        (
            'the folder "{value}" belongs to no exhibit. A folder of pictures needs {value}.md beside it; an exhibit\'s file '
            "lies in initiatives itself"
        ),
    ),
    retired_needs_one=(
        "ghi một trong hai: merged_into (số sáng kiến nhận) hoặc withdrawn (ngày rút)",
        "give either merged_into (a number) or withdrawn (a day)",
    ),
)

THEME_TEXTS = _texts(
    over_budget=(
        "{name}: {what} nặng {size} KB; tối đa {most} KB. Làm nhẹ đi; có lý do chính đáng thì nâng con số ở dòng này",
        "{name}: {what_en} takes {size} KB; at most {most} KB. Make it lighter, or raise the number on this line with a reason",
    ),
    long_page=(
        (
            "{name}: {what} nặng {size} KB, quá {most} KB, vì bài dài hoặc nhiều mục; trang vẫn được xuất bản. Mạng chậm sẽ phải đợi: "
            "rút gọn được thì nên rút"
        ),
        (
            "{name}: {what_en} takes {size} KB, over {most} KB, as its text or list is long; it is published all the same. "
            "Slow lines will wait: shorten it if you can"
        ),
    ),
    bad_budgets=("không đọc được các giới hạn: {detail}", "the bounds cannot be read: {detail}"),
)

# What libyaml says → the same for people who have never heard of it.
YAML_WORDS = {
    "mapping values are not allowed in this context": "có dấu hai chấm thừa hoặc dòng thụt sai",
    "did not find expected key": "ngoặc kép chưa đóng, ngoặc kép nằm trong ngoặc kép, hoặc dòng thụt sai",
    "could not find expected ':'": "sau tên trường phải có “: ” (hai chấm, dấu cách), hoặc ngoặc chưa đóng",
    "did not find expected ',' or ']'": "danh sách trong ngoặc vuông thiếu dấu phẩy hoặc chưa đóng",
    "did not find expected ',' or '}'": "nhóm trong ngoặc nhọn thiếu dấu phẩy hoặc chưa đóng",
    "did not find expected '-' indicator": "mục của danh sách không thẳng hàng với các mục khác",
    "block sequence entries are not allowed in this context": "dấu “-” không đứng được ở đây",
    "found unexpected end of stream": "ngoặc kép mở mà không đóng",
    "found unexpected document indicator": "ngoặc kép mở mà không đóng",
    "found character that cannot start any token": "giá trị bắt đầu bằng dấu đặc biệt như @, % hay `",
    "found unknown escape character": "dấu “\\” trong ngoặc kép; viết “\\\\” hoặc dùng ngoặc đơn",
}
YAML_WORDS_ELSE = "sai cách viết"

PROBLEM_TEXTS = FILE_TEXTS | FIELD_TEXTS | RECORD_TEXTS | THEME_TEXTS
