"""Nothing comes in; the letters of the old Vietnamese encodings go out, as the Latin-1 characters of their bytes.

Each line is a letter, small and capital, and its bytes in hexadecimal, two digits each: TCVN3 (ABC), VNI-Windows,
VISCII 1.1 (RFC 1456) and VPS, small and capital. TCVN3 has no capital with a tone: converters write the capital letter
and the small byte. The cells agree with the tables of four other converters and, but for VNI and VPS, with glibc.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
à À B5 41B5 61F8 41D8 E0 C0 E0 80
ả Ả B6 41B6 61FB 41DB E4 C4 E4 81
ã Ã B7 41B7 61F5 41D5 E3 C3 E3 82
á Á B8 41B8 61F9 41D9 E1 C1 E1 C1
ạ Ạ B9 41B9 61EF 41CF D5 80 E5 02
ă Ă A8 A1 61EA 41CA E5 C5 E6 88
ằ Ằ BB A1BB 61E8 41C8 A2 82 A2 8E
ẳ Ẳ BC A1BC 61FA 41DA C6 02 A3 8F
ẵ Ẵ BD A1BD 61FC 41DC C7 05 A4 F0
ắ Ắ BE A1BE 61E9 41C9 A1 81 A1 8D
ặ Ặ C6 A1C6 61EB 41CB A3 83 A5 04
â Â A9 A2 61E2 41C2 E2 C2 E2 C2
ầ Ầ C7 A2C7 61E0 41C0 A5 85 C0 84
ẩ Ẩ C8 A2C8 61E5 41C5 A6 86 C4 85
ẫ Ẫ C9 A2C9 61E3 41C3 E7 06 C5 1C
ấ Ấ CA A2CA 61E1 41C1 A4 84 C3 83
ậ Ậ CB A2CB 61E4 41C4 A7 87 C6 03
è È CC 45CC 65F8 45D8 E8 C8 E8 D7
ẻ Ẻ CE 45CE 65FB 45DB EB CB C8 DE
ẽ Ẽ CF 45CF 65F5 45D5 A8 88 EB FE
é É D0 45D0 65F9 45D9 E9 C9 E9 C9
ẹ Ẹ D1 45D1 65EF 45CF A9 89 CB 05
ê Ê AA A3 65E2 45C2 EA CA EA CA
ề Ề D2 A3D2 65E0 45C0 AB 8B 8A 93
ể Ể D3 A3D3 65E5 45C5 AC 8C 8B 94
ễ Ễ D4 A3D4 65E3 45C3 AD 8D CD 95
ế Ế D5 A3D5 65E1 45C1 AA 8A 89 90
ệ Ệ D6 A3D6 65E4 45C4 AE 8E 8C 06
ì Ì D7 49D7 EC CC EC CC EC B5
ỉ Ỉ D8 49D8 E6 C6 EF 9B CC B7
ĩ Ĩ DC 49DC F3 D3 EE CE EF B8
í Í DD 49DD ED CD ED CD ED B4
ị Ị DE 49DE F2 D2 B8 98 CE 10
ò Ò DF 4FDF 6FF8 4FD8 F2 D2 F2 BC
ỏ Ỏ E1 4FE1 6FFB 4FDB F6 99 D5 BD
õ Õ E2 4FE2 6FF5 4FD5 F5 A0 F5 BE
ó Ó E3 4FE3 6FF9 4FD9 F3 D3 F3 B9
ọ Ọ E4 4FE4 6FEF 4FCF F7 9A 86 11
ô Ô AB A4 6FE2 4FC2 F4 D4 F4 D4
ồ Ồ E5 A4E5 6FE0 4FC0 B0 90 D2 97
ổ Ổ E6 A4E6 6FE5 4FC5 B1 91 B0 98
ỗ Ỗ E7 A4E7 6FE3 4FC3 B2 92 87 99
ố Ố E8 A4E8 6FE1 4FC1 AF 8F D3 96
ộ Ộ E9 A4E9 6FE4 4FC4 B5 93 B6 12
ơ Ơ AC A5 F4 D4 BD B4 D6 F7
ờ Ờ EA A5EA F4F8 D4D8 B6 96 A9 9E
ở Ở EB A5EB F4FB D4DB B7 97 AA 9F
ỡ Ỡ EC A5EC F4F5 D4D5 DE B3 AB A6
ớ Ớ ED A5ED F4F9 D4D9 BE 95 A7 9D
ợ Ợ EE A5EE F4EF D4CF FE 94 AE 13
ù Ù EF 55EF 75F8 55D8 F9 D9 F9 A8
ủ Ủ F1 55F1 75FB 55DB FC 9C FB D1
ũ Ũ F2 55F2 75F5 55D5 FB 9D DB AC
ú Ú F3 55F3 75F9 55D9 FA DA FA DA
ụ Ụ F4 55F4 75EF 55CF F8 9E F8 14
ư Ư AD A6 F6 D6 DF BF DC D0
ừ Ừ F5 A6F5 F6F8 D6D8 D7 BB D8 AF
ử Ử F6 A6F6 F6FB D6DB D8 BC BA B1
ữ Ữ F7 A6F7 F6F5 D6D5 E6 FF BB 1D
ứ Ứ F8 A6F8 F6F9 D6D9 D1 BA D9 AD
ự Ự F9 A6F9 F6EF D6CF F1 B9 BF 15
ỳ Ỳ FA 59FA 79F8 59D8 CF 9F FF B2
ỷ Ỷ FB 59FB 79FB 59DB D6 14 9B FD
ỹ Ỹ FC 59FC 79F5 59D5 DB 19 CF B3
ý Ý FD 59FD 79F9 59D9 FD DD 9A DD
ỵ Ỵ FE 59FE EE CE DC 1E 9C 19
đ Đ AE A7 F1 D1 F0 D0 C7 F1
"""

_COLUMNS: Final = ("TCVN3", "VNI", "VISCII", "VPS")


def _codes(encoding: str) -> dict[str, str]:
    """Read one column: letter → its bytes as Latin-1 characters."""
    at = 2 + 2 * _COLUMNS.index(encoding)
    rows = (line.split() for line in _TABLE.split("\n") if line)
    return {row[case]: bytes.fromhex(row[at + case]).decode("latin-1") for row in rows for case in (0, 1)}


TCVN3: Final = _codes("TCVN3")
VNI: Final = _codes("VNI")
VISCII: Final = _codes("VISCII")
VPS: Final = _codes("VPS")

VNI_OTHER: Final = {
    letter + mark: became
    for letter, marked in (("i", "ìỉĩíị"), ("I", "ÌỈĨÍỊ"))
    for mark, became in zip("øûõùï", marked, strict=True)
} | {"yï": "ỵ", "Yï": "Ỵ"}
"""Letters of one byte in VNI that some programs wrote in two, as they did all others."""

TCVN_CAPITALS: Final = dict(zip("¯º¿ÀÁÂÃÄÅÍÙÚÛàðÿ", "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ", strict=True))
"""Capitals that TCVN 5712-1 has where TCVN3 has nothing."""

TCVN_MARKS: Final = dict(zip("°±²³´", "\u0300\u0309\u0303\u0301\u0323", strict=True))
"""The loose tones of TCVN 5712-1; they follow their letter."""

CP1258: Final = dict(zip("ÃÌÐÒÕÝÞãìðòõýþ", "Ă\u0300Đ\u0309ƠƯ\u0303ă\u0301đ\u0323ơư₫", strict=True))
"""What Windows-1258 reads otherwise than Latin-1 from A0 up; its tones follow their letter."""

_WINDOWS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8d\u017d\x8f\x90‘’“”•–—˜™š›œ\x9dž\u0178"
PUNCTUATION: Final = {chr(byte): shown for byte, shown in enumerate(_WINDOWS, 0x80) if ord(shown) != byte}
"""What Windows-1252 reads from 80 to 9F; 81, 8D, 8F, 90 and 9D are nothing there."""
