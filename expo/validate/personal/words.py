"""The words by which personal data is told from public data. Data: phrases apart by " | ", which may be
regular expressions.

In: nothing. Out: patterns made of the phrases. To make the check know one more bank, role or office, add it here.
"""

from __future__ import annotations


def _any_of(phrases: str) -> str:
    return "(?:" + "|".join(phrase for one in phrases.split(" | ") if (phrase := " ".join(one.split()))) + ")"


UNIT = _any_of("""
    đồng | đ | vnđ | vnd | tỷ | tỉ | triệu | trăm | nghìn | ngàn | usd | đô la | euro | % | người | lượt | hộ
    | dân | phản ánh | ý kiến | hồ sơ | tin nhắn | cuộc gọi | tài khoản | giao dịch | kwh | kg | tấn | km | m2
    | m² | ha | mét | giờ | phút | ngày | tháng | năm | lần | bài | trường hợp | thủ tục | văn bản | million
    | billion | thousand | people | persons | residents | accounts | reports | calls | times | households
    | visits | users
""")

BANK = _any_of(r"""
    ngân hàng | \bVietcombank | \bVCB\b | \bBIDV\b | \bAgribank | \bVietinBank | \bTechcombank | \bTCB\b
    | \bMB ?Bank | \bACB\b | \bSacombank | \bTPBank | \bVPBank | \bSHB\b | \bHDBank | \bVIB\b | \bEximbank
    | \bSeABank | \bMSB\b | \bOCB\b | \bLP ?Bank | \bLienVietPostBank | \bNam ?A ?Bank | \bBac ?A ?Bank
    | \bSCB\b | \bABBank | \bPVcomBank | \bNCB\b | \bKienlongBank | \bBVBank | \bSaigonbank | \bVietBank
    | \bPGBank | \bGPBank | \bCBBank | \bOceanBank | \bDongA ?Bank | \bMomo\b | \bHSBC\b
""")

IDENTITY = _any_of(r"""
    \bCCCD | \bCMND | \bCMTND | \bCMT\b | căn cước | chứng minh nhân dân | chứng minh thư | giấy chứng minh
    | định danh cá nhân | số định danh | identity | \bID card | \bID number | \bID no
    | citizen(?:'s)? (?:card|ID)
""")

PHONE = _any_of(r"""
    điện thoại | \bS?ĐT | \bSDT | di động | \bzalo | \bviber | \bwhatsapp | \bmobile | \bphone | \btel | \bcell
    | \bcall | gọi
""")

AT_HOME = _any_of(r"""
    (?:điện thoại|máy bàn|ĐT|số|phone|landline)\s+(?:ở\s+)?(?:nhà(?! nước| trường| máy| văn hóa)|riêng|home)
    | nhà riêng | home phone | (?:nhà|gia đình)\s+(?:ông|bà|anh|chị|cô|chú|bác|cụ)\b
""")

# What is said of where one person lives.
LIVING_OF_ONE = _any_of(r"""
    nhà riêng | nhà (?:ông|bà|anh|chị|cô|chú|bác|cụ|em)\b | địa chỉ (?:nhà|riêng) | thường trú | tạm trú
    | (?<!bán )(?<!nội )(?<!ngoại )(?<!lưu )(?<!hầm )(?<!nhận cư )trú (?:quán|tại|ở) | cư trú tại | cư ngụ
    | \bngụ(?: tại| ở)? | hộ khẩu
    | home address | (?:nơi|chỗ) ở(?: hiện nay| hiện tại|:) | resid(?:es|ing|ent) (?:at|of)
    | (?:his|her|their) (?:house|home) | house of (?:mr|mrs|ms)
""")
# Of one or of many: "người sống ở thôn Hạ" tells of nobody.
LIVING = _any_of(rf"""
    {LIVING_OF_ONE} | nhà của | nhà ở | nơi ở | chỗ ở | sống (?:tại|ở) | liv(?:e|es|ing) (?:at|in)
""")

# Whoever lives there is nobody in particular; "đăng ký thường trú" is what offices do for all.
MANY = _any_of(r"""
    (?<!một )(?:người dân|công dân|hộ dân) | nhân dân | cư dân | dân cư(?! trú) | bà con
    | (?:các|những|nhiều|mọi) (?:hộ|nhà|người|gia đình) | đăng ký
    | \bpeople | \bcitizens | \bresidents | \bhouseholds | \bfamilies | \bvillagers
""")
# How one person is called.
TITLE = _any_of(r"""
    \bông | \bbà(?! con) | \banh | \bchị | \bcô | \bchú | \bbác | \bcụ | \bem | \bcháu | \bmr | \bmrs | \bms
""")

# What is open to people, or has published its address. Those of NAMED_OFFICE are offices only with a name behind them.
OFFICE = _any_of(r"""
    \bUBND\b | \bHĐND\b | \bMTTQ\b | \bHTX\b | \bTHCS\b | \bTHPT\b | \bBHXH\b | \bTNHH\b | ủy ban | uỷ ban
    | hội đồng | trụ sở | văn phòng | cơ quan | công an | công ty | doanh nghiệp | chi nhánh | trung tâm
    | trường(?! hợp) | bệnh viện | trạm | bưu điện | bưu cục | thư viện | nhà văn hóa | nhà thờ | đình | chùa
    | quán | cửa hàng | siêu thị | hợp tác xã | ngân hàng | một cửa | tiếp công dân | tiếp dân | tòa soạn
    | toà soạn | tòa nhà | bảo tàng | công viên | chợ | bến xe | nhà ga | khách sạn
    | điểm (?:truy cập|tiếp nhận|giao dịch|bưu|bán|phát|thu|đổi|dịch vụ công) | cà phê dịch vụ công
    | nhà sinh hoạt cộng đồng | (?:cây|máy) ATM | địa điểm (?:tổ chức|nộp|tiếp) | kho bạc
    | viện kiểm sát | tòa án | toà án | đại học | học viện | nhà máy | xí nghiệp | ban quản lý | nhà xuất bản
    | phòng khám | hiệu thuốc | đại sứ quán | office | headquarters | committee | department | cent(?:er|re)\b
    | school | hospital | company | library | station | university | museum | market | café | cafe | coffee
    | shop | bank | police | court
""")
NAMED_OFFICE = _any_of("""
    Phòng | Sở | Bộ | Cục | Chi cục | Ban | Hội | Viện | Báo | Đài | Quỹ | Tổng cục | Vụ | Chi hội | Liên đoàn
    | Đoàn | Quán
""")
SEAT = _any_of("trụ sở | văn phòng | cơ quan | UBND | nơi tiếp | trung tâm | bộ phận một cửa")

# A number that is part of a name: "tuyến số 5", "Nghị quyết số 12", "tổ dân phố số 3".
NUMBERED_THING = _any_of("""
    tuyến | đường | lộ | đội | tổ | phường | quận | văn bản | nghị quyết | quyết định | kế hoạch | chỉ thị
    | thông báo | công văn | báo cáo | thông tư | điều | khoản | khu phố | thôn | ấp | cổng | trạm | xe buýt
    | xe | điểm | nhà máy | dân phố | tiểu học | mầm non | loa | mẫu | biểu | bảng | lô | kênh | cống | hầm
    | bến | tờ | thửa | lần | ga
""")

# Domains that only bodies of the state hold (decree 147/2024/NĐ-CP keeps .gov.vn for them).
STATE_DOMAIN = _any_of(r"gov\.vn | chinhphu\.vn | quochoi\.vn | dcs\.vn | mattran\.org\.vn | gov")
ROLE = _any_of("""
    infor? | infos | information | thongtin | lienhe | contacts? | hotro | support | cskh | help | helpdesk
    | admin | administrator | webmaster | postmaster | abuse | security | privacy | office | vanphong | vp
    | vanthu | vt | hanhchinh | toasoan | bandoc | bientap | banbientap | bbt | editor | editors | editorial
    | news | tintuc | media | press | truyenthong | tiepdan | tiepcongdan | phananh | gopy | feedback | ykien
    | hoidap | duongdaynong | hotline | tongdai | tuvan | tuyensinh | motcua | dvc | dichvucong | hcc | cntt
    | cds | chuyendoiso | services? | sales | marketing | secretariat | registry | noreply | no-reply | hello
    | team | cpii | papi | expo | trienlam
""")
OFFICE_START = _any_of("""
    1022 | ubnd | hdnd | mttq | congan | vanphong | vanthu | trungtam | ttyt | ttpvhcc | bandoc | toasoan | banbientap
    | duongdaynong | lienhe | hotro | motcua | phananh | tiepcongdan | tiepdan | truongth | truongmn | tramyte
    | hoilienhiep | hoiphunu | hoinongdan | tinhdoan | thanhdoan | bqlda | banquanly | banchihuy
""")
