"""A text comes in, and what abbreviations mean; those that stand in it go out, each with its meaning.

The table has those that are usual in papers of the State, the Party and the unions. What means several things in such
papers (``CT``: chỉ thị, chương trình, công ty; ``TT``: thông tư, thứ tự) is not in it by itself. Signs of documents
(``NQ/TW``, ``NĐ-CP``) are read by their two halves: the kind of document and who issued it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from builder.vietnamese.frisket import CAPITAL, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TABLE: Final = """
AIDS: hội chứng suy giảm miễn dịch mắc phải
ANQP: an ninh, quốc phòng
ANTQ: an ninh Tổ quốc
ANTT: an ninh, trật tự
APEC: Diễn đàn Hợp tác kinh tế châu Á – Thái Bình Dương
ASEAN: Hiệp hội các quốc gia Đông Nam Á
ATGT: an toàn giao thông
ATLĐ: an toàn lao động
ATTP: an toàn thực phẩm
BCĐ: Ban Chỉ đạo
BCH: Ban Chấp hành
BCHTW: Ban Chấp hành Trung ương
BCT: Bộ Chính trị
BHTN: bảo hiểm thất nghiệp
BHXH: bảo hiểm xã hội
BHYT: bảo hiểm y tế
BTC: Bộ Tài chính
BTCTW: Ban Tổ chức Trung ương
BTGTW: Ban Tuyên giáo Trung ương
BTV: Ban Thường vụ
BVMT: bảo vệ môi trường
CBCC: cán bộ, công chức
CBCCVC: cán bộ, công chức, viên chức
CBCNV: cán bộ, công nhân viên
CCB: cựu chiến binh
CCHC: cải cách hành chính
CCVC: công chức, viên chức
CHXHCN: Cộng hòa xã hội chủ nghĩa
CNCS: chủ nghĩa cộng sản
CNH: công nghiệp hóa
CNTT: công nghệ thông tin
CNVCLĐ: công nhân, viên chức, lao động
CNXH: chủ nghĩa xã hội
CSGT: cảnh sát giao thông
CSVN: Cộng sản Việt Nam
CSXH: chính sách xã hội
DVC: dịch vụ công
DVCTT: dịch vụ công trực tuyến
ĐBQH: đại biểu Quốc hội
ĐCSVN: Đảng Cộng sản Việt Nam
ĐTN: Đoàn Thanh niên
ĐVHC: đơn vị hành chính
FDI: đầu tư trực tiếp nước ngoài
GCNQSDĐ: giấy chứng nhận quyền sử dụng đất
GDĐT: giáo dục và đào tạo
GDP: tổng sản phẩm trong nước
GPMB: giải phóng mặt bằng
GRDP: tổng sản phẩm trên địa bàn
GTVT: giao thông vận tải
HĐH: hiện đại hóa
HĐND: Hội đồng nhân dân
HĐQT: Hội đồng quản trị
HIV: vi-rút gây suy giảm miễn dịch ở người
HTCT: hệ thống chính trị
HTX: hợp tác xã
KCN: khu công nghiệp
KHCN: khoa học và công nghệ
KHHGĐ: kế hoạch hóa gia đình
KTTT: kinh tế tập thể
KTXH: kinh tế – xã hội
LĐLĐ: Liên đoàn Lao động
LHPN: Liên hiệp Phụ nữ
LLCT: lý luận chính trị
LLVT: lực lượng vũ trang
LLVTND: lực lượng vũ trang nhân dân
MTQG: mục tiêu quốc gia
MTTQ: Mặt trận Tổ quốc
MTTQVN: Mặt trận Tổ quốc Việt Nam
NCT: người cao tuổi
NHCSXH: Ngân hàng Chính sách xã hội
NSNN: ngân sách nhà nước
NTM: nông thôn mới
NVQS: nghĩa vụ quân sự
NXB: nhà xuất bản
OCOP: mỗi xã một sản phẩm
ODA: viện trợ phát triển chính thức
PBGDPL: phổ biến, giáo dục pháp luật
PCCC: phòng cháy, chữa cháy
PCGD: phổ cập giáo dục
PCTN: phòng, chống tham nhũng
PCTNLPTC: phòng, chống tham nhũng, lãng phí, tiêu cực
PCTP: phòng, chống tội phạm
PCTT: phòng, chống thiên tai
PHHS: phụ huynh học sinh
QCDC: quy chế dân chủ
QLNN: quản lý nhà nước
QPAN: quốc phòng, an ninh
QPTD: quốc phòng toàn dân
QSDĐ: quyền sử dụng đất
SXKD: sản xuất, kinh doanh
TAND: Tòa án nhân dân
TCCSĐ: tổ chức cơ sở đảng
TDĐKXDĐSVH: toàn dân đoàn kết xây dựng đời sống văn hóa
TDTT: thể dục, thể thao
THCS: trung học cơ sở
THPT: trung học phổ thông
TNCS: Thanh niên Cộng sản
TNHH: trách nhiệm hữu hạn
TNTP: Thiếu niên Tiền phong
TTATXH: trật tự, an toàn xã hội
TTHC: thủ tục hành chính
TTTT: thông tin và truyền thông
TTXVN: Thông tấn xã Việt Nam
TƯ: Trung ương
TW: Trung ương
UBKT: Ủy ban Kiểm tra
UBKTTW: Ủy ban Kiểm tra Trung ương
UBMTTQ: Ủy ban Mặt trận Tổ quốc
UBND: Ủy ban nhân dân
UBTVQH: Ủy ban Thường vụ Quốc hội
UNESCO: Tổ chức Giáo dục, Khoa học và Văn hóa của Liên hợp quốc
UNICEF: Quỹ Nhi đồng Liên hợp quốc
VHVN: văn hóa, văn nghệ
VHXH: văn hóa – xã hội
VKSND: Viện kiểm sát nhân dân
VPCP: Văn phòng Chính phủ
VPTW: Văn phòng Trung ương
VSATTP: vệ sinh an toàn thực phẩm
WTO: Tổ chức Thương mại Thế giới
XDCB: xây dựng cơ bản
XDĐ: xây dựng Đảng
XĐGN: xóa đói, giảm nghèo
XHCN: xã hội chủ nghĩa
XHH: xã hội hóa
"""

_KINDS: Final = """
BB: biên bản
BC: báo cáo
CT: chỉ thị
CTr: chương trình
CTHĐ: chương trình hành động
CV: công văn
ĐA: đề án
HD: hướng dẫn
HDLT: hướng dẫn liên tịch
KH: kế hoạch
KL: kết luận
L: luật
NĐ: nghị định
NQ: nghị quyết
NQLT: nghị quyết liên tịch
PL: pháp lệnh
QC: quy chế
QCPH: quy chế phối hợp
QĐ: quyết định
QyĐ: quy định
QĐi: quy định
TB: thông báo
TT: thông tư
TTLT: thông tư liên tịch
TTr: tờ trình
"""

_ISSUERS: Final = """
BCA: Bộ Công an
BCĐ: Ban Chỉ đạo
BCĐTW: Ban Chỉ đạo Trung ương
BCT: Bộ Công Thương
BDVTW: Ban Dân vận Trung ương
BGDĐT: Bộ Giáo dục và Đào tạo
BKHCN: Bộ Khoa học và Công nghệ
BNV: Bộ Nội vụ
BQP: Bộ Quốc phòng
BTC: Bộ Tài chính
BTCTW: Ban Tổ chức Trung ương
BTGTW: Ban Tuyên giáo Trung ương
BTP: Bộ Tư pháp
BTTTT: Bộ Thông tin và Truyền thông
BVHTTDL: Bộ Văn hóa, Thể thao và Du lịch
BXD: Bộ Xây dựng
BYT: Bộ Y tế
CP: Chính phủ
CTN: Chủ tịch nước
ĐCT: Đoàn Chủ tịch
ĐU: Đảng ủy
HĐND: Hội đồng nhân dân
HU: Huyện ủy
MTTQ: Mặt trận Tổ quốc
MTTW: Mặt trận Trung ương
QH: Quốc hội
TLĐ: Tổng Liên đoàn Lao động Việt Nam
TTg: Thủ tướng Chính phủ
TU: Tỉnh ủy, Thành ủy
TW: Trung ương
TWĐTN: Trung ương Đoàn Thanh niên
UBKTTW: Ủy ban Kiểm tra Trung ương
UBND: Ủy ban nhân dân
UBTVQH: Ủy ban Thường vụ Quốc hội
VPCP: Văn phòng Chính phủ
VPTW: Văn phòng Trung ương
"""


def _read(table: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in table.strip().splitlines())


USUAL: Final = _read(_TABLE)
"""Abbreviation → what it stands for."""
_KIND: Final = _read(_KINDS)
_ISSUER: Final = _read(_ISSUERS)

_LETTERS = f"{CAPITAL}{SMALL}"
_GROUP = rf"[{CAPITAL}][{SMALL}]{{0,2}}(?:[{CAPITAL}][{SMALL}]{{0,2}})*"
_SIGN = re.compile(
    rf"(?<![{_LETTERS}.&])(?<![{_LETTERS}]/)(?P<kind>{_GROUP})(?P<dash>[-/])(?P<issuer>{_GROUP})(?![\w/&-])",
)
_SHORT = re.compile(rf"(?<![\w/.&-])[{CAPITAL}]{{2,12}}(?:&[{CAPITAL}]{{1,6}})?(?![\w/&-]|\.\w)")
_EXPLAINED = re.compile(rf"\(([{CAPITAL}]{{2,12}})(?:[)”,;])")
_OPENED = re.compile(rf"(?<!\w)([{CAPITAL}]{{2,12}})[ \u00a0\n]\(([^()]*)\)")
_HINT = re.compile(rf"[{CAPITAL}][{CAPITAL}/&-]")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_LOUD_BEFORE = re.compile(rf"(?<!\w)([{CAPITAL}]{{2,}})[ \u00a0]\Z")
_LOUD_AFTER = re.compile(rf"[ \u00a0]([{CAPITAL}]{{2,}})(?!\w)")
_STOP = re.compile(r"[.;:!?()\[\]]")
_LITTLE_WORDS = frozenset({"và", "của", "các", "về", "cho", "với", "ở", "tại"})
_SLACK = 4  # little words that may stand among those an abbreviation is made of


def used(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the abbreviations that stand in a text, in the order they are met, with what they stand for.

    Args:
        text: one passage a line; in a line of capitals nothing is an abbreviation.
        known: what the writer says they stand for, before the table and the text itself.
    """
    own = tuple(short for short in USUAL | dict(known) if not _SHORT.fullmatch(short))
    lines = [line for line in text.split("\n") if _may_hold(line, own) and not line.isupper()]
    meanings = USUAL | {short: words for line in lines for short, words in explained(line)} | dict(known)
    met: dict[str, str] = {}
    for line in lines:
        for short in _met(line, meanings, own):
            met.setdefault(short, meanings.get(short) or _meaning(short))
    return met


def _may_hold(line: str, own: Iterable[str]) -> bool:
    """Tell, quickly, a line that may hold one from most lines, which cannot."""
    return bool(_HINT.search(line)) or any(short in line for short in own)


def explained(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a text itself says: ``Ủy ban nhân dân (UBND)``, ``UBND (Ủy ban nhân dân)``."""
    for match in _EXPLAINED.finditer(text):
        if words := _words_of(match[1], text[: match.start()]):
            yield match[1], words
    for match in _OPENED.finditer(text):
        if _initials(match[2]) == _folded(match[1]):
            yield match[1], " ".join(match[2].split())


def _met(line: str, meanings: Mapping[str, str], own: Iterable[str]) -> Iterator[str]:
    """Yield the abbreviations of one line in order: signs of documents whole, else what stands by itself.

    ``own`` are those that no rule finds: đ/c, Tr.
    """
    signs = [(match.span(), _sign(match)) for match in _SIGN.finditer(line)]
    found = [(start, sign) for (start, _), sign in signs if sign in meanings or _meaning(sign)]
    for start, short in _alone(line, meanings, own):
        if not any(first <= start < end for (first, end), _ in signs):
            found.append((start, short))
    yield from (short for _, short in sorted(found))


def _alone(line: str, meanings: Mapping[str, str], own: Iterable[str]) -> Iterator[tuple[int, str]]:
    for match in _SHORT.finditer(line):
        if match[0] in meanings and not _amid_capitals(line, match, meanings):
            yield match.start(), match[0]
    for short in own:
        if short in line:
            place = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", line)
            if place:
                yield place.start(), short


def _amid_capitals(line: str, match: re.Match[str], meanings: Mapping[str, str]) -> bool:
    """Tell whether the word beside is in capitals too, and no abbreviation: then both are words of a title."""
    before = _LOUD_BEFORE.search(line, max(0, match.start() - 40), match.start())
    after = _LOUD_AFTER.match(line, match.end())
    return any(word and word[1] not in meanings for word in (before, after))


def _sign(match: re.Match[str]) -> str:
    return match["kind"] + match["dash"] + match["issuer"]


def _meaning(sign: str) -> str:
    """Read a sign of documents: ``NĐ-CP`` → nghị định của Chính phủ; empty when a half of it is not known."""
    kind, _, issuer = sign.replace("-", "/").partition("/")
    return f"{_KIND[kind]} của {_ISSUER[issuer]}" if kind in _KIND and issuer in _ISSUER else ""


def _words_of(short: str, before: str) -> str:
    """Return the words at the end of a text whose initials an abbreviation is made of; empty when they are not."""
    syllables = list(_SYLLABLE.finditer(before))
    for count in range(len(short), len(short) + _SLACK + 1):
        if count > len(syllables):
            break
        words = before[syllables[-count].start() :].rstrip()
        if _initials(words) == _folded(short) and not _STOP.search(words):
            return " ".join(words.split())
    return ""


def _initials(words: str) -> str:
    syllables = _SYLLABLE.findall(words)
    return _folded("".join(each[0] for each in syllables if each not in _LITTLE_WORDS))


def _folded(letters: str) -> str:
    """Leave off all marks but the stroke of đ: Ủ and Ư are U."""
    return "".join(each for each in unicodedata.normalize("NFD", letters.upper()) if not unicodedata.combining(each))
