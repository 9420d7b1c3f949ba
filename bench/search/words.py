"""General words of the composed documents: people, times, sentences, scenes, rare things, abbreviations, minimal pairs.

Written by hand for this bench; alternatives are parted by " | ", the commoner first. In a sentence, `{name}` is a slot that
corpus.py fills. Nothing here is taken from a text, and no private person is named.
"""

# ruff: noqa: E501, SIM905 — tables of phrases: a phrase stays on one line, and lists are written as one text

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = (
    "bà con | chi hội phụ nữ | đoàn thanh niên | trưởng thôn | các hộ dân | hội nông dân | cán bộ xã | nhóm nòng cốt | chi bộ | "
    "hội cựu chiến binh | thầy cô giáo | nhân viên y tế | công an viên | mấy chị trong xóm | người cao tuổi | nhóm tình nguyện | "
    "các bạn sinh viên | ban điều hành | doanh nghiệp trên địa bàn | hợp tác viên | già làng | tu sĩ ở ngôi chùa gần đó | "
    "hội khuyến học | tổ liên gia | đội thiếu niên | hội chữ thập đỏ | chủ tiệm tạp hóa | bác thợ mộc | anh xe ôm | chị bán bún | "
    "cô mậu dịch viên về hưu | chú lái đò | nhóm kỹ sư trẻ | kiều bào quê ở đây"
).split(" | ")
TIMES = (
    "mỗi sáng thứ bảy | cuối tháng | hằng tuần | từ đầu năm | sau vụ gặt | vào ngày rằm | trước Tết | mỗi chiều chủ nhật | suốt mùa mưa | "
    "lúc chạng vạng | sau giờ làm | giữa mùa khô | ngay trong quý hai | dịp hè | hai tuần một lần | khi trời còn mờ sương | "
    "buổi trưa đứng bóng | lúc nông nhàn | từ tháng giêng | đêm trước ngày họp | mỗi khi có phiên chợ | nửa cuối năm ngoái | "
    "suốt ba năm liền | ngay hôm sau | đúng mùng mười"
).split(" | ")
MANNERS = (
    "một cách đều đặn | mà không tốn thêm kinh phí | bằng tiền góp | theo thứ tự đã bốc thăm | rất cẩn thận | với giấy tờ rõ ràng | "
    "không phân biệt già trẻ | trong không khí vui vẻ | có người ghi chép | bằng dụng cụ sẵn có | dưới sự chứng kiến của cả xóm | "
    "từng bước nhỏ | không ồn ào | ngay tại chỗ | theo kiểu cuốn chiếu | đúng như lời hứa | bằng cả hai thứ tiếng | nhanh gọn | kiên nhẫn"
).split(" | ")
PLACES = (
    "nhà văn hóa | sân đình | quán nước đầu ngõ | trụ sở | gốc đa | hiên chùa | chợ xép | trạm y tế | sân trường | bến xe | bờ kênh | "
    "ngã ba | kho hợp tác | cây xăng | bưu cục | cầu ván | xưởng cưa | miếu nhỏ | sân phơi | bãi bồi | lò gạch cũ | đập tràn | gò mối | "
    "vườn ươm | trại giống | khu tập thể | ngõ cụt | chung cư cũ | tiệm vàng | hầm chui | vòng xuyến | trạm thu phí | đồn biên phòng"
).split(" | ")
ROLES = (
    "công khai danh sách | chấm công | thu tiền góp | gọi điện nhắc | đi kiểm tra | giữ chìa khóa | tiếp khách đến học hỏi | làm biên bản | "
    "lo nước uống | chụp hình đối chiếu | mua vật tư | trông trẻ | vận động từng nhà | viết thư xin hỗ trợ | dọn dẹp sau buổi làm"
).split(" | ")
KINDS_OF_HAMLET = "thôn | ấp | khóm | xóm | bản | khu phố | buôn | làng".split(" | ")
TITLE_MANNERS = (
    "cách làm của {hoi} | kinh nghiệm từ {thon} | mô hình {hoi} | sau một năm nhìn lại | thí điểm ở {thon} | chuyện nhỏ ở {thon} | việc của cả xóm | "
    "do {hoi} khởi xướng | từ ý tưởng đến thực tế | lời hẹn với sức khỏe và môi trường"
).split(" | ")
GROUPS = "hội phụ nữ | đoàn thanh niên | hội nông dân | các cụ cao tuổi | cựu chiến binh | nhóm thầy cô".split(" | ")

SENTENCES = (
    "{ai} đã {viec} {luc}, còn {ai2} thì lo {vai} ở {cho}.",
    "Ban đầu chỉ có {so} hộ ở {thon} tham gia, về sau lan ra cả {xa}.",
    "Trước đây {kho}, nên ai cũng mong có cách khác.",
    "Cách làm khá đơn giản: {viec}, rồi {viec2}.",
    "Theo {ai}, cái khó nhất là {vat} và {vat2}, vì hai thứ này lúc có lúc không.",
    "Tính đến tháng {thang} năm {nam}, đã có {so} {dem} được ghi vào sổ.",
    "Kinh phí năm đầu khoảng {tien} triệu đồng, trong đó dân góp {pt}%.",
    "{luc_hoa}, {ai} họp ở {cho} để bàn về {vat}.",
    "Có nhà ở {thon} còn cho mượn {hiem} để dùng chung.",
    "Người dân {thon} kể rằng {kho}.",
    "Khi được hỏi, {pt}% số hộ trả lời là hài lòng, {pt2}% còn phân vân, số còn lại chưa có ý kiến.",
    "Ai không đồng ý có thể ghi vào {vat} đặt ở {cho}; {ai} phải trả lời trong {nho} ngày.",
    "Việc này không thay cho trách nhiệm của cơ quan, mà giúp {vat} tới tay người cần sớm hơn.",
    "{canh}",
    "{canh}",
    "Nhờ đó, {viec} trở thành thói quen của nhiều gia đình ở {thon} và {thon2}.",
    "Đầu năm {nam}, nhóm thử {viec} {cach} nhưng chưa thành công.",
    "Sau đó {ai} đề nghị {viec}, vừa dễ nhớ vừa ít tốn kém.",
    "Mỗi tổ có từ {nho} đến {so2} người, chia nhau {vai} và {vai2}.",
    "Nhiều người lo rằng {kho}; thực tế cho thấy nỗi lo ấy có cơ sở.",
    "Ở {thon}, {ai} còn làm thêm một việc: {viec}.",
    "Chuyện tưởng nhỏ như {vat} lại quyết định thành bại của cả nhóm.",
    "So với năm {nam}, số {dem} tăng gấp {nho} lần.",
    "Kết quả được niêm yết tại {cho} và đọc trên loa {luc}.",
    "Những gì còn thiếu là {vat}, {vat2} và thời gian.",
    "Một đoàn từ huyện lân cận đến xem {vat}, sau đó về làm theo {cach}.",
    "{ai_hoa} ở {xa} cho biết sẽ {viec} trong năm tới.",
    "Khoảng cách từ {thon} tới {cho} chừng {so2} cây số, đường đất, mùa mưa rất khó đi.",
    "Vì vậy {ai} thống nhất {viec}, ai bận thì nhờ người thay.",
    "Không phải lúc nào cũng suôn sẻ: có tháng {kho}.",
    "Bài học rút ra là phải hỏi dân trước, làm thử ở chỗ nhỏ, rồi mới nhân rộng.",
    "Nhóm đặt ra ba điều: công khai, tự nguyện và không gây phiền hà cho ai.",
    "Ai góp công thì được chấm công, ai góp của thì được ghi tên; {vat} là của chung.",
    "Trong buổi tổng kết ở {cho}, {ai} tặng nhau {hiem} làm kỷ niệm.",
    "Người lớn tuổi nhớ thời còn {hiem}, người trẻ thì quen với điện thoại.",
    "Bên cạnh {vat}, bà con còn chia nhau {hiem} mang từ vườn nhà.",
    "Giá mỗi {vat} chừng {tien} nghìn đồng, rẻ hơn mua ở phố.",
    "Cuối cùng, {viec} được đưa vào kế hoạch hằng năm của {xa}.",
    "Điều đáng mừng là {ai} tự đứng ra {vai}, không đợi ai nhắc.",
    "Ngày {ngay}, buổi đầu tiên diễn ra ở {cho} với {so} người.",
    "Sổ theo dõi ghi rõ ngày, giờ, số {dem} và chữ ký của người làm chứng.",
    "Mùa {mua}, công việc chậm lại vì ai cũng bận đồng áng.",
    "Cứ {nho} tháng một lần, {ai} soát lại {vat} và sửa những chỗ hỏng.",
    "Có lúc {ai} định bỏ cuộc, nhưng thấy {ai2} vẫn {viec} nên lại tiếp tục.",
    "Số tiền còn dư là {tien} triệu đồng, để dành mua {vat} cho năm sau.",
    "Tại {thon}, {ai} chọn cách {viec} {luc}.",
    "Hai bên thỏa thuận miệng trước, sau viết thành giấy có đủ chữ ký, lưu ở {cho}.",
    "Câu hỏi được nêu nhiều nhất là ai trả tiền và ai chịu trách nhiệm khi {kho}.",
    "Ngoài ra, {ai} mở một buổi hướng dẫn {cach} cho người mới đến.",
    "Nhóm khuyên nơi khác nên bắt đầu từ {vat}, đừng vội sắm thứ đắt tiền.",
)

# Everyday scenes, for words that files of offices never hold; the order is from common to rare.
SCENES = (
    "Trời vừa hửng, tiếng gà gáy đã lẫn với tiếng máy cày. | Mùi khói bếp, mùi rơm mới quyện trong sương sớm. | Lũ trẻ thả diều trên triền đê, chó chạy theo sủa vang. | "
    "Chị bán xôi gói vội mấy gói lá chuối cho khách quen. | Cơn mưa rào ập xuống, ai nấy chạy vào mái hiên trú tạm. | Bà cụ móm mém cười, tay vẫn thoăn thoắt têm trầu. | "
    "Trên bàn chỉ có ấm chè xanh, đĩa kẹo lạc và quyển sổ bìa xanh. | Chiếc xuồng nhỏ cập bến, chở theo mấy quày dừa và một bao khoai lang. | Đêm xuống, đom đóm lập lòe ven bụi bần. | "
    "Cậu học trò đạp xe lọc cọc, cặp sách buộc bằng dây chun. | Ông lão chống gậy, bước chậm qua cây cầu khỉ lắt lẻo. | Nắng quái chiều hôm hắt vàng lên vách đất. | "
    "Anh thợ xây huýt sáo, tay trát vữa đều tăm tắp. | Con mèo mướp nằm sưởi trên nóc chum. | Tiếng chày giã gạo thậm thịch vọng từ cuối bản. | Mấy đứa nhỏ nhảy lò cò trước sân gạch tàu. | "
    "Người đàn ông rít điếu cày, thong thả nhả khói. | Sương muối làm luống đậu cháy lá chỉ sau một đêm. | Xe buýt dừng, khách lỉnh kỉnh bao tải, lồng gà, giỏ trứng. | "
    "Bà chủ quán phở thái hành, chan nước dùng sôi sùng sục. | Đám thợ gặt ngồi bệt ăn cơm nắm muối vừng. | Cánh cò trắng nghiêng qua đầm sen cạn. | Hoa gạo rụng đỏ lối vào đình. | "
    "Tàu hỏa hú còi, gác chắn hạ xuống, dòng xe ùn lại. | Trong hẻm, tiếng rao bánh giò, bánh khúc kéo dài. | Cô gái Mông xòe ô hoa, địu theo em bé ngủ gật. | "
    "Bếp than hồng nổ lép bép, ngô nướng thơm lừng. | Lưới vó cất lên, tép nhảy tanh tách. | Đàn vịt lạch bạch theo nhau xuống rộc. | Chiếc quạt mo phe phẩy giữa trưa oi ả. | "
    "Gió bấc lùa qua khe liếp, lạnh buốt sống lưng. | Hũ mắm, vại cà xếp ngay ngắn cạnh chạn bát. | Ngọn đèn măng xông tỏa sáng cả gian nhà. | Khách lạ được mời uống rượu cần, ăn cơm lam. | "
    "Thằng bé nghịch bùn, mặt mũi lấm lem, bị mẹ mắng yêu. | Chuyến phà cuối rời bến, đèn hai bờ nhấp nháy. | Trăng lưỡi liềm treo chênh chếch trên rặng phi lao. | "
    "Người ta kháo nhau chuyện được mùa, chuyện cưới xin, chuyện giá heo hơi. | Vài ba chiếc ghế đẩu, một tấm bạt, thế là thành chỗ họp. | Ông thợ rèn quai búa chan chát bên lò đỏ rực. | "
    "Lá bàng đỏ ối, nhặt một nhoáng đầy rổ. | Bầy ngỗng kêu quàng quạc khi có người mở cổng. | Chị lao công đẩy xe kẽo kẹt qua dãy phố vắng. | Tiếng mõ trâu lốc cốc xa dần phía chân núi. | "
    "Mưa đá làm thủng mấy tấm phi brô, ướt nhẹp chăn màn. | Con nghé tơ ngơ ngác đứng giữa khoảnh cỏ non. | Cụ đồ mài mực, viết câu đối tặng hàng xóm. | Bọn nhóc rủ nhau bắt châu chấu, muỗm, cào cào."
).split(" | ")

# Things that few documents name; corpus.py picks any of them with the same chance, apart from each other.
RARE_THINGS = (
    "cá chốt | cá lăng | cá heo kho | cá thòi lòi | cá sặc rằn | cá trèn | cá kèo | cá ngạnh | cá bống tượng | cá nhụ | cá đuối | cá khoai | cá nục | cá trích | "
    "rau choại | rau dớn | rau sam | rau má | rau nhút | rau tập tàng | bông điên điển | bông so đũa | đọt nhãn lồng | lá lốt | lá giang | lá cách | củ ấu | củ niễng | "
    "củ mài | củ kiệu | củ sả | khoai môn | khoai sọ | khoai mỡ | trái gấc | trái thị | trái sấu | trái bứa | trái cóc | trái trâm | trái dâu da | trái bòn bon | mận hậu | mắc khén | "
    "hạt dổi | hạt mắc ca | thảo quả | sa nhân | quế chi | hoa hồi | nhựa thông | gỗ trắc | gỗ mun | gỗ nghiến | gỗ táu | cây vông | cây gòn | cây duối | cây sung | cây dướng | "
    "cái nơm | cái đó | cái lờ | cái vó | cái dậm | cái trúm | cái xẻng | cái cuốc chim | cái xà beng | cái đục | cái bào | cái tràng | cái kìm | cái búa tạ | cái rìu | cái nạo | "
    "cái sàng | cái giần | cái nia | cái mẹt | cái thúng | cái dừng | cái cót | cái bồ | cái sọt | cái gùi | cái bừa | cái ách | cái roi | cái néo | cái quang | cái đòn xóc | "
    "chiếc nón quai thao | chiếc khăn piêu | chiếc xà tích | chiếc váy đụp | chiếc yếm | chiếc guốc | chiếc bị cói | chiếc tráp | chiếc rương | chiếc gáo | chiếc siêu | chiếc niêu | "
    "đàn tính | đàn đáy | đàn nhị | đàn tranh | kèn bầu | kèn lá | khèn | sáo trúc | chiêng núm | thanh la | sênh tiền | trống cơm | trống chầu | phách tre | "
    "bánh gai | bánh khoái | bánh tét | bánh cuốn | bánh rế | bánh ú | bánh phu thê | bánh tro | bánh ngải | bánh đúc | bánh bò | bánh căn | bánh xèo | bánh khảo | chè lam | chè kho | "
    "nem thính | nem nướng | giò thủ | chả rươi | mắm nêm | mắm tép | mắm cáy | mắm ruốc | tương nếp | tương bần | dưa cải | cà pháo | thịt gác bếp | lạp xưởng | xôi vò | cốm dẹp | "
    "chim chích | chim khuyên | chim gáy | chim cuốc | chim sẻ | chim le le | chim bìm bịp | con cầy | con nhím | con don | con dúi | con tê tê | con trút | con hẫng | con cáy | con rạm | "
    "con vẹm | con ngao | con sá sùng | con hà | con điệp | con trai | con hến | con sứa | con đỉa | con ve | con dế | con bướm ma | con ngài | con tằm | con kén | con chuồn ớt | "
    "xe bò | xe cút kít | xe lôi | xe thồ | xe cải tiến | thuyền nan | thuyền thúng | bè luồng | ghe bầu | ghe chài | tàu giã | mảng tre | cối xay | cối nước | khung chũi | cọn nước | "
    "gạch bông | ngói mũi hài | ngói âm | đá ong | đá vôi | vôi tôi | rơm nhồi | phên nứa | liếp tre | lá cọ | lá gồi | tranh săng | vải bố | vải xô | vải chéo | lụa đũi | sợi gai | sợi đay | "
    "lá ngải cứu | lá xông | rễ đinh lăng | củ gừng gió | vỏ quýt khô | cây sói | hoa hòe | hoa cúc chi | hoa nhài | hoa ban | hoa trẩu | hoa sim | hoa mua | hoa gạo | hoa dẻ | hoa bưởi | "
    "tờ giấy dó | tranh khắc | thoi mực | nghiên đá | bút lông | con dấu đồng | sắc phong | gia phả | câu liễn | ống quyển | thẻ tre | cái mõ | tù và | lư hương | chuông đồng | bát điếu | "
    "máy tuốt | máy xạ hàng | máy băm | máy ép | máy sục khí | máy khoan tay | máy dò | máy hàn | máy tiện | cái pa lăng | cái con đội | dây tời | dây chão | dây thừng | dây mây | dây rút | "
    "bạt xếp | bình tông | bình xịt | phễu lọc | thước dây | thước ngắm | la bàn | ống nhòm | kính lúp | nhiệt kế | ẩm kế | cân tạ | cân xách | đồng hồ bấm giờ | còi tay | bảng gỗ ép"
).split(" | ")


@dataclass(frozen=True)
class Concept:
    """An abbreviation that people know, its full form, and sentences that use it as `{dang}`."""

    short: str
    full: str
    sentences: tuple[str, ...]


def _concept(short: str, full: str, *sentences: str) -> Concept:
    return Concept(short, full, sentences)


CONCEPTS = (
    _concept(
        "UBND",
        "Ủy ban nhân dân",
        "{dang} xã giao một phó chủ tịch theo dõi việc này.",
        "Đề xuất được gửi tới {dang} huyện từ tháng {thang}.",
    ),
    _concept(
        "BHYT",
        "bảo hiểm y tế",
        "Nhiều người trong nhóm chưa có thẻ {dang}.",
        "Phần dư được mua {dang} cho {nho} cụ neo đơn.",
    ),
    _concept(
        "TTHC",
        "thủ tục hành chính",
        "Theo nhóm, {dang} liên quan đã bớt được {nho} bước.",
        "Ai vướng {dang} thì được chỉ tận nơi.",
    ),
    _concept(
        "HTX",
        "hợp tác xã",
        "Một {dang} trong vùng nhận bao tiêu phần làm ra.",
        "Ban đầu {dang} cho mượn kho và máy.",
    ),
    _concept(
        "HĐND",
        "Hội đồng nhân dân",
        "Kỳ họp {dang} tháng {thang} đã nghe báo cáo về việc này.",
        "Đại biểu {dang} hai lần đến tận nơi.",
    ),
    _concept(
        "CLB",
        "câu lạc bộ",
        "Từ nhóm nhỏ, bà con lập thành {dang} có quy chế.",
        "Các {dang} ở thôn bên xin cùng sinh hoạt.",
    ),
    _concept(
        "BHXH",
        "bảo hiểm xã hội",
        "Người làm công được hướng dẫn đóng {dang} tự nguyện.",
        "Cán bộ {dang} đến giải đáp một buổi.",
    ),
    _concept(
        "CNTT",
        "công nghệ thông tin",
        "Sinh viên ngành {dang} giúp làm bảng theo dõi.",
        "Phần {dang} do một kỹ sư tình nguyện trông coi.",
    ),
    _concept(
        "MTTQ",
        "Mặt trận Tổ quốc",
        "{dang} xã đứng ra vận động và kết nối.",
        "Quỹ do {dang} giữ, có ba người ký.",
    ),
    _concept(
        "DTTS",
        "dân tộc thiểu số",
        "Hộ đồng bào {dang} chiếm {pt}% số người tham gia.",
        "Tài liệu có bản cho đồng bào {dang}.",
    ),
    _concept(
        "CĐS",
        "chuyển đổi số",
        "Việc này nằm trong kế hoạch {dang} của xã.",
        "Tổ {dang} giúp nhập số liệu cũ.",
    ),
    _concept(
        "CCCD",
        "căn cước công dân",
        "Người đến nhớ mang {dang} hoặc giấy có ảnh.",
        "Ai chưa có {dang} vẫn được ghi tên.",
    ),
    _concept(
        "PCCC",
        "phòng cháy chữa cháy",
        "Nhóm học {dang} một buổi với đội của huyện.",
        "Bình {dang} đặt cạnh cửa, kiểm mỗi quý.",
    ),
    _concept(
        "ATTP",
        "an toàn thực phẩm",
        "Mẫu thức ăn được thử theo quy định về {dang}.",
        "Hai người được cấp giấy về {dang}.",
    ),
    _concept(
        "NTM",
        "nông thôn mới",
        "Kết quả được tính vào tiêu chí {dang}.",
        "Nguồn vốn {dang} trả phần vật tư.",
    ),
    _concept(
        "THPT",
        "trung học phổ thông",
        "Học sinh {dang} giúp vẽ tranh và đếm phiếu.",
        "Một trường {dang} cho mượn hội trường.",
    ),
    _concept(
        "KHCN",
        "khoa học công nghệ",
        "Phần thử nghiệm có hỗ trợ từ quỹ {dang}.",
        "Đề tài {dang} cấp cơ sở ghi lại cách làm.",
    ),
    _concept(
        "GTVT",
        "giao thông vận tải",
        "Kỹ sư ngành {dang} góp ý về an toàn.",
        "Sở {dang} cử người xuống xem một lần.",
    ),
    _concept(
        "DVC",
        "dịch vụ công",
        "Nhân tiện, nhóm chỉ cách dùng {dang} trực tuyến.",
        "Máy {dang} đặt ở nhà văn hóa cũng được dùng chung.",
    ),
    _concept(
        "TP.HCM",
        "Thành phố Hồ Chí Minh",
        "Một nhóm ở {dang} gửi tặng vật dụng.",
        "Hàng làm ra có khách từ {dang} đặt mua.",
    ),
)

# Real words that differ in marks alone; each side is a whole phrase, and both fold to the same letters.
TWINS = (
    ("thu phí", "thư phí"),
    ("thuế đất", "thuê đất"),
    ("nhà trẻ", "nhà tre"),
    ("cổng trường", "công trường"),
    ("bãi đỗ xe", "bãi đổ xe"),
    ("lấy máu", "lấy mẫu"),
    ("chợ đêm", "chờ đêm"),
    ("đóng ghe", "đóng ghế"),
    ("tra sổ", "tra số"),
    ("mùa lúa", "mua lúa"),
    ("bản đồ", "bán đồ"),
    ("sửa cầu", "sửa câu"),
    ("phơi lúa", "phơi lụa"),
    ("giữ bò", "giữ bờ"),
    ("trồng dâu", "trồng đậu"),
    ("bàn đất", "bán đất"),
    ("diệt muỗi", "diệt muối"),
    ("lấp hồ", "lấp hố"),
    ("gốc đa", "góc đá"),
    ("thuê nhà", "thuế nhà"),
    ("giống cá", "giống cà"),
    ("dọn đường", "đón đường"),
    ("tủ sách", "tủ sạch"),
    ("nhà máy", "nhà may"),
    ("chợ tối", "chợ tỏi"),
    ("hội đáp", "hỏi đáp"),
    ("đường xa", "đường xã"),
    ("cống làng", "cổng làng"),
    ("cửa hàng", "cưa hàng"),
    ("quà tặng", "quả tặng"),
    ("bán hoa", "bàn hòa"),
    ("đóng dấu", "đong dầu"),
    ("thợ hàn", "thơ Hán"),
    ("bàn giao", "bán giao"),
    ("đội xe", "đổi xe"),
    ("giá rau", "giã rau"),
    ("cho mượn", "chờ mượn"),
    ("đèn đường", "đền đường"),
    ("lò gạch", "lo gạch"),
    ("chữa nước", "chứa nước"),
    ("lịch mưa", "lịch mùa"),
    ("vườn cau", "vườn câu"),
    ("vé xe", "vẽ xe"),
    ("chuông báo", "chuồng báo"),
)
