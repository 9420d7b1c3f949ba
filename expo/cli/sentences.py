"""What the commands say, Vietnamese and English by message id; and Click's own words in Vietnamese.

In: an id and values. Out: a sentence. Problems of content have their own table (problem_texts.py).
"""

from __future__ import annotations

from importlib import import_module

SENTENCES: dict[str, tuple[str, str]] = {
    "interrupted": ("Đã dừng. Trang đã công bố vẫn như cũ.", "Stopped. The published site is as it was."),
    "help-program": (
        "Triển lãm số: dựng trang, kiểm tra nội dung, thêm sáng kiến. Không ghi lệnh nào là “build”.",
        'The digital expo: build the site, check content, add initiatives. No command means "build".',
    ),
    "metavar-command": ("LỆNH [TÙY CHỌN]...", "COMMAND [OPTIONS]..."),
    "metavar-folder": ("THƯ-MỤC", "DIR"),
    "metavar-address": ("ĐỊA-CHỈ", "URL"),
    "metavar-paths": ("[ĐƯỜNG-DẪN…]", "[PATH…]"),
    "metavar-number": ("SỐ", "NUMBER"),
    "metavar-query": ("CÂU-TÌM…", "QUERY…"),
    "metavar-options": ("[TÙY CHỌN]", "[OPTIONS]"),
    "help-lang": ("Ngôn ngữ của thông báo.", "Language of messages."),
    "help-quiet": ("Không báo tiến độ.", "No progress."),
    "help-content": ("Thư mục nội dung khác, cùng cách sắp xếp.", "Another content folder of the same shape."),
    "help-output": ("Thư mục để ghi trang.", "Folder for the site."),
    "help-drafts": ("Bản nháp cũng hiện, để xem trước.", "Show drafts too, for a preview."),
    "help-site-url": (
        "Địa chỉ công bố, ví dụ https://vi-du.github.io/expo.",
        "Published address, such as https://example.github.io/expo.",
    ),
    "help-jobs": (
        "Nhiều nhất bấy nhiêu tiến trình cùng làm; mặc định theo số nhân máy.",
        "At most so many processes at once; by default as many as there are cores.",
    ),
    "help-profile": (
        "Cuối cùng in thời gian theo từng khâu và mười tệp lâu nhất.",
        "At the end, where the time went, room by room, and the ten slowest files.",
    ),
    "help-build": ("Dựng trang vào output/.", "Build the site into output/."),
    "help-check": ("Kiểm tra nội dung, báo mọi lỗi trong một lần.", "Check the content; all mistakes in one run."),
    "help-check-paths": ("Chỉ báo lỗi của các tệp hay thư mục này.", "Report only these files or folders."),
    "help-format": (
        "text cho người đọc; github để ghi chú trên từng dòng của yêu cầu gộp.",
        "text for people; github for annotations on a pull request.",
    ),
    "help-search": (
        "Tìm theo từ, theo bộ lọc, hoặc cả hai; đặt trong ngoặc kép để tìm đúng cụm từ. Không có màn hình thì mỗi kết quả một dòng, số đứng trước.",
        "Search by words, by filters, or both; quotes keep words together. Without a screen one result a line, number first.",
    ),
    "metavar-value": ("GIÁ-TRỊ", "VALUE"),
    "help-filter-province": (
        "Chỉ tỉnh, thành hiện nay này: tên, hoặc như trong địa chỉ trang (da-nang). Mọi bộ lọc dùng lại được nhiều lần.",
        "Only this province of today: its name, or as in addresses (da-nang). Every filter may be repeated.",
    ),
    "help-filter-former": (
        "Chỉ tỉnh, thành trước 1/7/2025 này (quang-nam).",
        "Only this province as before 1 July 2025 (quang-nam).",
    ),
    "help-filter-theme": ("Chỉ chủ đề này (moi-truong).", "Only this theme (moi-truong)."),
    "help-filter-stage": ("Chỉ giai đoạn này (pilot).", "Only this stage (pilot)."),
    "help-filter-proposer": ("Chỉ loại người đề xuất này.", "Only this kind of proposer."),
    "help-filter-room": (
        "Chỉ phòng này: endorsed, community, archive.",
        "Only this room: endorsed, community, archive.",
    ),
    "help-filter-reply": (
        "Có phản hồi (co), có báo cáo kết quả (ket-qua), chưa thấy (chua).",
        "Answered (co), results reported (ket-qua), none seen (chua).",
    ),
    "help-filter-year": ("Chỉ năm bắt đầu này (2021, khong-ro).", "Only this year of start (2021, khong-ro)."),
    "help-json": ("Kết quả dạng JSON.", "Results as JSON."),
    "help-limit": ("Số kết quả nhiều nhất.", "At most so many results."),
    "help-test": ("Chạy mọi kiểm thử.", "Run every test."),
    "checking": ("Đang kiểm tra nội dung…", "Checking the content…"),
    "building": ("Đang dựng trang…", "Building the site…"),
    "content-good": (
        "{initiatives} sáng kiến, {replies} phản hồi: không có lỗi.",
        "{initiatives}, {replies}: no mistakes.",
    ),
    "content-good-here": ("Chỗ đã nêu không có lỗi.", "No mistakes in what was named."),
    "errors-elsewhere": (
        "Chỗ khác còn {problems} lỗi trong {files} tệp; chạy check không kèm đường dẫn để xem.",
        "Elsewhere: {problems} in {files}; run check without a path to see them.",
    ),
    "content-bad": (
        "{problems} lỗi trong {files} tệp, trên {initiatives} sáng kiến và {replies} phản hồi.",
        "{problems} in {files}, of {initiatives} and {replies}.",
    ),
    "left-as-it-was": ("Trang đã công bố vẫn như cũ.", "The published site was left as it was."),
    "no-content": (
        "Thư mục {content} không có sáng kiến nào (cần initiatives/*.md).",
        "The folder {content} holds no initiatives (initiatives/*.md is needed).",
    ),
    "outside-content": (
        "“{path}” không nằm trong thư mục nội dung {content}.",
        '"{path}" is not inside the content folder {content}.',
    ),
    "built": (
        "Đã dựng {exhibits} sáng kiến, {replies} phản hồi: {pages} trang, {files} tệp, {size} KB, trong {seconds} giây → {output}",
        "Built {exhibits} exhibits, {replies} replies: {pages} pages, {files} files, {size} KB, in {seconds} s → {output}",
    ),
    "built-empty": (
        (
            "Trang vừa dựng không có sáng kiến nào, vì {content} không có, hoặc chỉ có bản nháp. Nếu không cố ý thì đừng "
            "công bố; xem lại --content, sửa rồi dựng lại."
        ),
        (
            "The site has no exhibits, as {content} holds none, or drafts only. If you did not mean that, don't publish "
            "it; look at --content, mend it and build again."
        ),
    ),
    "profile-rooms": ("Thời gian theo khâu, {seconds} giây:", "Time by room, {seconds} s:"),
    "profile-files": ("Mười tệp lâu nhất, tính bằng giây:", "The ten slowest files, in seconds:"),
    "room-read": ("đọc nội dung", "reading the content"),
    "room-validate": ("kiểm tra", "checking"),
    "room-enrich": ("tìm sáng kiến tương tự", "finding similar exhibits"),
    "room-plan": ("lập danh sách trang", "planning pages"),
    "room-cloths": ("dệt thổ cẩm", "weaving cloths"),
    "room-bodies": ("dựng bài viết", "rendering texts"),
    "room-codes": ("vẽ mã QR", "drawing QR codes"),
    "room-cards": ("vẽ ảnh chia sẻ", "drawing share cards"),
    "room-pictures": ("làm ảnh nhỏ", "making pictures"),
    "room-index": ("lập chỉ mục tìm kiếm", "making the search index"),
    "room-engine": ("máy dựng trang", "the engine"),
    "room-render": ("dựng trang", "rendering pages"),
    "room-files": ("ghi tệp khác", "writing other files"),
    "room-weigh": ("cân trang", "weighing pages"),
    "room-swap": ("thay trang cũ bằng trang mới", "putting the new site in place"),
    "room-other": ("việc khác", "the rest"),
    "standing": (
        "Không có gì đổi từ lần dựng trước. {exhibits} sáng kiến, {replies} phản hồi: {pages} trang, {files} tệp, {size} KB, xem lại trong {seconds} giây → {output}",
        "Nothing has changed since the last build. {exhibits} exhibits, {replies} replies: {pages} pages, {files} files, {size} KB, looked at in {seconds} s → {output}",
    ),
    "room-inputs": ("xem có gì đổi", "looking for changes"),
    "no-site-url": (
        "Chưa biết địa chỉ công bố nên bỏ qua nguồn tin (feed), sơ đồ trang (sitemap) và liên kết chuẩn (canonical); thêm --site-url.",
        "The published address is unknown, so feeds, sitemap and canonical links are left out; add --site-url.",
    ),
    "no-share-cards": (
        "Quá {most} sáng kiến nên không vẽ ảnh chia sẻ riêng cho từng sáng kiến, trang nào cũng dùng ảnh của triển lãm; muốn vẽ đủ thì đặt {variable}.",
        "With more than {most} exhibits none gets a share card of its own, all use the expo's; set {variable} to have them drawn.",
    ),
    "next-command": ("Xem thử: {command}", "See it: {command}"),
    "drafts": (
        "Bản nháp chưa hiện trên trang ({count}): {numbers}. Xóa dòng draft thì hiện.",
        "Drafts that are not on the site ({count}): {numbers}. Delete the draft line to show one.",
    ),
    "bad-site-url": (
        "“{address}” không phải địa chỉ công bố; viết đủ như https://vi-du.github.io/expo (--site-url hoặc EXPO_SITE_URL).",
        '"{address}" is no published address; write all of it, such as https://example.github.io/expo (--site-url or EXPO_SITE_URL).',
    ),
    "bad-source-date": (
        "{name}: “{value}” không phải một thời điểm; ghi số giây tròn kể từ năm 1970, ví dụ 1750000000, hoặc bỏ biến này.",
        '{name}: "{value}" is no moment; write whole seconds since 1970, such as 1750000000, or leave it unset.',
    ),
    "output-foreign": (
        "{path}: thư mục này không do lệnh build tạo ra nên không ghi đè; chọn thư mục trống khác bằng --output.",
        "{path}: this folder was not made by build, so it is not replaced; choose an empty one with --output.",
    ),
    "output-inside": (
        "{path}: thư mục ghi trang không được chứa hay nằm trong thư mục nội dung; chọn chỗ khác bằng --output.",
        "{path}: the output must neither hold the content nor lie in it; choose another place with --output.",
    ),
    "output-unwritable": (
        "{path}: không ghi được ({detail}); chọn chỗ khác bằng --output.",
        "{path}: cannot be written ({detail}); choose another place with --output.",
    ),
    "disk-failed": (
        "Không ghi được tệp: {detail}. Trang đã công bố vẫn như cũ.",
        "Writing failed: {detail}. The published site is as it was.",
    ),
    "cache-failed": (
        "{path}: không ghi được ({detail}); đặt biến môi trường EXPO_CACHE_DIR là một thư mục ghi được. Trang đã công bố vẫn như cũ.",
        "{path}: cannot be written ({detail}); set EXPO_CACHE_DIR to a folder that can be. The published site is as it was.",
    ),
    "share-lost": (
        "Một tiến trình phụ bị ngắt giữa chừng, thường vì máy hết bộ nhớ; chạy lại, ít tiến trình hơn bằng EXPO_JOBS=1. Trang đã công bố vẫn như cũ.",
        "One of the processes was ended from outside, mostly because memory ran out; run again, with fewer by EXPO_JOBS=1. The published site is as it was.",
    ),
    "system-failed": ("Hệ thống báo lỗi: {detail}", "The system reported: {detail}"),
    "engine-failed": ("Pelican báo lỗi:\n{detail}", "Pelican reported:\n{detail}"),
    "help-verify": (
        "So trang đã công bố (thư mục hay địa chỉ) với manifest.json của nó.",
        "Compare a published site (a folder or an address) with its manifest.json.",
    ),
    "help-manifest": (
        "SHA-256 mà lệnh build đã in ra; manifest khác đi thì báo.",
        "The SHA-256 that build printed; another manifest is reported.",
    ),
    "help-place": (
        "Thư mục, hay địa chỉ http(s); mặc định output/.",
        "A folder, or an http(s) address; output/ unless told.",
    ),
    "metavar-place": ("[NƠI]", "[PLACE]"),
    "metavar-hash": ("MÃ-BĂM", "HEX"),
    "verifying": ("Đang so {place} với manifest.json…", "Comparing {place} with its manifest.json…"),
    "verify-missing": ("{path}: thiếu tệp này.", "{path}: is missing."),
    "verify-changed": (
        "{path}: nội dung khác với lúc dựng.",
        "{path}: is not what was built.",
    ),
    "verify-foreign": (
        "{path}: không có trong manifest, không do lệnh build tạo ra.",
        "{path}: is not in the manifest; build did not make it.",
    ),
    "verify-odd": (
        "{path}: là liên kết, thư mục hay loại khác, không phải tệp thường.",
        "{path}: is a link, a folder or something else, not a plain file.",
    ),
    "verify-unreadable": ("{path}: không đọc được ({detail}).", "{path}: cannot be read ({detail})."),
    "verify-left-out": (
        "Không so những tệp này, máy chủ tự thêm hay giữ riêng: {names}.",
        "Left out, as hosts add them or keep them to themselves: {names}.",
    ),
    "verify-other": (
        "manifest.json: không phải bản cần tìm; SHA-256 cần {wanted}, ở đây là {found}. Trang này là bản dựng khác, hoặc manifest đã bị sửa.",
        "manifest.json: is another one; SHA-256 {wanted} is wanted, here it is {found}. This is another build, or the manifest was changed.",
    ),
    "verify-bad": (
        "{count} chỗ khác, trên {files} tệp của manifest. Dựng lại bằng build rồi đưa lên trọn thư mục.",
        "{count} differ, of {files} files in the manifest. Build again and publish the whole folder.",
    ),
    "verify-good": ("Đủ và đúng cả {files} tệp.", "All {files} files are there and right."),
    "verify-manifest": ("SHA-256 của manifest.json: {digest}", "SHA-256 of manifest.json: {digest}"),
    "verify-nothing": (
        "{place}: không có manifest.json của lệnh build ({detail}); ghi thư mục hay địa chỉ của trang đã dựng.",
        "{place}: there is no manifest.json of build ({detail}); name the folder or address of a built site.",
    ),
    "verify-broken": (
        "{place}: manifest.json hỏng hoặc không do lệnh build tạo ra ({detail}); dựng lại bằng build.",
        "{place}: manifest.json is damaged or not made by build ({detail}); build again.",
    ),
    "verify-no-hash": (
        "--manifest-sha256: “{value}” không phải SHA-256; chép đủ 64 chữ số mà lệnh build đã in.",
        '--manifest-sha256: "{value}" is no SHA-256; copy all 64 digits that build printed.',
    ),
    "verify-no-address": (
        "“{address}” không phải địa chỉ trang; viết đủ như https://vi-du.github.io/expo.",
        '"{address}" is no address of a site; write all of it, such as https://example.github.io/expo.',
    ),
    "no-results": ("Không tìm thấy gì cho “{query}”.", 'Nothing was found for "{query}".'),
    "no-results-filtered": (
        "Không tìm thấy gì cho “{query}” với các bộ lọc đã chọn.",
        'Nothing was found for "{query}" with these filters.',
    ),
    "search-value-unknown": (
        "{option}: không có giá trị “{value}”; dùng: {allowed}.",
        '{option}: there is no value "{value}"; use: {allowed}.',
    ),
    "search-value-near": (
        "{option}: không có giá trị “{value}”; gần nhất: {near}.",
        '{option}: there is no value "{value}"; nearest: {near}.',
    ),
    "search-former-place": (
        "{option}: “{value}” là tên trước 1/7/2025, nay thuộc {today}; dùng --tinh-cu {old}, hoặc --tinh {new} cho cả tỉnh, thành mới.",
        '{option}: "{value}" is a name from before 1 July 2025, now part of {today}; use --tinh-cu {old}, or --tinh {new} for all of it.',
    ),
    "search-cut": (
        "Câu tìm dài: chỉ tìm theo những từ đầu.",
        "The query is long: only its first words were looked for.",
    ),
    "search-mended": (
        "Không tìm thấy “{query}”. Hiện kết quả cho “{meant}”. Muốn tìm đúng chữ đã gõ, đặt trong ngoặc kép.",
        'Nothing for "{query}"; these are the results for "{meant}". Quote a word to find it as typed.',
    ),
    "search-meant": ("Có phải bạn tìm “{meant}”?", 'Did you mean "{meant}"?'),
    "search-partial": (
        "Không sáng kiến nào có đủ các từ; dưới đây có một phần.",
        "No initiative has all the words; these have some.",
    ),
    "search-more": (
        "Hiện {shown} trong {found} kết quả; thêm bằng --limit.",
        "{shown} of {found} results; more with --limit.",
    ),
    "place-now": ("{name} (nay là {today})", "{name} (now {today})"),
    "reply-answered": ("có phản hồi", "answered"),
    "reply-results": ("có báo cáo kết quả", "results reported"),
    "reply-none": ("chưa thấy phản hồi", "no answer seen"),
    "help-new": (
        "Thêm một sáng kiến: hỏi từng điều, hoặc nhận các tùy chọn; cho số tiếp theo.",
        "Add an initiative: asks, or takes flags; gives the next number.",
    ),
    "help-serve": (
        "Dựng trang, xem thử trên máy này, tự dựng lại khi tệp đổi.",
        "Build, preview on this computer, rebuild when files change.",
    ),
    "help-port": ("Cổng; mặc định 8000 hoặc cổng trống tiếp theo.", "Port; 8000 or the next free one by default."),
    "new-slug": (
        "Địa chỉ và tên tệp. Chữ thường không dấu a-z, số, gạch nối; không đổi về sau",
        "Address and file name. a-z, digits and hyphens; stays as it is",
    ),
    "new-intro": (
        "Sáng kiến mới, số {number}. Ctrl-C để bỏ; chưa có tệp nào được ghi cho tới câu hỏi cuối.",
        "A new initiative, number {number}. Ctrl-C to leave; nothing is written before the last question.",
    ),
    "new-optional": ("Enter: {default} ", "Enter: {default} "),
    "new-skipped": ("bỏ qua", "skip"),
    "new-several": ("Nhiều giá trị thì cách nhau bằng dấu phẩy.", "Several values: put commas between them."),
    "new-missing": ("thiếu; cần: {label}", "is missing; needed: {label}"),
    "new-exists": (
        "{path} đã có và không bị ghi đè; chọn địa chỉ khác bằng --slug.",
        "{path} exists and is not overwritten; choose another address with --slug.",
    ),
    "new-not-written": ("{path}: không ghi được ({detail}).", "{path}: could not be written ({detail})."),
    "new-written": (
        "Đã ghi {number}, còn là bản nháp. Viết bài dưới các tiêu đề, rồi xóa dòng draft.",
        "Wrote {number}, still a draft. Write the text under the headings, then delete the draft line.",
    ),
    "new-next": ("Kiểm tra: {command}", "Check it: {command}"),
    "serve-address": (
        "Xem thử tại {address} (Ctrl-C để dừng)",
        "Preview at {address} (Ctrl-C to stop)",
    ),
    "serve-rebuilding": ("Có thay đổi, đang dựng lại…", "Something changed, rebuilding…"),
    "serve-rebuilt": ("Đã dựng lại trong {seconds} giây.", "Rebuilt in {seconds} s."),
    "serve-kept": (
        "Đang hiện bản dựng trước; sửa xong sẽ tự dựng lại.",
        "The last good pages are shown until this is mended.",
    ),
    "serve-stopped": ("Đã dừng xem thử.", "The preview has stopped."),
    "serve-port-taken": (
        "Cổng {port} không mở được ({detail}); chọn cổng khác bằng --port, hoặc bỏ --port.",
        "Port {port} cannot be opened ({detail}); choose another with --port, or leave --port out.",
    ),
    "help-withdraw": (
        "Rút một sáng kiến vĩnh viễn: xóa mọi tệp của nó, ghi vào retired.yaml, bỏ nó khỏi các danh sách; hỏi trước khi làm.",
        "Take an exhibit down for good: removes its files, writes retired.yaml, takes it out of lists; asks first.",
    ),
    "help-yes": ("Làm luôn, không hỏi.", "Do it without asking."),
    "help-number": (
        "Số SK, khi tệp của sáng kiến không còn để cho biết.",
        "The SK number, where no file of the exhibit is left to tell.",
    ),
    "help-exhibit": (
        "Số SK, tên tệp, hay địa chỉ của sáng kiến.",
        "SK number, file name or address of the exhibit.",
    ),
    "metavar-exhibit": ("SK-0000|TÊN-TỆP", "SK-0000|SLUG"),
    "withdraw-plan": (
        "Rút {number} (địa chỉ {slug}). Sẽ xóa:",
        "Withdrawing {number} (address {slug}). To be removed:",
    ),
    "withdraw-mended": ("Sẽ bỏ {number} khỏi:", "{number} is to be taken out of:"),
    "withdraw-ask": (
        "Không lấy lại được, trừ trong lịch sử Git. Gõ {number} để đồng ý",
        "This cannot be undone but from Git's history. Type {number} to agree",
    ),
    "withdraw-not-asked": (
        "Chưa làm gì: không có màn hình để hỏi. Thêm --yes nếu chắc chắn.",
        "Nothing was done: there is no terminal to ask on. Add --yes if you are sure.",
    ),
    "withdraw-left": ("Chưa làm gì.", "Nothing was done."),
    "withdraw-cut-off": (
        "Dừng giữa chừng: {detail}. Sửa xong thì chạy lại đúng lệnh này để làm nốt; trước đó trang không dựng được.",
        "Stopped half way: {detail}. Mend that and run the same command to finish; until then no site is built.",
    ),
    "withdraw-unknown": (
        "Không có sáng kiến “{wanted}”, cũng không còn tệp nào của nó. Ghi số SK-0000 hay tên tệp trong content/initiatives.",
        'There is no exhibit "{wanted}", nor any file of it. Give its number SK-0000 or its file name in content/initiatives.',
    ),
    "withdraw-near": (" Có phải “{near}”?", ' Did you mean "{near}"?'),
    "withdraw-already": (
        "{number} đã rút rồi (retired.yaml) và không còn tệp nào. Trang còn hiện thì dựng và công bố lại.",
        "{number} is withdrawn already (retired.yaml) and no file of it is left. If it still shows, build and publish again.",
    ),
    "withdraw-merged": (
        "{number} đã nhập vào {target} (retired.yaml) và không còn tệp nào. Muốn gỡ nội dung thì rút {target}.",
        "{number} was merged into {target} (retired.yaml) and no file of it is left. To take its content down, withdraw {target}.",
    ),
    "withdraw-ambiguous": (
        "{number} đứng trong nhiều tệp: {files}. Ghi tên tệp cần rút thay cho số.",
        "{number} stands in several files: {files}. Give the file name of the one to withdraw.",
    ),
    "withdraw-number-needed": (
        "Không còn tệp nào cho biết số của “{slug}”; thêm --id SK-0000.",
        'No file is left that tells the number of "{slug}"; add --id SK-0000.',
    ),
    "withdraw-number-taken": (
        "{number} là số của sáng kiến khác, không phải của “{slug}”; xem lại --id.",
        '{number} belongs to another exhibit, not to "{slug}"; look at --id again.',
    ),
    "withdraw-retired-broken": (
        "Không sửa được retired.yaml: tệp ấy đang có lỗi hoặc viết theo cách khác thường. Chạy check, sửa tệp ấy trước. Chưa làm gì.",
        "retired.yaml cannot be changed: it has mistakes or is written in an unusual way. Run check and mend it first. Nothing was done.",
    ),
    "withdraw-done": (
        "Đã rút {number}: các tệp đã xóa, retired.yaml đã ghi, bản lưu tạm của lệnh dựng đã xóa.",
        "{number} is withdrawn: its files are removed, retired.yaml is written, the builds' cache is emptied.",
    ),
    "withdraw-too-short": (
        "{path}: bộ sưu tập còn chưa tới ba sáng kiến; thêm sáng kiến khác hoặc xóa tệp.",
        "{path}: fewer than three exhibits are left in this collection; add others or delete the file.",
    ),
    "withdraw-by-hand": (
        "Còn nhắc tới nó, cần bạn đọc và sửa tay:",
        "It is still named here; read and mend by hand:",
    ),
    "withdraw-next": (
        "Tiếp theo: {check}, rồi {build} và công bố. Cho tới lúc đó trang đang công bố vẫn hiện nó.",
        "Next: {check}, then {build}, and publish. Until then the published site still shows it.",
    ),
    "withdraw-elsewhere": (
        (
            "Lệnh này không với tới, phải làm tay:\n"
            "- Lịch sử Git, nơi các tệp vẫn còn. Trên một bản sao mới của kho, người quản lý chạy\n"
            "    {command}\n"
            "  rồi đẩy đè lên mọi nhánh (git push --force --all) và nhờ nơi đặt mã nguồn xóa bản lưu cùng yêu cầu gộp có các tệp ấy. Bản mà người khác đã sao chép thì không lấy lại được.\n"
            "- Mạng phân phối và bản xem thử (artifacts): xóa, hoặc đợi hết hạn.\n"
            "- Google, Bing, Zalo, Facebook: xin gỡ bản lưu và ảnh xem trước bằng công cụ của từng nơi.\n"
            "- Kho lưu trữ web (Wayback Machine): viết thư xin gỡ. Giấy đã in và máy đã lưu trang thì không lấy lại được."
        ),
        (
            "Beyond the reach of this command, to be done by hand:\n"
            "- Git's history, where the files still are. In a fresh clone the maintainer runs\n"
            "    {command}\n"
            "  then pushes over all branches (git push --force --all) and asks the host to delete its caches and the pull requests with these files. What others have cloned cannot be called back.\n"
            "- Delivery networks and previews (artifacts): purge them, or wait until they expire.\n"
            "- Google, Bing, Zalo, Facebook: ask for removal of cached pages and previews with each one's own tool.\n"
            "- Web archives (Wayback Machine): write and ask. Paper and devices that saved the page are out of reach."
        ),
    ),
    "serve-problems": ("Chưa dựng được trang", "The pages could not be built"),
    "serve-close": ("Đóng", "Close"),
}

CLICK_WORDS = {
    "Usage:": "Cách dùng:",
    "Options": "Tùy chọn",
    "Positional arguments": "Giá trị",
    "Commands": "Lệnh",
    "Error: {message}": "Lỗi: {message}",
    "Show this message and exit.": "Hiện lời này.",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "No such option {name!r}.": "Không có tùy chọn {name!r}.",
    "Did you mean {possibility}?": "Có phải {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Có phải một trong: {possibilities}?)",
    "Try '{command} {option}' for help.": "Xem '{command} {option}'.",
    "Missing argument": "Thiếu giá trị",
    "Missing option": "Thiếu tùy chọn",
    "Missing parameter": "Thiếu tham số",
    "Missing {param_type}": "Thiếu {param_type}",
    "Missing parameter: {param_name}": "Thiếu tham số: {param_name}",
    "Missing command.": "Thiếu lệnh.",
    "Invalid value for {param_hint}: {message}": "Giá trị của {param_hint} không đúng: {message}",
    "Invalid value: {message}": "Giá trị không đúng: {message}",
    "{name} {filename!r} does not exist.": "không có {filename!r}.",
    "{name} {filename!r} is a file.": "{filename!r} là tệp, không phải thư mục.",
    "{name} {filename!r} is a directory.": "{filename!r} là thư mục, không phải tệp.",
    "{name} {filename!r} is not readable.": "không đọc được {filename!r}.",
    "{value!r} is not one of {choices}.": "{value!r} không phải một trong {choices}.",
    "{value} is not in the range {range}.": "{value} không nằm trong khoảng {range}.",
    "Option {name!r} requires an argument.": "Tùy chọn {name!r} cần một giá trị.",
    "Option {name!r} does not take a value.": "Tùy chọn {name!r} không có giá trị đi kèm.",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải số nguyên.",
    "Got unexpected extra argument ({args})": "Thừa giá trị ({args})",
    "Got unexpected extra arguments ({args})": "Thừa giá trị ({args})",
    "Aborted!": "Đã dừng!",
    "default: {default}": "mặc định: {default}",
    "required": "bắt buộc",
}


CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def say(key: str, lang: str, **values: object) -> str:
    """The sentence of a message id, filled in."""
    return SENTENCES[key][0 if lang == "vi" else 1].format(**values)


def translate_click(lang: str) -> None:
    """Give Click's modules our words for theirs: each binds `_` and `ngettext` when it is imported."""
    words = CLICK_WORDS if lang == "vi" else {}

    def look_up(message: str) -> str:
        return words.get(message, message)

    def look_up_plural(one: str, many: str, count: int) -> str:
        return look_up(one if count == 1 else many)

    for name in CLICK_MODULES:
        module = import_module(f"click.{name}")
        for attribute, function in (("_", look_up), ("ngettext", look_up_plural)):
            if hasattr(module, attribute):
                setattr(module, attribute, function)
