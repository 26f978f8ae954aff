"""Nothing comes in; out goes the list of common words whose syllables a heading should not part.

Our own list, for the vocabulary of offices, Party cells, villages and study: at most five hundred words.
Add a word on its line, syllables with a space, words with a comma; capitals and tone style do not matter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from builder.vietnamese.syllable import Style, restyle

_LIST: Final = """
Nhà nước, Nhân dân, nhân loại, Việt Nam, Trung ương, Quốc hội, Chính phủ, Thủ tướng, Chủ tịch,
Tổ quốc, Thủ đô, Hà Nội, Hồ Chí Minh, Tổng Bí thư, Bí thư, Bộ Chính trị, Ban Bí thư, Mặt trận,
Cộng sản, cộng hòa, xã hội, chủ nghĩa, chủ nghĩa xã hội, xã hội chủ nghĩa, tư tưởng, đạo đức,
phong cách, cách mạng, dân tộc, dân chủ, độc lập, tự do, hạnh phúc, hòa bình, thống nhất, đoàn kết,
đại đoàn kết, yêu nước, kháng chiến, giải phóng, giai cấp, công nhân, nông dân, trí thức, thanh niên,
phụ nữ, nhi đồng, thiếu niên, cựu chiến binh, công đoàn, đoàn viên, hội viên, đội viên, học sinh,
sinh viên, chi bộ, đảng bộ, đảng viên, đảng ủy, cấp ủy, chi ủy, tỉnh ủy, thành ủy, huyện ủy,
ủy viên, ủy ban, Ban Chấp hành, chấp hành, Ban Thường vụ, thường vụ, thường trực, kiểm tra,
giám sát, kỷ luật, kỷ cương, tổ chức, cán bộ, công chức, viên chức, lãnh đạo, chỉ đạo, quản lý,
điều hành, phụ trách, trách nhiệm, quyền hạn, thẩm quyền, nghĩa vụ, quyền lợi, lợi ích, chế độ,
chính sách, chủ trương, đường lối, nghị quyết, nghị định, quyết định, chỉ thị, kết luận, hướng dẫn,
thông tư, quy định, quy chế, quy trình, quy ước, hương ước, điều lệ, pháp luật, pháp lệnh, hiến pháp,
pháp chế, hành chính, tư pháp, lập pháp, hành pháp, thi hành, thực hiện, triển khai, quán triệt,
tuyên truyền, phổ biến, giáo dục, đào tạo, bồi dưỡng, rèn luyện, học tập, nghiên cứu, thảo luận,
sinh hoạt, hội nghị, hội thảo, đại hội, đại biểu, nhiệm kỳ, kỳ họp, chương trình, kế hoạch, đề án,
dự án, chiến lược, quy hoạch, phương hướng, phương án, phương pháp, phương châm, phương thức,
mục tiêu, mục đích, yêu cầu, nhiệm vụ, giải pháp, biện pháp, nội dung, hình thức, nguyên tắc,
nguyên nhân, nguyên lý, quan điểm, quan hệ, căn cứ, cơ sở, cơ quan, cơ chế, cơ cấu, cơ bản, đơn vị,
địa phương, địa bàn, địa chỉ, đối tượng, phạm vi, điều kiện, điều khoản, điều chỉnh, tiêu chuẩn,
tiêu chí, chỉ tiêu, chất lượng, số lượng, hiệu quả, hiệu lực, kết quả, thành tích, thành tựu,
hạn chế, khuyết điểm, ưu điểm, tồn tại, khó khăn, thuận lợi, thời cơ, thách thức, nguy cơ,
tình hình, bối cảnh, thực trạng, thực tiễn, lý luận, lý tưởng, lịch sử, truyền thống, văn hóa,
văn minh, văn kiện, văn bản, văn phòng, văn nghệ, nghệ thuật, thể thao, thể dục, du lịch, y tế,
sức khỏe, bảo hiểm, bảo vệ, bảo đảm, an ninh, an toàn, trật tự, quốc phòng, quân đội, quân sự,
công an, dân quân, tự vệ, biên phòng, đối ngoại, đối nội, hội nhập, quốc tế, ngoại giao, hợp tác,
hợp tác xã, kinh tế, thị trường, doanh nghiệp, sản xuất, kinh doanh, nông nghiệp, công nghiệp,
dịch vụ, thương mại, tài chính, ngân sách, ngân hàng, đầu tư, xây dựng, xây dựng đảng, phát triển,
đổi mới, sáng tạo, khởi nghiệp, công nghệ, công nghệ số, khoa học, kỹ thuật, chuyển đổi số,
chuyển đổi, thông tin, truyền thông, báo chí, xuất bản, nhà xuất bản, tài liệu, tư liệu, thư viện,
sách báo, tủ sách, bạn đọc, độc giả, tác giả, biên soạn, biên tập, lưu hành, lưu hành nội bộ,
nội bộ, phụ lục, mục lục, lời nói đầu, câu hỏi, bài tập, ghi chép, trả lời, tham khảo, chú thích,
thuật ngữ, khái niệm, định nghĩa, giải thích, ý nghĩa, ví dụ, nông thôn, nông thôn mới, đô thị,
làng xã, thôn xóm, khu dân cư, dân cư, dân số, dân vận, dân sinh, hộ gia đình, gia đình, dòng họ,
họ hàng, cộng đồng, đời sống, vật chất, tinh thần, tín ngưỡng, tôn giáo, di sản, di tích, lễ hội,
phong trào, thi đua, khen thưởng, kỷ niệm, tự quản, tự nguyện, hòa giải, tổ dân phố, trưởng thôn,
già làng, nhà văn hóa, trường học, nhà trường, thầy giáo, cô giáo, giáo viên, trẻ em, người dân,
người lao động, lao động, việc làm, thu nhập, đất đai, ruộng đất, môi trường, tài nguyên,
khí hậu, biến đổi khí hậu, thiên tai, phòng chống, phòng ngừa, tham nhũng, lãng phí, tiêu cực,
tiết kiệm, thực hành, quyết tâm, gương mẫu, nêu gương, phê bình, tự phê bình, dân chủ hóa,
tập trung, tập trung dân chủ, tập thể, cá nhân, công tác, hoạt động, vận động, hành động,
tham gia, tham mưu, phối hợp, phân công, phân cấp, phân quyền, đánh giá, xếp loại, tổng kết,
sơ kết, báo cáo, thống kê, khảo sát, điều tra, xử lý, vi phạm, khiếu nại, tố cáo, tiếp dân,
công dân, công khai, công bằng, công lý, minh bạch, thủ tục, hồ sơ, giấy tờ, đăng ký, cấp phép,
giấy phép, dịch vụ công, cải cách, cải cách hành chính, bộ máy, tinh gọn, sắp xếp, sáp nhập,
chính quyền, chính trị, hệ thống, hệ thống chính trị, hội đồng, hội đồng nhân dân, đoàn thể,
bầu cử, ứng cử, biểu quyết, nghị sự, tuyên bố, tuyên ngôn, cương lĩnh, di chúc,
thời kỳ, thời đại, thời gian, giai đoạn, thế giới, thế kỷ, thế hệ, tương lai, tầm nhìn, khát vọng,
phồn vinh, giàu mạnh, bền vững, toàn diện, toàn quốc, toàn dân, đồng bào, đồng chí, chiến sĩ,
liệt sĩ, anh hùng, thương binh, người có công, chiến thắng, chiến tranh, chủ quyền, lãnh thổ,
biển đảo, biên giới, hải đảo, miền núi, đồng bằng, vùng sâu, vùng xa, thành phố, thị xã, thị trấn,
tỉnh thành, quận huyện, xã phường, trung tâm, trụ sở, trạm y tế, bệnh viện, hạ tầng, giao thông,
thủy lợi, chăn nuôi, trồng trọt, thủy sản, lâm nghiệp, lương thực, thực phẩm, giống cây,
quyền lực, kiểm soát, kiểm kê, thanh lý, lĩnh vực, nền tảng, nhận thức, chỉnh đốn, tinh giản, biên chế,
đội ngũ, giải quyết, kiến nghị, đối thoại, theo dõi, kinh nghiệm, thu hoạch, đóng góp, hỗ trợ, sửa đổi,
từ ngữ, cụ thể, danh mục, danh sách, chủ trì, đồng ý, bà con, khu phố, điện thoại, thông minh
"""

_COMMON: Final = """
là và của có được các những một cho với trong không người này đó khi đã đang sẽ để về từ tại theo do bởi nhưng mà thì ở
đến phải như cùng nên hoặc vì nếu cũng vẫn còn rất hơn nhất mỗi mọi ra vào lên xuống lại nhiều ít việc làm nước đất nhà
đường trường năm tháng ngày giờ số lớn nhỏ mới cũ tốt đẹp biết nói nghe học viết đọc hỏi đáp gặp giúp đặt mặt trước sau
trên dưới giữa ngoài bên thực tục cực lực mức bậc các khác đặc mặc lắc bắc tắc chắc nhắc thúc chức sức bước được trước
thuộc cuộc buộc quốc tích ích dịch lịch khích sách cách mạch sạch hạch phát đạt đất mất nhất thật chặt mật luật xuất
tiết kết hết biết viết việt đoạt hoạt loạt suốt một tốt bớt cấp tập lập gấp thấp khắp nắp đắp áp pháp tháp kịp nhịp tiếp
hợp lớp góp họp cụp đường ương hướng thưởng trưởng lượng dượng xưởng phường nguyễn quyết thiết điểm điều kiện thiện
"""

_CONSONANT_AND_Y = re.compile("[hklmstv][yỳỷỹýỵ]")  # kỹ or kĩ, but never tay or ủy
_Y_AS_I = str.maketrans("yỳỷỹýỵ", "iìỉĩíị")


@lru_cache(maxsize=30_000)
def one_spelling(word: str) -> str:
    """Fold a syllable's accepted spellings into one, to compare: ``Hoà`` → ``hòa``, ``kỹ`` → ``kĩ``."""
    folded = restyle(word.lower(), Style.OLD)
    return folded.translate(_Y_AS_I) if _CONSONANT_AND_Y.fullmatch(folded) else folded


@cache
def heading_words() -> frozenset[tuple[str, ...]]:
    """Return the listed words, each as its syllables in their one spelling."""
    words = " ".join(_LIST.split()).split(",")
    return frozenset(tuple(map(one_spelling, word.split())) for word in words)


@cache
def longest_word() -> int:
    """Count the syllables of the longest listed word."""
    return max(map(len, heading_words()))


@cache
def common_syllables() -> frozenset[str]:
    """Return the syllables most often met: those of particles and of the listed words."""
    return frozenset(_COMMON.split()) | {part for word in heading_words() for part in word}
