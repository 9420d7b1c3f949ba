"""Subjects of the composed documents, first half: services, feedback, participation, openness, environment, traffic, health.

Written by hand for this bench. Each topic: themes, subjects of titles, problems, actions, things, what is counted;
alternatives are parted by " | ", the commoner first. No real initiative is described, no person is named.
"""

# ruff: noqa: E501 — tables of phrases: a phrase stays on one line

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """What a document can be about; every part is a tuple of phrases."""

    themes: tuple[str, ...]
    subjects: tuple[str, ...]
    problems: tuple[str, ...]
    actions: tuple[str, ...]
    things: tuple[str, ...]
    counted: tuple[str, ...]


def topic(themes: str, subjects: str, problems: str, actions: str, things: str, counted: str) -> Topic:
    """A Topic from phrases parted by " | "."""
    return Topic(*(tuple(part.split(" | ")) for part in (themes, subjects, problems, actions, things, counted)))


FIRST_TOPICS = (
    topic(
        "dich-vu-cong",
        "Trả kết quả hồ sơ tại nhà | Tổ giao giấy tờ tận tay | Nhận giấy chứng thực qua bưu tá | Hẹn giờ trả hồ sơ buổi tối",
        "người đi làm ca không kịp giờ hành chính | nhà xa trụ sở, lội bộ nửa ngày đường mới lấy được tờ giấy | giấy hẹn ghi nhòe, nhiều người đến sai ngày",
        "ghi địa chỉ và khung giờ nhận trên phiếu hẹn | cử cộng tác viên cầm túi niêm phong đến từng nhà | ký nhận bằng sổ có chữ ký hai bên | nhắn tin trước một buổi | đóng lệ phí bằng mã quét ngay tại hiên nhà",
        "giấy hẹn | bản sao chứng thực | túi hồ sơ | bưu tá | lệ phí | sổ giao nhận | phong bì | hộ khẩu cũ | giấy xác nhận độc thân",
        "lượt giao giấy tờ | bộ hồ sơ",
    ),
    topic(
        "dich-vu-cong | y-te",
        "Làm giấy khai sinh ngay tại nhà hộ sinh | Liên thông khai sinh cho trẻ vùng cao | Đăng ký khai tử không phải đi lại | Góc khai sinh ở khoa sản",
        "trẻ ba tháng tuổi vẫn chưa có giấy khai sinh | cha mẹ chưa đăng ký kết hôn nên ngại đến xã | tên chữ Hán Nôm hay tiếng Mông ghi sai dấu",
        "đặt bàn tiếp nhận cạnh phòng sản khoa | điền sẵn tờ khai cho gia đình rà lại | đối chiếu giấy chứng sinh trong buổi chiều | trao giấy trước khi mẹ bế con xuất viện | đọc to họ tên để cha mẹ sửa chính tả",
        "giấy chứng sinh | tờ khai | nữ hộ sinh | khoa sản | trẻ sơ sinh | thẻ bảo hiểm của bé | quê quán | cán bộ tư pháp",
        "trẻ có giấy khai sinh | tờ khai",
    ),
    topic(
        "dich-vu-cong | bao-trum-so",
        "Lấy số thứ tự qua tin nhắn | Bảng xếp hàng thông minh ở bộ phận một cửa | Ghế chờ ít hơn nhờ hẹn giờ trước | Gọi số bằng loa hai thứ tiếng",
        "người dân chen chúc từ tinh mơ để giành chỗ | có người nhờ hàng xóm giữ gạch xí phần | quầy đất đai dồn ứ, quầy khác lại vắng tanh",
        "nhắn mã quầy để nhận số và giờ ước tính | dành hai ghế cho bà bầu và cụ già | chiếu số đang gọi lên vách tường | dời bớt khách sang buổi chiều | đếm thời gian chờ của từng quầy",
        "số thứ tự | quầy tiếp nhận | màn hình chiếu | tin nhắn | loa gọi | ghế chờ | máy bấm số | lịch hẹn",
        "lượt lấy số | phút chờ bớt được",
    ),
    topic(
        "dich-vu-cong | nhom-yeu-the",
        "Xe lưu động làm giấy tờ cho người già yếu | Đội đến tận giường làm căn cước | Buổi làm giấy tờ ở chùa và nhà thờ | Chuyến xe giấy tờ về buôn xa",
        "cụ bà nằm liệt không thể ngồi xe máy ra huyện | vân tay mòn vì làm rẫy lâu năm | người neo đơn mất hết giấy tờ sau trận lụt",
        "chở máy chụp và phông nền đến đầu ngõ | xin ý kiến con cháu trước khi lăn tay | lập danh sách người nằm liệt giường | hẹn lại lần hai nếu ảnh bị lóa | mượn máy phát phòng khi mất điện",
        "máy chụp | phông nền | dấu vân tay | giấy xác nhận cư trú | xe bán tải | máy phát | cụ già | buôn làng",
        "người được làm giấy tờ | chuyến xe",
    ),
    topic(
        "phan-anh-gop-y",
        "Hòm thư góp ý ở chợ | Thùng thư xanh trước cổng trụ sở | Phiếu góp ý kẹp trong sổ tiền nước | Mảnh giấy nhắn gửi lãnh đạo xã",
        "tiểu thương ngại nói thẳng với ban quản lý | đơn nặc danh gửi vòng vèo không ai trả lời | hòm thư cũ gỉ sét, chìa khóa thất lạc",
        "mở khóa hòm thư trước mặt ba người chứng kiến | đọc to từng lá rồi phân loại | dán câu trả lời lên bảng gỗ cạnh cổng | đánh số từng phiếu để dò lại | đổi chìa ba tháng một lần",
        "hòm thư | phiếu góp ý | chìa khóa | tiểu thương | sạp hàng | bảng tin | ban quản lý chợ | lá thư",
        "lá thư | phiếu góp ý",
    ),
    topic(
        "phan-anh-gop-y | tham-gia-co-so",
        "Đối thoại đầu tháng với chủ tịch xã | Tối thứ sáu nghe dân nói | Ngồi chung chiếu hỏi đáp | Diễn đàn cha mẹ học sinh và chính quyền",
        "họp dân chỉ thấy đọc báo cáo dài lê thê | câu hỏi khó bị hẹn lần lữa | phụ nữ ngồi cuối phòng hiếm khi phát biểu",
        "gom câu hỏi trước ba ngày | trả lời tại chỗ, việc khó thì ghi hạn chót | phát băng ghi âm cho người vắng mặt | mời người hỏi đến xem kết quả | bốc thăm để ai cũng được nói",
        "biên bản | câu hỏi | micro | hội trường | ghế nhựa | chủ tọa | hạn chót | lời hứa",
        "câu hỏi | buổi đối thoại",
    ),
    topic(
        "ha-tang-nong-thon | tham-gia-co-so",
        "Hiến đất mở rộng đường làng | Lùi hàng rào cho xe cứu thương vào xóm | Góp ngày công đổ bê tông | Đường hoa do dân tự làm",
        "ngõ hẹp, xe chở lúa không quay đầu được | xe cứu hỏa kẹt giữa bờ tường và mương | mưa xuống là lầy lội, học trò ngã dúi dụi",
        "đo vạch từng mét rồi cắm cọc tre | ghi tên hộ hiến đất lên bia đá nhỏ | chia ca trộn vữa, gánh sỏi | dời cổng và giếng lùi vào trong | trồng hoa mười giờ dọc rãnh",
        "hàng rào | ngày công | bê tông | xi măng | sỏi cát | cọc tiêu | bờ tường | lề cỏ | con ngõ",
        "mét đường | hộ hiến đất",
    ),
    topic(
        "tham-gia-co-so",
        "Tổ hòa giải bên ấm trà | Già làng hòa giải tranh chấp đất rẫy | Hàng xóm ngồi lại với nhau | Nhóm hòa giải của các bà ngoại",
        "cãi nhau vì gốc xoài lấn ranh | tiếng karaoke nửa đêm làm cả ngõ mất ngủ | anh em kiện nhau vì lối đi chung",
        "mời hai bên uống nước ở nhà người thứ ba | xem lại mốc ranh cũ cùng địa chính | viết giấy thỏa thuận dễ hiểu | hẹn thăm lại sau một tháng | chỉ chuyển lên trên khi đã ba lần không xong",
        "ấm trà | mốc ranh | giấy thỏa thuận | lối đi chung | già làng | tiếng ồn | hàng xóm | gốc xoài | án phí",
        "vụ hòa giải | cuộc gặp",
    ),
    topic(
        "tham-gia-co-so",
        "Viết lại hương ước bằng lời dễ hiểu | Quy ước cưới hỏi tiết kiệm | Hương ước giữ giếng làng | Cả bản biểu quyết luật tục mới",
        "đám tang kéo dài, nhà nghèo mang nợ | quy ước cũ chép tay, lớp trẻ chẳng ai đọc | phạt vạ nặng gây oán giận",
        "đọc từng điều rồi giơ tay biểu quyết | vẽ tranh minh họa cho người không biết chữ | bỏ tục thách cưới và cỗ bàn linh đình | cho thiếu niên đóng góp một điều | in khổ lớn treo ở đình",
        "hương ước | luật tục | đám cưới | đám tang | mâm cỗ | biểu quyết | đình làng | tộc trưởng | tiền mừng",
        "điều ước | hộ ký tên",
    ),
    topic(
        "tham-gia-co-so | giao-thong-do-thi",
        "Tổ tự quản giữ bình yên khu phố | Tiếng kẻng an ninh | Đèn và chuông báo trộm chung ngõ | Phiên gác đêm của cựu chiến binh",
        "trộm chó, trộm gà vịt rộ lên dịp giáp Tết | thanh niên lạng lách, rú ga lúc khuya | kẻ lạ dò hỏi nhà chỉ có người già",
        "đánh kẻng ba hồi khi có người lạ | đi tuần theo cặp, có áo phản quang | lắp chuông nối mười nhà liền kề | ghi biển số xe đáng ngờ vào sổ trực | nhắc nhau khóa cổng sau",
        "tiếng kẻng | áo phản quang | sổ trực | trộm cắp | chuông báo | cựu chiến binh | con ngõ | bốt gác | đèn pin",
        "phiên gác | vụ trộm bớt đi",
    ),
    topic(
        "minh-bach",
        "Bảng thu chi treo ở nhà văn hóa | Sổ quỹ thôn ai cũng xem được | Đọc thu chi trên loa | Hóa đơn đóng tập để ngoài hiên",
        "khoản đóng góp thu mỗi nhà một khác | trưởng thôn cũ bàn giao thiếu chứng từ | người dân nghi ngờ tiền làm đường bị ăn bớt",
        "kê từng khoản bằng chữ to | đối chiếu biên lai với thủ quỹ ba tháng một lần | chụp ảnh hóa đơn gửi vào nhóm xóm | để trống một cột cho người thắc mắc ghi vào | mời kế toán về hưu soát lại",
        "sổ quỹ | thủ quỹ | biên lai | hóa đơn | khoản thu | chứng từ | tiền dư | bảng gỗ | kế toán",
        "khoản thu | lượt xem sổ",
    ),
    topic(
        "minh-bach | nhom-yeu-the",
        "Bình xét hộ nghèo giữa sân đình | Niêm yết danh sách nhận quà Tết | Chấm hộ cận nghèo bằng thẻ màu | Rà soát trợ cấp có dân chứng kiến",
        "người khá giả lọt vào danh sách | hộ mới tách khẩu bị bỏ sót | chia quà kiểu cào bằng",
        "mỗi nhà giơ thẻ xanh hoặc đỏ | công bố tiêu chí trước hai tuần | đến xem mái nhà, chum gạo, chuồng nuôi | nhận khiếu nại trong bảy ngày | ghi lý do loại tên vào biên bản",
        "thẻ màu | danh sách | hộ cận nghèo | trợ cấp | quà Tết | tiêu chí | mái tôn | gạo cứu đói | khiếu nại",
        "hộ được xét | tên sửa lại",
    ),
    topic(
        "kiem-soat-tham-nhung | minh-bach",
        "Ban giám sát đầu tư của cộng đồng | Thợ hồ về hưu soi công trình | Dân đếm bao xi măng | Nhật ký công trình mở cho mọi người",
        "móng cống mỏng hơn bản vẽ | cát trộn lẫn đất, ống nứt sau một mùa | nhà thầu phụ đổi chủng loại thép",
        "khoan mẫu bê tông đem ép thử | đo bề dày từng đoạn bằng thước thép | chụp ảnh tem bao xi măng | ghi nhật ký mỗi ca đổ | đòi làm lại chỗ sai trước khi nghiệm thu",
        "bản vẽ | thước thép | nhà thầu | nghiệm thu | móng cống | chủng loại thép | nhật ký | dự toán | phụ lục hợp đồng",
        "lỗi được sửa | ngày giám sát",
    ),
    topic(
        "moi-truong",
        "Ủ phân từ vỏ rau bếp nhà | Thùng giun quế sau hè | Rác bếp hóa phân bón rau | Men vi sinh cho hố ủ",
        "xe rác ba ngày mới ghé, ruồi nhặng bu đầy | bãi chôn lấp quá tải, nước rỉ chảy ra ruộng | vỏ sầu riêng, xơ mít bỏ thành đống",
        "băm nhỏ vỏ rau rồi rắc mùn cưa | đảo hố ủ mỗi tuần một lần | đổi năm ký phân lấy chục trứng | phát xô có nắp cho từng bếp | đo hơi nóng bằng que sắt",
        "hố ủ | mùn cưa | giun quế | men vi sinh | xô có nắp | vỏ rau | ruồi nhặng | luống cải | phân xanh",
        "ký phân | hố ủ",
    ),
    topic(
        "moi-truong | sinh-ke",
        "Bể thu vỏ thuốc sâu ngoài đồng | Đồng ruộng không vỏ chai | Gom bao bì thuốc trừ cỏ | Nông dân súc rửa vỏ chai ba lần",
        "vỏ thuốc diệt ốc vứt trắng bờ ruộng | chai thủy tinh vỡ cứa chân người cấy | mương cạn, cá lia thia chết nổi",
        "đặt bể xi măng có nắp cách nhau hai trăm mét | súc ba lần rồi bỏ vào bể | cân và ghi sổ trước khi đưa đi đốt | nhắc đại lý nhận lại bao bì | phạt bằng một buổi nhặt vỏ chai",
        "vỏ thuốc | bể xi măng | thuốc trừ cỏ | bờ ruộng | đại lý vật tư | găng tay cao su | lò đốt | ốc bươu",
        "bể thu | ký bao bì",
    ),
    topic(
        "moi-truong",
        "Vớt lục bình khơi dòng kênh | Dòng rạch trong trở lại | Thuyền gom rác mặt nước | Hàng dừa nước giữ bờ rạch",
        "lục bình kín mặt rạch, ghe xuồng mắc kẹt | nước đen sì bốc mùi, trẻ con nổi mẩn | nhà sàn xả thẳng xuống kênh",
        "căng lưới chặn ở hai đầu | vớt lên phơi rồi bán cho xưởng đan | thả cá chép, cá mè vào khúc sông đã sạch | đặt thùng nổi cạnh bến ghe | cắm dừa nước dọc bãi bồi",
        "lục bình | ghe xuồng | lưới chặn | con rạch | dừa nước | thùng nổi | bến ghe | bãi bồi | khúc sông",
        "mét kênh | tấn lục bình",
    ),
    topic(
        "moi-truong | giao-thong-do-thi",
        "Mỗi nhà nhận nuôi một gốc cây | Vườn ươm cây bản địa | Trồng lại hàng sao đen | Khu vườn chung trên đất trống",
        "cây mới trồng chết khô vì không ai tưới | vỉa hè bỏng rát giữa trưa hè | đất trống thành chỗ đổ xà bần",
        "đeo bảng tên người chăm cho từng gốc | hứng nước máy lạnh để tưới | đổi cây chết trong vòng một mùa | học cách cắt cành không làm thối gốc | ươm hạt lim, hạt trám trong bầu đất",
        "gốc cây | vườn ươm | bầu đất | cành khô | bóng mát | hạt giống | xà bần | vỉa hè | cọc chống",
        "gốc cây | vườn chung",
    ),
    topic(
        "giao-thong-do-thi",
        "Trả vỉa hè cho người đi bộ | Bãi giữ xe chung của khu chợ | Kẻ vạch cho gánh hàng rong | Giờ gửi xe luân phiên",
        "xe máy dựng kín lề, người đi bộ phải xuống lòng đường | hàng rong chạy trốn mỗi khi dẹp | ô tô đậu bịt lối cửa nhà",
        "sơn vạch vàng chia ba phần lề | cấp thẻ chỗ ngồi theo buổi | mở sân trường làm bãi gửi ngày nghỉ | dán thư nhắc trước khi phạt | đếm số xe theo từng khung giờ",
        "vỉa hè | vạch sơn | gánh hàng rong | bãi giữ xe | lòng đường | thẻ chỗ ngồi | xe máy | biển cấm đậu",
        "chỗ gửi xe | mét vỉa hè",
    ),
    topic(
        "giao-thong-do-thi | giao-duc",
        "Cổng trường thông thoáng | Làn đi bộ cho học trò | Cha mẹ đón con theo màu thẻ | Đội cờ đỏ qua đường",
        "giờ tan học, xe cộ chen kín cổng | trẻ lớp một băng qua quốc lộ một mình | quán xá bày bàn sát mép đường",
        "chia giờ tan theo khối lớp | vẽ bàn chân sơn trắng trên lề | cử hai phụ huynh cầm cờ hiệu mỗi sáng | dời điểm đón vào sân kho | nhắc đội mũ bảo hiểm đúng cỡ",
        "giờ tan học | phụ huynh | mũ bảo hiểm | cờ hiệu | vạch sang đường | quốc lộ | khối lớp | sân kho",
        "học trò | điểm đón",
    ),
    topic(
        "giao-thong-do-thi | ha-tang-nong-thon",
        "Vá ổ gà trong ba ngày | Đội thợ vá đường tình nguyện | Nhựa nguội lấp hố sâu | Cắm cờ báo chỗ đường sụt",
        "xe tải ben cày nát mặt đường | ổ voi đọng nước, người té gãy tay | vá chỗ này bong chỗ khác",
        "chụp hình có thước đặt cạnh miệng hố | cắm cờ đỏ cảnh báo ngay trong đêm | đổ nhựa nguội rồi đầm chặt | ghi ngày vá lên mép đường | cân xe tải ở đầu dốc",
        "ổ gà | nhựa nguội | xe tải | đầm tay | cờ cảnh báo | mặt đường | khúc cua | rãnh thoát | xe lu",
        "ổ gà đã vá | mét đường",
    ),
    topic(
        "giao-thong-do-thi | ha-tang-nong-thon",
        "Thắp sáng hẻm tối bằng pin mặt trời | Cột đèn do xóm tự góp | Ngõ sáng cho công nhân tan ca | Bóng đèn dưới giàn bầu",
        "hẻm cụt tối om, nữ công nhân sợ về khuya | dây câu điện chằng chịt, chập cháy | tiền điện chung không ai chịu trả",
        "lắp tấm pin lên nóc cột tre | góp mỗi nhà một viên gạch chân cột | thay bóng dây tóc bằng bóng tiết kiệm | hẹn giờ tắt lúc bốn rưỡi sáng | cử người giữ chìa hộp điện",
        "tấm pin | cột đèn | hẻm cụt | công nhân | bình ắc quy | dây điện | bóng đèn | hộp điện",
        "cột đèn | hẻm sáng",
    ),
    topic(
        "y-te",
        "Nhắc lịch tiêm chủng bằng tờ lịch treo | Ngày tiêm phòng ở bản | Sổ tiêm dán nhãn màu | Bà đỡ đi nhắc tiêm",
        "mẹ quên mũi nhắc vì bận mùa gặt | trẻ theo cha mẹ đi làm xa, mất sổ tiêm | lời đồn làm nhiều nhà sợ vắc xin",
        "khoanh ngày tiêm lên tờ lịch bếp | mang phích lạnh đến lán nương | theo dõi nửa giờ sau mũi tiêm | gọi lại những nhà vắng | kể chuyện thật bằng tiếng Thái, tiếng Dao",
        "mũi tiêm | vắc xin | phích lạnh | sổ tiêm | trẻ nhỏ | bệnh sởi | bệnh ho gà | nhân viên thôn bản | lời đồn",
        "mũi tiêm | trẻ tiêm đủ",
    ),
    topic(
        "y-te | nhom-yeu-the",
        "Đo huyết áp ở quán nước | Nhóm đi bộ của người tiểu đường | Bữa cơm nhạt muối | Góc đo đường huyết cuối tuần",
        "nhiều người đột quỵ mà không hay mình bị cao huyết áp | bỏ thuốc giữa chừng vì thấy khỏe | ăn mặn, uống rượu từ sáng sớm",
        "đo và ghi vào tờ bìa cứng cho từng người | tập dưỡng sinh lúc sáu giờ | chia thuốc theo ngăn hộp bảy ngày | nếm canh nhạt cùng nhau | chuyển người chỉ số cao lên tuyến trên",
        "huyết áp | đường huyết | hộp thuốc | đột quỵ | dưỡng sinh | bát canh | quán nước | que thử | tim mạch",
        "lượt đo | người đều thuốc",
    ),
    topic(
        "y-te | moi-truong",
        "Lật chum vại diệt bọ gậy | Thứ bảy không lăng quăng | Thả cá bảy màu vào bể | Đội nhí săn bọ gậy",
        "sốt xuất huyết bùng lên sau mưa | lốp xe, gáo dừa đọng nước khắp vườn | phun thuốc xong vài hôm muỗi lại đầy nhà",
        "úp chum vại và thu lốp cũ | thả cá bảy màu vào bể chứa | soi đèn tìm lăng quăng từng góc | ghi điểm cho lớp diệt được nhiều ổ | đóng nắp bể bằng vải màn",
        "chum vại | lăng quăng | bọ gậy | cá bảy màu | lốp xe | gáo dừa | ca sốt | vải màn",
        "ổ bọ gậy | ca mắc bớt đi",
    ),
    topic(
        "y-te | bao-trum-so",
        "Cô đỡ thôn bản và túi sinh sạch | Nhà chờ sinh cạnh trạm xá | Cáng võng có bánh xe | Sổ thai nghén bằng tranh",
        "sản phụ sinh tại nương, băng huyết giữa rừng | đường dốc, xe không vào được bản | tục kiêng khem làm mẹ thiếu chất",
        "cho mẹ ở lại nhà chờ trước ngày sinh một tuần | phát túi có gạc, kéo và chỉ buộc rốn | dạy chồng khiêng cáng đúng cách | khám thai ba lần theo tranh | nấu cháo gà, rau ngót ở bếp chung",
        "cô đỡ | túi sinh sạch | sản phụ | cáng võng | trạm xá | viên sắt | rau ngót | nhà chờ sinh",
        "ca sinh an toàn | lần khám thai",
    ),
)
