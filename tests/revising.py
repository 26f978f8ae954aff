"""Programmes and revisions of them made by chance from a seed; of every clause it is known what became of it.

The programmes are full of what misleads: the same titles and short items under many parents, sentences of one mould
that differ in a word, clauses that are nothing but a title. A revision does several things at once. What nobody could
tell from the two texts is left out: a clause taken out where one with nearly the same words is put in, for one.
"""

import random
from dataclasses import dataclass, field

from builder.problems import Place
from builder.publication import Clause, Level, Paragraph, Program, Text

WHO = (
    "Chi bộ", "Chi ủy", "Bí thư chi bộ", "Đảng ủy bộ phận", "Ban thường vụ", "Công đoàn cơ sở", "Đoàn thanh niên",
    "Hội phụ nữ", "Thủ trưởng đơn vị", "Phòng tổ chức", "Phòng tài chính", "Tổ đảng", "Đảng viên trẻ", "Ban kiểm tra",
    "Văn phòng", "Tổ công tác", "Hội đồng trường", "Trạm y tế", "Ban quản lý thôn", "Hợp tác xã",
)  # fmt: skip
DOES = (
    "rà soát", "xây dựng", "bổ sung", "công khai", "theo dõi", "đánh giá", "kiểm tra", "tổng kết", "phổ biến", "lập",
    "hoàn thiện", "đổi mới", "nâng cao", "củng cố", "thẩm định", "góp ý", "niêm yết", "lưu giữ", "cập nhật", "số hóa",
)  # fmt: skip
WHAT = (
    "quy chế làm việc", "kế hoạch học tập chuyên đề", "danh sách hội viên", "chất lượng sinh hoạt", "sổ ghi biên bản",
    "đội ngũ báo cáo viên", "nguồn kinh phí xã hội hóa", "phong trào thi đua", "hồ sơ cán bộ", "nhà văn hóa cộng đồng",
    "tủ sách pháp luật", "quy trình tiếp công dân", "mô hình dân vận khéo", "đường giao thông nội đồng",
    "công tác hòa giải", "vệ sinh môi trường khu dân cư", "lớp bồi dưỡng nghiệp vụ", "hệ thống loa truyền thanh",
    "chỉ tiêu giảm nghèo", "quỹ khuyến học", "hương ước của thôn", "tài sản công", "dữ liệu hộ gia đình",
    "việc cưới và việc tang", "phương án phòng chống bão lũ", "lịch trực cơ quan", "vườn ươm cây giống",
)  # fmt: skip
HOW = (
    "bằng hình thức phù hợp với từng nhóm đối tượng", "gắn với nhiệm vụ chính trị của đơn vị", "đúng thời hạn đã định",
    "theo hướng thiết thực, tiết kiệm", "có sự tham gia của người dân", "trên cơ sở ý kiến đóng góp tại hội nghị",
    "bảo đảm dân chủ, khách quan", "không để phát sinh thêm thủ tục", "và chịu sự giám sát của tập thể",
    "đồng thời khen thưởng kịp thời gương tốt", "nhất là ở vùng khó khăn", "kể cả ngoài giờ hành chính",
    "với mức hỗ trợ do hội nghị quyết định", "qua cổng thông tin nội bộ", "trong phạm vi nguồn lực hiện có",
)  # fmt: skip
WHEN = (
    "trước ngày 15 hằng tháng", "trong quý đầu của năm", "chậm nhất ba mươi ngày sau hội nghị", "sáu tháng một lần",
    "vào dịp cuối năm", "ngay sau khi có hướng dẫn", "từ vụ mùa tới", "trước kỳ đại hội", "khi cấp trên yêu cầu",
    "trong suốt nhiệm kỳ", "mỗi năm hai lần", "vào tuần thứ hai của tháng", "hằng quý",
)  # fmt: skip
MOULDS = (
    "{} chịu trách nhiệm tổ chức thực hiện quy định này.",
    "{} hướng dẫn chi tiết thi hành và báo cáo kết quả về Văn phòng.",
    "Kinh phí thực hiện do {} bảo đảm từ nguồn được giao hằng năm.",
)
TITLES = (
    "Phạm vi điều chỉnh", "Nguyên tắc", "Mục tiêu", "Nhiệm vụ", "Tổ chức thực hiện", "Điều khoản thi hành", "Kinh phí",
    "Kiểm tra, giám sát", "Khen thưởng",
)  # fmt: skip
ITEMS = ("Cấp tỉnh;", "Cấp xã;", "Ở đơn vị cơ sở;", "Đối với đảng viên;", "Đối với quần chúng;", "Các ngành liên quan.")
LEVELS = (Level.CHAPTER, Level.ARTICLE, Level.NUMBER, Level.LETTER)
LETTERS = "abcdđeghiklmnopqrstuvxy"
WORDS = sorted({word for group in (WHAT, HOW, WHEN, DOES) for words in group for word in words.split()})


@dataclass
class Node:
    """A clause in the making; ``name`` is who it is, whatever its words and its place."""

    name: int
    level: Level
    title: str = ""
    text: str = ""
    children: list = field(default_factory=list)

    @property
    def words(self):
        return f"{self.title}\n{self.text}"

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Maker:
    """Makes one programme, then a revision of it."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - chance that can be had again, not a secret
        self.names = 0
        self.reworded, self.moved, self.copied = set(), set(), set()
        self.deleted = []  # (name of the parent, words)
        self.root = Node(0, Level.FREE)
        self._fill()

    def sentence(self):
        pick = self.random.choice
        chance = self.random.random()
        if chance < 0.16:
            return pick(MOULDS).format(pick(WHO))
        if chance < 0.32:
            return pick(ITEMS)
        words = f"{pick(WHO)} {pick(DOES)} {pick(WHAT)} {pick(HOW)}, {pick(WHEN)}."
        return f"{words} {pick(WHO)} {pick(DOES)} {pick(WHAT)}, {pick(WHEN)}." if chance > 0.7 else words

    def title(self):
        pick = self.random.choice
        return pick(TITLES) if self.random.random() < 0.5 else f"{pick(DOES).capitalize()} {pick(WHAT)}"

    def node(self, level):
        self.names += 1
        node = Node(self.names, level)
        if level in (Level.CHAPTER, Level.ARTICLE):
            node.title = self.title()
        else:
            node.text = self.sentence()
        if level is Level.ARTICLE and self.random.random() < 0.3:
            node.text = self.sentence()
        return node

    def _fill(self):
        wanted = self.random.randint(20, 120)
        while self.names < wanted:
            chapter = self.node(Level.CHAPTER)
            self.root.children.append(chapter)
            for _ in range(self.random.randint(1, 5)):
                article = self.node(Level.ARTICLE)
                chapter.children.append(article)
                for _ in range(self.random.choice((0, 1, 2, 3, 4, 5))):
                    number = self.node(Level.NUMBER)
                    article.children.append(number)
                    if self.random.random() < 0.25:
                        number.children += [self.node(Level.LETTER) for _ in range(self.random.randint(2, 6))]

    # --- what a revision does --------------------------------------------------------------------

    def revise(self):
        self.before = {node.name: node.words for node in self.root.walk()}
        doings = (self.insert, self.insert, self.delete, self.reword, self.reword, self.move, self.swap, self.copy)
        for _ in range(self.random.randint(1, 9)):
            self.random.choice(doings)()

    def parents(self, level):
        wanted = Level.FREE if level is Level.CHAPTER else LEVELS[LEVELS.index(level) - 1]
        return [node for node in self.root.walk() if node.level is wanted]

    def parent_of(self, node):
        return next(each for each in self.root.walk() if any(child is node for child in each.children))

    def anyone(self, levels=LEVELS):
        found = [node for node in self.root.walk() if node.level in levels and node.name in self.before]
        return self.random.choice(found) if found else None

    def insert(self):
        level = self.random.choice(LEVELS[1:])
        parents = self.parents(level)
        if not parents:
            return
        parent = self.random.choice(parents)
        node = self.node(level)
        if level is Level.ARTICLE:
            node.children = [self.node(Level.NUMBER) for _ in range(self.random.randint(0, 3))]
        gone = [words for _, words in self.deleted] + [self.before[name] for name in self.reworded]
        if not any(like(each.words, words) for each in node.walk() for words in gone):
            parent.children.insert(self.random.randint(0, len(parent.children)), node)

    def copy(self):
        """Put in a clause that says nearly what another one says that stays as it is."""
        node = self.anyone((Level.NUMBER, Level.LETTER))
        if node is None or node.name in self.reworded | self.moved or len(node.text.split()) < 6:
            return
        twin = Node(self.next_name(), node.level, node.title, swapped_word(node.text, self.random))
        gone = [words for _, words in self.deleted] + [self.before[name] for name in self.reworded]
        if any(like(twin.words, words) for words in gone):
            return
        self.copied.add(node.name)
        parent = self.random.choice([self.parent_of(node), self.random.choice(self.parents(node.level))])
        parent.children.insert(self.random.randint(0, len(parent.children)), twin)

    def next_name(self):
        self.names += 1
        return self.names

    def delete(self):
        node = self.anyone()
        if node is None or any(each.name in self.copied or each.name not in self.before for each in node.walk()):
            return
        alike = [each for each in self.root.walk() if each.name not in self.before]
        if any(like(each.words, new.words) for each in node.walk() for new in alike):
            return
        parent = self.parent_of(node)
        parent.children = [child for child in parent.children if child is not node]
        self.deleted += [(parent.name, self.before[each.name]) for each in node.walk()]

    def reword(self):
        node = self.anyone()
        added = [each.words for each in self.root.walk() if each.name not in self.before]
        if node is None or node.name in self.copied or any(like(node.words, words) for words in added):
            return
        words = (node.text or node.title).split()
        for at in range(len(words)):
            chance = self.random.random()
            if chance < 0.2:
                words[at] = self.random.choice(WORDS)
            elif chance < 0.25:
                words[at] = f"{words[at]} {self.random.choice(WORDS)}"
            elif chance < 0.3 and len(words) > 4:
                words[at] = ""
        said = " ".join(" ".join(words).split())
        if node.text:
            node.text = said
        else:
            node.title = said
        if node.words != self.before[node.name]:
            self.reworded.add(node.name)

    def move(self):
        node = self.anyone()
        everyone = [each.words for each in self.root.walk()] + list(self.before.values())
        if node is None or node.name in self.copied or everyone.count(node.words) > 2:
            return
        places = [parent for parent in self.parents(node.level) if parent not in node.walk()]
        before = self.parent_of(node)
        before.children = [child for child in before.children if child is not node]
        after = self.random.choice(places)
        after.children.insert(self.random.randint(0, len(after.children)), node)
        self.moved.add(node.name)

    def swap(self):
        parents = [node for node in self.root.walk() if len(node.children) > 1]
        if not parents:
            return
        children = self.random.choice(parents).children
        one, other = self.random.sample(range(len(children)), 2)
        said = [child.words for child in children]
        if said.count(said[one]) == said.count(said[other]) == 1:
            children[one], children[other] = children[other], children[one]
            self.moved |= {children[one].name, children[other].name}


def like(one, other):
    """Tell whether two texts share so much that one may pass for the other reworded."""
    ours, theirs = set(one.lower().split()), set(other.lower().split())
    return len(ours & theirs) > 0.3 * min(len(ours), len(theirs))


def swapped_word(text, chance):
    words = text.split()
    words[chance.randrange(len(words))] = chance.choice(WORDS)
    return " ".join(words)


def program_of(root, chance):
    """The nodes → the programme they make, numbers given anew, and path id → who it is."""
    names = {}
    article = chance.choice((0, 0, 0, 7, 100))

    def made(node, path, number):
        nonlocal article
        if node.level is Level.ARTICLE:
            article += 1
            number = article
        printed = LETTERS[(number - 1) % len(LETTERS)] if node.level is Level.LETTER else str(number)
        name = f"{path}.{node.level.value}-{number}".lstrip(".")
        names[name] = node.name
        children = tuple(made(child, name, at) for at, child in enumerate(node.children, 1))
        title = (Text(node.title),) if node.title else ()
        body = (Paragraph((Text(node.text),)),) if node.text else ()
        return Clause(name, node.level, printed, printed, title, body, children, name, Place())

    return Program((), tuple(made(node, "", at) for at, node in enumerate(root.children, 1))), names


def revision(seed):
    """A seed → the old programme, the new one, old id → new id (or nothing), the old ids whose words stayed."""
    maker = Maker(seed)
    old, was = program_of(maker.root, maker.random)
    maker.revise()
    new, now = program_of(maker.root, maker.random)
    place = {name: path for path, name in now.items()}
    truth = {path: place.get(name) for path, name in was.items()}
    changed = maker.reworded | maker.moved
    return old, new, truth, {path for path, name in was.items() if name in place and name not in changed}
