"""Nothing comes in; out goes the list of words that are no Vietnamese syllables and are at home in Vietnamese.

Our own list: names of places and peoples, loan words, units. Add a word on its line. A name is let pass with a capital
only (``Kông``, but ``kông`` is ``không`` misspelled); for the others capitals do not matter.
"""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
Đắk Đăk Lắk Lăk Krông Krong Pắk Păk Búk Buk Pleiku Plei Pleime Kon Ea Kar Hleo Drăng H'leo Grai Prông Păh Pưh Kbang
Kông Chro Yang Đak Ayun Yun Glei Plông M'Đrắk Mdrắk Jút M'gar Mgar Kuin Jun Yok Biang Langbiang Êđê Bahnar Jrai Jarai
K'ho Mnông M'nông Glai Raglai Stiêng Xtiêng Brâu Bru Katu Hrê H'rê Khmer Khơme H'Mông Hmông Sila Sapa Campuchia Pnôm
Xavannakhet Singapore Inđônêxia Malaixia Philippin Brunây Ôxtrâylia Ucraina Ukraina Cuba Canada Angiêri Ănggôla
Môdămbích Mátxcơva Lênin Stalin Xtalin Mark Marx Ăngghen Engels Ê-vơ-rét Gagarin Phidel Castro Xôviết Xô-viết
Xơđăng Xêđăng Rađê Cơtu Chơro Khơmú Ơđu Giarai Bana
"""
_LOANS: Final = """
vv tr pt nxb sđd tp tx ts ths gs pgs bs ks cn vd st
internet intranet website web email mail online offline video clip audio file folder album blog blogger facebook zalo
youtube google app apps smartphone smart laptop tablet wifi card chip pixel code server data cloud robot robotics
logistics marketing container fax telex photo photocopy copy scan scanner print logo banner poster style stress test
tests gen gens virus vaccine vaccin vacxin vắcxin covid corona stent laser axit acid bazơ gaz gas ga-ra gara garage kg
km cm mm dm kw kwh mw gw hz khz mhz ghz db gb mb kb tb bit byte bps vat gdp fdi oda wto asean asem apec who unesco
unicef hiv aids kilo kilomet kilômét kilômet kilogam kilôgam met gram lit tivi ti-vi radio rađiô ra-đi-ô cát-xét
catalô catalog cafe café caphê ka karaoke ôtô ô-tô oto môtô mô-tô moto bus taxi tắcxi metro diesel điêzen ampe volt
watt calo calori vitamin protein prôtêin enzym hormon hoóc-môn insulin cholesterol xi-măng ximăng bê-tông bêtông inox
ôxi oxi oxy ôxy hiđrô hydro nitơ cacbon các-bon carbon dioxide mêtan dolla đôla đô-la dollar euro bath rup won usd vnd
vnđ eur show shop mall bar pub club game gamer fan fans hot top set sex sexy teen idol team golf tennis karate judo
aerobic gym yoga vovinam marathon bowling rugby league cup knock out penalty startup start-up fintech blockchain
bitcoin token livestream stream like share comment tag hashtag inbox chat chatbot visa passport tour tourist homestay
resort hotel villa condotel buffet menu pizza hamburger sandwich studio model catwalk casting live band rap rock pop
jazz blues hip hop fair play sale off combo voucher coupon palăng xítơ têt pít-tông piston rơ-moóc romooc rờ-moóc
festival carnaval gala camera webcam ra-đa rađa radar lade sê-ri sêri seri series list block blốc bloc pano panô pa-nô
áp-phích ápphích ápphich công-ten-nơ côngtennơ etc vs pro kit demo plus mini maxi super vi-ta-min mi-crô micrô micro
ghi-ta guitar pi-a-nô piano viôlông violon violin oóc-gan organ crôm crom niken uran urani xêsi xezi plutoni liti kali
natri canxi magiê mangan phốtpho photpho phốt-phát sunfua sunfat axít comple nitro net tip doc pc login bug reset pad
cpu gpu cod vip bond post trend manga vest mode serum salon sauna beer soda cola cake pasta kimchi sofa led hd tv cd
tone sax tango samba rumba hit kpi cpi ppp bot bt cash pos atm coin trade news anti camp guide camping esg samsung
nano ion adn arn rna dna sida down gout vegan keto boxing muay sumo bida polo var
"""
_HYPHENED: Final = """
ki-lô ki-lô-mét ki-lô-gam xăng-ti-mét mi-li-mét cà-phê ca-fe mô-tô ô-tô ti-vi ra-đi-ô vi-ta-min xi-măng bê-tông
vắc-xin vac-xin xích-lô áp-phích pa-nô com-lê các-bon vi-rút vi-đi-ô in-tơ-nét mi-crô công-ten-nơ a-xít axít-amin
sô-cô-la xúc-xích ghi-ta pi-a-nô vi-ô-lông
"""

NAMES: Final = frozenset(word.lower() for word in _NAMES.split())
"""Names let pass with a capital, in small letters."""

LOANS: Final = frozenset(_LOANS.split())
"""Words let pass, in small letters."""

HYPHENED: Final = frozenset(_HYPHENED.split())
"""Loan words with hyphens, in small letters."""
