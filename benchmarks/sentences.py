"""Nothing comes in; the words and frames of sentences that ``books`` makes its texts from go out.

All of it was written for this project. ``{who}``, ``{work}``, ``{thing}`` and so on are slots: a frame may hold the
same slot more than once, each is given words of its own. ``{work}`` and ``{thing}`` take the words of a theme.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """What a part is about: its title, those of its chapters, the things and the work it speaks of."""

    title: str
    chapters: tuple[str, ...]
    things: tuple[str, ...]
    works: tuple[str, ...]


THEMES = (
    Theme(
        "Tủ sách của thôn",
        ("Chọn sách và giữ sách", "Cho mượn và nhận trả", "Bạn đọc và người trông coi"),
        (
            "tủ sách của thôn",
            "sổ mượn sách",
            "kệ sách thấp cho trẻ em",
            "tập báo đóng theo tháng",
            "góc đọc bên cửa sổ",
        ),
        (
            "xếp lại sách theo loại",
            "ghi sổ mượn và sổ trả",
            "bọc bìa cho sách mới về",
            "hỏi bạn đọc còn thiếu loại sách nào",
            "đọc truyện cho trẻ em nghe",
        ),
    ),
    Theme(
        "Lớp học buổi tối",
        ("Người dạy và người học", "Bài học và sách vở", "Giữ nếp học lâu dài"),
        ("lớp học buổi tối", "bảng đen của lớp", "tập bài chép tay", "bộ đèn học chung", "sổ điểm danh"),
        (
            "soạn bài ngắn cho từng buổi",
            "kèm người học chậm",
            "chép lại bài cho người vắng mặt",
            "thắp đèn, lau bảng trước giờ học",
            "tập viết đơn từ, thư từ",
        ),
    ),
    Theme(
        "Vườn ươm và hàng cây",
        ("Ươm giống", "Trồng và chăm cây", "Giữ bóng mát đường làng"),
        (
            "vườn ươm của thôn",
            "hàng cây dọc đường làng",
            "giàn che luống ươm",
            "cây bóng mát ở sân trường",
            "bể ủ lá mục",
        ),
        (
            "tưới luống ươm",
            "đào hố, bón lót trước khi trồng",
            "buộc cọc cho cây non",
            "tỉa cành khô trước mùa bão",
            "đếm cây sống, cây chết",
        ),
    ),
    Theme(
        "Đường làng, ngõ xóm",
        ("Quét dọn hằng tuần", "Sửa đường và rãnh nước", "Đèn đường và biển chỉ lối"),
        (
            "con đường ra đồng",
            "rãnh thoát nước đầu ngõ",
            "bóng đèn ngoài ngõ",
            "biển chỉ lối vào xóm",
            "chỗ gom rác của xóm",
        ),
        (
            "quét đoạn đường trước cửa",
            "vá chỗ đường lún",
            "khơi rãnh thoát nước",
            "thay bóng đèn cháy",
            "phân loại rác trước khi gom",
        ),
    ),
    Theme(
        "Nước sạch và mương máng",
        ("Giếng nước và bể lọc", "Mương dẫn nước ra đồng", "Dùng nước tiết kiệm"),
        ("giếng nước chung", "bể lọc cát của xóm", "đoạn mương đầu nguồn", "cống lấy nước", "trạm bơm của đội"),
        (
            "thau bể, rửa cát lọc",
            "vớt bèo trên mương",
            "ghi mực nước ở cống",
            "chia phiên lấy nước vào ruộng",
            "kiểm tra vòi nước rò rỉ",
        ),
    ),
    Theme(
        "Chăm lo người cao tuổi",
        ("Thăm hỏi thường ngày", "Giữ sức khỏe", "Để người già kể chuyện làng"),
        (
            "tủ thuốc chung của thôn",
            "ghế nghỉ dọc đường làng",
            "sổ thăm hỏi",
            "phòng nghỉ ở nhà văn hóa",
            "tập chuyện kể của các cụ",
        ),
        (
            "sang nhà thăm người già neo đơn",
            "đo huyết áp cho các cụ",
            "ghi lại chuyện làng các cụ kể",
            "đưa người đau yếu đi khám",
            "đọc báo cho các cụ nghe",
        ),
    ),
    Theme(
        "Ngày hè của trẻ em",
        ("Học bơi và chơi an toàn", "Trò chơi và câu lạc bộ", "Việc nhỏ vừa sức trẻ"),
        ("bãi cỏ đá bóng", "bể tập bơi", "tủ đồ chơi tự làm", "căn lều dựng trại", "góc vẽ ở hiên đình"),
        (
            "dạy trẻ em tập bơi",
            "bày trò chơi dân gian",
            "làm diều giấy, đèn giấy",
            "đưa trẻ em qua đường lớn",
            "dắt trẻ em đi thăm đồng",
        ),
    ),
    Theme(
        "Nhà văn hóa và sân chung",
        ("Mở cửa và giữ chìa khóa", "Họp hành, hội hè", "Bàn ghế, loa đài"),
        ("nhà văn hóa của thôn", "sân kho cũ", "bộ loa của thôn", "dãy bàn ghế gỗ", "bảng tin của xóm"),
        (
            "mở cửa, quét nhà trước giờ họp",
            "kê lại bàn ghế",
            "thử loa trước buổi họp",
            "đăng tin mới lên bảng",
            "ghi biên bản cuộc họp",
        ),
    ),
    Theme(
        "Chợ quê và hàng nhà làm",
        ("Chỗ ngồi và giờ chợ", "Cân đong cho đúng", "Hàng sạch, người tin"),
        ("dãy quán đầu chợ", "cái cân chung của chợ", "mái che hàng rau", "sổ ghi nguồn hàng", "bếp thử món"),
        (
            "dọn chỗ trước phiên chợ",
            "thử lại cân cho người mua",
            "ghi ngày hái lên bó rau",
            "gói hàng bằng lá",
            "quét chợ sau giờ tan",
        ),
    ),
    Theme(
        "Ruộng đồng và mùa vụ",
        ("Giống và lịch gieo cấy", "Chăm lúa, chăm màu", "Gặt hái và cất giữ"),
        ("ruộng giống của đội", "kho thóc chung", "sân phơi", "máy gặt của tổ", "sổ theo dõi sâu bệnh"),
        (
            "chọn giống cho vụ sau",
            "thăm đồng, ghi sổ sâu bệnh",
            "đổi công gặt lúa",
            "phơi thóc đủ nắng",
            "cày vùi gốc rạ",
        ),
    ),
    Theme(
        "Phòng cháy và phòng bão",
        ("Soát nhà, soát bếp", "Trực canh và báo tin", "Giúp nhau khi có việc"),
        ("bình chữa cháy của xóm", "kẻng báo động", "thuyền tôn của thôn", "kho bao cát", "danh sách nhà dễ ngập"),
        (
            "soát bếp đun và dây điện",
            "chằng lại mái nhà",
            "gõ kẻng báo tin",
            "chuyển đồ của nhà neo người lên cao",
            "tập dùng bình chữa cháy",
        ),
    ),
    Theme(
        "Văn nghệ và thể thao",
        ("Đội văn nghệ", "Sân bóng và đường chạy", "Ngày hội của làng"),
        ("đội chèo của thôn", "bộ trống hội", "sân bóng chuyền", "tủ quần áo diễn", "tập lời hát cổ"),
        (
            "tập hát vào buổi tối",
            "chép lại lời hát cổ",
            "kẻ vạch sân bóng",
            "dạy đánh trống cho người trẻ",
            "dựng sân khấu ngày hội",
        ),
    ),
    Theme(
        "Sổ sách và quỹ chung",
        ("Thu và chi", "Kiểm kê đồ dùng chung", "Công khai cho bà con"),
        ("sổ thu chi của thôn", "hòm quỹ chung", "bảng kê đồ dùng", "tập hóa đơn", "biên bản kiểm kê"),
        (
            "ghi từng khoản thu, khoản chi",
            "đếm lại tiền quỹ",
            "kiểm kê đồ dùng chung",
            "dán bảng thu chi ở nơi dễ thấy",
            "trả lời câu hỏi của bà con về quỹ",
        ),
    ),
)
ASPECTS = ("việc làm ngay", "việc làm lâu dài")

WORDS = {
    "who": (
        "tổ trưởng",
        "người giữ sổ",
        "mỗi hộ trong xóm",
        "nhóm thanh niên",
        "các cụ cao tuổi",
        "ban quản lý nhà văn hóa",
        "người được phân công",
        "trưởng xóm",
        "nhóm trực tuần",
        "thầy cô giáo đã nghỉ hưu",
        "học sinh lớn",
        "chị em trong xóm",
        "người mới đến ở",
        "đội sản xuất",
        "hai hộ liền kề",
        "người có tay nghề",
    ),
    "when": (
        "vào chiều thứ bảy",
        "trước ngày {date} hằng năm",
        "sau mỗi buổi họp xóm",
        "trong tuần đầu của quý",
        "khi mùa gặt đã xong",
        "ngay trong ngày",
        "chậm nhất sau ba ngày",
        "mỗi sáng chủ nhật",
        "vào đầu năm học",
        "cứ hai tuần một lần",
        "trước mùa mưa",
        "vào tối cuối tháng",
        "từ ngày {date} trở đi",
    ),
    "place": (
        "ở nhà văn hóa",
        "tại sân đình",
        "bên gốc đa đầu làng",
        "ở phòng đọc",
        "trước bảng tin của xóm",
        "tại nhà tổ trưởng",
        "ở sân kho",
        "ngay tại chỗ làm",
        "trong buổi sinh hoạt chung",
        "ở lớp học buổi tối",
    ),
    "aim": (
        "để ai cũng biết mà làm theo",
        "để việc chung không dồn vào một người",
        "để trẻ em có chỗ học, chỗ chơi",
        "để người sau dễ tiếp nhận",
        "để bà con khỏi phải hỏi đi hỏi lại",
        "cho kịp trước mùa vụ",
        "để nhà neo người cũng được phần",
        "cho đỡ tốn công, tốn của",
        "để thành nền nếp chung của cả thôn",
        "cho người đi xa về cũng thấy yên lòng",
    ),
    "unless": (
        "nếu trời mưa to",
        "khi trong nhà có người ốm",
        "lúc vắng người trực",
        "nếu số người dự chưa quá nửa",
        "khi phải đi xa quá {n} ngày",
        "nếu quỹ chung không còn đủ",
        "khi việc đồng áng đang dồn",
        "nếu có ý kiến khác nhau",
        "lúc mất điện",
    ),
    "since": (
        "vì việc nhỏ làm đều thì thành nền nếp",
        "vì sức người có hạn",
        "bởi người làm lâu cũng cần được nghỉ",
        "vì việc chung là việc của mọi nhà",
        "bởi lời hứa trước xóm là lời hứa lâu dài",
        "vì đồ dùng chung thì ai cũng phải giữ",
        "bởi có ghi chép thì mới nhớ được lâu",
        "vì mỗi nhà một hoàn cảnh",
    ),
    "n": ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"),
    "percent": ("12,5 %", "20 %", "35 %", "40 %", "62,5 %", "75 %", "90 %"),
    "place_name": ("xóm Đông", "xóm Đoài", "xóm Trại", "xóm Bến", "xóm Đình", "xóm Chùa", "xóm Mới", "xóm Giếng"),
    "good": ("gọn gàng", "sạch sẽ", "ngăn nắp", "kịp thời", "đều đặn", "cẩn thận", "chu đáo"),
}

ARTICLES = (
    "Người chăm lo {thing}",
    "Giữ gìn {thing}",
    "Ai được dùng {thing}",
    "Khi {thing} cần sửa",
    "Góp sức cho {thing}",
    "Cách {work}",
    "Thời gian {work}",
    "Phân công {work}",
    "Ghi chép khi {work}",
    "Bàn giao {thing}",
    "Báo cho bà con về {thing}",
    "Học cách {work}",
    "Mỗi quý nhìn lại {thing}",
    "Khuyến khích mọi người {work}",
)

CLAUSES = (
    "{who} {work} {when}, {aim}.",
    "{when}, {who} cùng {who} {work} {place}.",
    "Việc {work} do {who} nhận; {unless} thì giao lại cho {who}.",
    "Mỗi lần {work}, {who} ghi vào sổ ngày giờ, số người dự và việc còn dở.",
    "{thing} được trông coi theo phiên, mỗi phiên {n} ngày, người đi trước bàn giao tận tay cho người đi sau.",
    "{who} nhắc {who} {work} {when}; nhắc bằng lời trước, ghi lên bảng tin sau.",
    "Không ai phải {work} quá {n} buổi trong một tháng, {since}.",
    "Khi {thing} hư hỏng, người thấy trước báo cho {who}; sửa được ngay thì sửa, chưa sửa được thì ghi vào sổ.",
    "{who} có thể đề nghị đổi cách {work}, miễn là nói rõ lý do {place} và được quá nửa số người dự đồng ý.",
    "Chi phí cho {thing} lấy từ quỹ chung, mỗi quý không quá {n} trăm nghìn đồng, công khai {place}.",
    "{who} chọn ra {n} người biết việc để {work}, mỗi người kèm thêm một người mới.",
    "Trước khi {work}, {who} hỏi ý kiến {who} và xem lại sổ của quý trước.",
    "{unless}, buổi {work} được dời lại, nhưng không dời quá {n} ngày và phải báo {place}.",
    "{thing} để {place}, chỗ khô ráo, có ghi tên người giữ và ngày kiểm tra gần nhất.",
    "{who} dành ra {n} buổi mỗi quý để {work}, {since}.",
    "Ai dùng {thing} thì dùng xong để lại đúng chỗ, {good} như lúc nhận.",
    "Kết quả {work} được {who} đọc to {place}, {aim}.",
    "Cả thôn phấn đấu ít nhất {percent} số hộ tham gia {work} {when}.",
    "Đồ dùng để {work} là của chung; {who} kiểm đếm {when}, thiếu thứ gì thì ghi rõ vì sao.",
    "{who} không tự ý đem {thing} ra khỏi thôn; cần mượn thì hỏi {who} và hẹn ngày trả.",
    "Nhà nào góp công {work} quá {n} ngày thì được miễn phần tiền của quý ấy.",
    "{who} lập danh sách người nhận {work}, dán {place} {when}.",
    "Trẻ em được theo {who} {work} những việc vừa sức, có người lớn đi cùng.",
    "Hằng năm, {place_name} và {place_name} đổi phiên {work} cho nhau, {aim}.",
    "Khi có người góp ý về {thing}, {who} trả lời trong {n} ngày, nói miệng cũng được nhưng phải có người cùng nghe.",
    "{who} giữ một bản danh sách, {who} giữ một bản; {n} tháng đối chiếu một lần.",
    "Việc {work} làm {place}; nơi khác muốn làm theo thì cử người đến xem {n} buổi.",
    "Tiền thưởng, nếu có, chia đều cho những người đã {work}; {who} không hưởng phần hơn.",
    "{thing} chỉ thay mới khi {who} và {who} cùng xem và cùng ký vào sổ.",
    "Người nhận {work} được báo trước {n} ngày, {unless} thì được đổi phiên một lần.",
)

MORE = (
    "Làm như vậy {aim}.",
    "Cách này đã thử {n} tháng ở {place_name} và được bà con thuận theo.",
    "{unless}, {who} làm thay và ghi lại trong sổ.",
    "Ai làm {good} hơn thì nói lại cho cả xóm cùng học.",
    "Điều này áp dụng cho cả {place_name}, {since}.",
    "Phần việc còn lại do {who} tự thu xếp.",
    "Việc nào chưa rõ thì hỏi {who}, không tự đoán.",
    "Năm trước có {percent} số hộ làm được; năm nay cố gắng hơn.",
    "Chỗ nào vướng, {who} đưa ra bàn {place}.",
    "Nhắc đến lần thứ {n} mà chưa sửa thì ghi vào biên bản.",
    "Sổ ghi phải {good}, người khác đọc cũng hiểu.",
    "Mỗi bên giữ một bản, có chữ ký của {who}.",
)

LEADS = (
    "Người nhận việc {work} lo đủ các phần sau:",
    "{who} khi {work} cần nhớ:",
    "Đối với {thing}, việc thường ngày gồm có:",
    "Trước khi {work} phải chuẩn bị:",
    "Sổ theo dõi {thing} có các mục:",
    "Buổi họp bàn về {thing} đi theo thứ tự sau:",
    "{who} được nghỉ phiên trong các trường hợp:",
    "Việc {work} chia ra như sau:",
)

POINTS = (
    "{work} {when}",
    "giữ {thing} sạch, khô, dễ thấy",
    "ghi tên người làm lên bảng tin",
    "báo cho {who} {unless}",
    "hỏi ý kiến {who} trước khi bắt đầu",
    "kiểm tra lại {thing} lúc ra về",
    "nói lại kết quả {place}",
    "chuẩn bị đủ đồ dùng cho {n} người",
    "mời {who} cùng dự",
    "giao {thing} cho phiên sau, có người chứng kiến",
    "để riêng phần của nhà neo người",
    "không làm ồn sau mười giờ đêm",
    "thu dọn {good} khi xong việc",
    "cử {n} người ở lại trực",
    "viết vào sổ số công, số tiền đã dùng",
    "xem lại lời góp ý của kỳ trước",
    "chia phần việc theo sức của từng nhà",
    "hẹn ngày làm tiếp, không để quá {n} ngày",
    "đọc lại quy ước này cho người mới nghe",
    "cảm ơn người đã góp công, góp của",
)

FOOTNOTES = (
    "Số liệu theo sổ của {who}, tính đến hết quý trước.",
    "Cách làm này do {place_name} nghĩ ra, {n} xóm khác đã học theo.",
    "Trước đây việc này giao cho {who}; nay đổi lại {aim}.",
    "“Hộ” ở đây gồm cả người ở trọ từ {n} tháng trở lên.",
    "Ngày ghi trong sổ là ngày dương lịch.",
    "Biên bản buổi họp để {place}, ai muốn xem cũng được.",
    "Tiền công tính theo giá chung của thôn, {n} tháng xem lại một lần.",
    "Ý này được góp trong buổi họp ngày {date}, có {percent} số người dự tán thành.",
    "Xem thêm phần giải thích từ ngữ ở cuối sách.",
    "Người mới đến được miễn trong {n} tháng đầu, {since}.",
    "Câu này ghép sẵn để thử chú thích ở chân trang, không nói về một nơi nào có thật.",
    "Tên xóm trong sách là tên đặt ra.",
)

NOTES = (
    "Đọc điều này, nhiều người hỏi vì sao phải ghi sổ khi {work}. Ghi sổ không phải để bắt lỗi, mà {aim}.",
    "Ở {place_name}, {who} từng thử {work} một mình và thấy mệt. Có thêm {n} người, việc nhẹ hẳn mà lại vui.",
    "Chữ “giữ gìn” ở đây nên hiểu rộng: giữ {thing} cho bền, giữ cả nếp nhường nhau khi dùng chung.",
    "Nên phân biệt hai việc: {work} là việc thường ngày, còn sửa chữa {thing} là việc khi cần mới làm.",
    "Quy định có vẻ chặt, nhưng {since}. Khi đã quen, ít ai còn thấy vướng.",
    "Đọc lướt, dễ tưởng mọi việc đều do {who} làm. Thật ra, {who} chỉ khởi đầu, còn {who} mới giữ nhịp.",
    "Có nơi làm rất {good} mà không cần quy ước nào. Nơi ấy ít người; thôn ta đông, cần lời hẹn rõ.",
    "Khi bàn về {thing}, xin bắt đầu từ việc đã làm được, sau mới nói đến việc còn thiếu.",
    "Con số {percent} không phải là chỉ tiêu để thi đua. Đó là mức mà {n} năm qua thôn đã gần đạt được.",
    "Việc này cần nhất là đều. {when}, dù ít người, {who} vẫn nên bắt đầu đúng giờ.",
    "Lời văn của khoản này ngắn, nhưng đằng sau là {n} buổi họp {place}. Ai dự cũng nhớ hôm ấy cả xóm ngồi đến khuya.",
    "Cách dễ nhất để hiểu là làm thử: {who} nhận một phiên, rồi kể lại cho {who} nghe.",
)

TOPICS = (
    "Vì sao cần ghi sổ",
    "Hiểu cho đúng",
    "Làm ít mà đều",
    "Ai khởi đầu, ai giữ nhịp",
    "Chuyện của xóm bên",
    "Chỗ hay vướng",
    "Từ lời hẹn đến việc làm",
    "Việc của mọi nhà",
    "Một cách làm đã thử",
    "Điều nên bàn thêm",
)

QUESTIONS = (
    "Nhà mình đã {work} bao giờ chưa? Lần ấy điều gì khó nhất?",
    "Trong xóm ta, ai là người hợp với việc {work}? Vì sao?",
    "Nếu được đổi một điều về {thing}, nên đổi điều gì trước?",
    "{unless} thì phiên việc này nên giao lại cho ai?",
    "Có cách nào {work} mà đỡ tốn công hơn không?",
    "Ba tháng tới, mỗi người nhận phần nào với {thing}?",
    "Người mới đến ở nên được nghe gì trước về {thing}?",
    "Điều nào trong phần này khó làm nhất đối với {who}?",
)

EXAMPLES = (
    "{place_name} có {n} nhà thay nhau {work}. Sau một mùa, sổ ghi kín {n} trang và không nhà nào bỏ phiên.",
    "Một hôm {thing} bị hỏng đúng ngày đông người. {who} gọi {who} đến, vừa sửa vừa chỉ cho người trẻ xem.",
    "{who} và {who} từng hiểu khác nhau về một khoản. Hai bên ngồi {place}, đọc lại từng chữ rồi viết câu rõ hơn.",
)

HEADS = (("Việc", "Người làm", "Số buổi"), ("Thứ cần có", "Nơi để", "Số lượng"), ("Phần việc", "Ai nhận", "Số công"))
CAPTIONS = ("Phân công một quý về {thing}", "Việc cần làm khi {work}", "Bảng kê cho phiên {work}")

GOALS = (
    "Nắm được phần nói về {thing} và nói lại được bằng lời của mình.",
    "Chọn ra {n} việc làm được ngay {when}.",
    "Đọc trước phần được giao, đánh dấu chỗ chưa rõ để hỏi {place}.",
)
OPENINGS = (
    "Buổi này bàn về {thing}. Việc tưởng nhỏ, nhưng {since}.",
    "Xin mở đầu bằng một chuyện ở {place_name}: {who} đã {work} suốt {n} tháng mà không cần ai nhắc.",
    "Đọc văn bản thì nhanh, làm theo mới lâu. Mời mọi người kể việc {work} ở nhà mình trước, rồi hãy mở sách.",
    "Mỗi nhóm chọn một khoản, đọc thành tiếng, sau đó nói xem {who} phải làm gì, {who} phải làm gì.",
)
PRACTICE = (
    "Mỗi người viết một câu: trong {n} tuần tới, tôi nhận {work}.",
    "Cả tổ đi xem {thing} trước buổi sau, ghi lại điều thấy được.",
    "Hai nhà cạnh nhau hẹn {work} {when} và kể lại ở buổi sau.",
)
SESSIONS = ("Đọc và hiểu", "Bàn cách làm", "Nhìn lại việc đã làm", "Chia phần việc")

TERMS = (
    ("bàn giao", "trao lại đồ dùng và sổ ghi cho người nhận phiên sau, có người chứng kiến."),
    ("biên bản", "tờ giấy ghi lại cuộc họp: ai dự, bàn gì, quyết định thế nào."),
    ("công khai", "đưa ra cho mọi người cùng xem, cùng biết."),
    ("đổi công", "giúp nhau làm việc nhà, việc đồng, hôm nay nhà này, hôm sau nhà khác."),
    ("hộ neo người", "nhà ít người làm được việc nặng."),
    ("nền nếp", "cách làm quen thuộc, ai cũng theo mà không cần nhắc."),
    ("phiên", "khoảng thời gian một người hoặc một nhóm nhận trông coi việc chung."),
    ("quỹ chung", "tiền các nhà góp lại để lo việc chung."),
    ("quy ước", "lời hẹn được cả thôn bàn và thuận theo."),
    ("xóm", "một phần của thôn, gồm những nhà ở gần nhau."),
)
