"""Sheets are printed, cut, folded and gathered here as hands and printers do it; what a reader then sees comes out.

Nothing of the program is used but the files it made. A *paper* has two images: its front, and its back as it is seen
when the paper is turned over like the leaf of a book. Pages carry a code that says their number and which way is up.
"""

from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from pikepdf import Dictionary, Pdf

MM = 72 / 25.4
SCALE = 3  # pixels to a point
BITS = 7
CELL = 4
CODE = (CELL * (BITS + 2), 5 * CELL)  # points
WINDOW = 4  # points of white around a code

# --- pages with a code ------------------------------------------------------------------------------


def code(number, width, height):
    """Draw, in the middle of a page, a solid bar; below it cells (black, the number in binary, white); a foot."""
    left, foot = (width - CODE[0]) / 2, (height - CODE[1]) / 2
    cells = [1, *(number >> bit & 1 for bit in range(BITS)), 0]
    squares = [
        f"{left + CELL * place} {foot + 2 * CELL} {CELL} {CELL} re f" for place, cell in enumerate(cells) if cell
    ]
    bar = f"{left} {foot + 4 * CELL} {CODE[0]} {CELL} re f"
    return "\n".join([bar, f"{left} {foot} {CELL} {CELL} re f", *squares])


def coded(sizes):
    """Make a PDF of pages of those sizes (pt), numbered from 1."""
    pdf = Pdf.new()
    for number, size in enumerate(sizes, 1):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary()
        page.obj.Contents = pdf.make_stream(code(number, *size).encode())
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


def decoded(picture):
    """Read the code in a picture: its number and the middle of it in pixels, or what is the matter."""
    ink = picture.point(lambda level: 255 if level < 128 else 0)
    box = ink.getbbox()
    if box is None:
        return None, None
    inside = ink.crop(box)
    width, height = inside.size

    def dark(x, y):
        return inside.getpixel((min(width - 1, int(x * width)), min(height - 1, int(y * height)))) > 0

    columns = [(place + 0.5) / (BITS + 2) for place in range(BITS + 2)]
    upright = (
        all(dark(x, 0.1) for x in columns) and not any(dark(x, 0.9) for x in columns[1:]) and dark(columns[0], 0.9)
    )
    row = [dark(x, 0.5) for x in columns]
    if not upright or not row[0] or row[-1]:
        return "?", None
    return sum(bit << place for place, bit in enumerate(row[1:-1])), ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


# --- the printer ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """A piece of paper: its front, and its back as seen when it is turned over like a leaf."""

    front: object
    back: object

    def turned(self):
        """Turn the piece by a quarter to the right: seen from behind it goes to the left."""
        return Paper(self.front.rotate(-90, expand=True), self.back.rotate(90, expand=True))

    def cut_across(self):
        """Cut through the middle between head and foot: the upper half is the upper one from behind as well."""
        return tuple(map(Paper, rows(self.front), rows(self.back)))

    def cut(self):
        """Cut down the middle: what is left seen from the front is right seen from behind."""
        fronts, backs = halves(self.front), halves(self.back)
        return Paper(fronts[0], backs[1]), Paper(fronts[1], backs[0])


def rows(picture):
    middle = picture.height // 2
    return (
        picture.crop((0, 0, picture.width, middle)),
        picture.crop((0, picture.height - middle, picture.width, picture.height)),
    )


def halves(picture):
    middle = picture.width // 2
    return (
        picture.crop((0, 0, middle, picture.height)),
        picture.crop((picture.width - middle, 0, picture.width, picture.height)),
    )


def pictures(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=SCALE, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def displaced(picture, printer):
    """Move an image as the printer does."""
    x, y = round(printer.across * MM * SCALE), round(printer.up * MM * SCALE)
    moved = picture.copy()
    moved.paste(255, (0, 0, *picture.size))
    moved.paste(picture, (x, -y))
    return moved


def backs_seen(images, printer):
    """Print backs: moved, and as they then stand when the paper is turned over like a leaf."""
    over_the_long_edge = printer.flip.value == "long"
    head_over_heels = over_the_long_edge != (printer.by_hand and printer.backs_turned)
    moved = [displaced(image, printer) for image in images]
    return [image.rotate(180) if head_over_heels else image for image in moved]


def printed(files, printer):
    """Print the files; return the papers of the book and those of its cover."""
    made = {file.kind: pictures(file.pdf) for file in files}
    cover = made.get("booklet-cover", [])
    covers = list(map(Paper, cover[::2], backs_seen(cover[1::2], printer)))
    if not printer.by_hand:
        both = made["booklet"]
        return list(map(Paper, both[::2], backs_seen(both[1::2], printer))), covers
    # The stack is put in again; a printer that takes it from the other end meets the last sheet first.
    backs = backs_seen(made["backs"], printer)
    return list(map(Paper, made["fronts"], backs[::-1] if printer.backs_reversed else backs)), covers


# --- hands ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaf:
    """A side of a leaf as it is read: its picture, whether its spine is on its left, how deep its sheet lies."""

    picture: object
    spine_left: bool
    depth: int = 0
    nest: object = None


def folded(papers, nest, start=0):
    """Lay sheets in one another, fold them, leaf through."""
    outer, inner = [], []
    for depth, paper in enumerate(papers, start):
        (last, first), (second, last_but_one) = halves(paper.front), halves(paper.back)
        outer += leaf(first, second, depth, nest)
        inner = [*leaf(last_but_one, last, depth, nest), *inner]
    return outer + inner


def leaf(recto, verso, depth, nest):
    return [Leaf(recto, spine_left=True, depth=depth, nest=nest), Leaf(verso, spine_left=False, depth=depth, nest=nest)]


def wrapped(cover, leaves, start):
    around = folded([cover], "cover" if start is None else 0, start or 0)
    return [*around[:2], *leaves, *around[2:]]


def gathered(papers, covers, job, sizes):
    """Fold the book of one copy."""
    if job.scheme == "saddle":
        leaves = folded(papers, 0, len(covers))
        return wrapped(covers[0], leaves, 0) if covers else leaves
    leaves, rest = [], list(papers)
    signatures = []
    for nest, size in enumerate(sizes):
        signatures.append(folded(rest[:size], nest))
        rest = rest[size:]
    # Read from the right, the first signature lies at the other end of the pile.
    for signature in signatures[::-1] if job.right_to_left else signatures:
        leaves += signature
    return wrapped(covers[0], leaves, None) if covers else leaves


def stacked(papers, job):
    """Cut the pile; one half is laid on the other, or is a book by itself."""
    pairs = [paper.cut() for paper in papers]
    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [left, right] if job.copies_per_sheet == 2 else [left + right]


def cut_books(papers, covers, job):
    """Cut leaves apart and pile them up."""
    books = []
    inner, outside = stacked(papers, job), stacked(covers, job) if covers else [[]] * job.copies_per_sheet
    for pile, cover in zip(inner, outside, strict=True):
        whole = [*cover[:1], *pile, *cover[1:]]
        sides = [side for leaf in whole for side in ((leaf.front, True), (leaf.back, False))]
        books.append([Leaf(picture, recto != job.right_to_left) for picture, recto in sides])
    return books


def pieces_of(paper, how):
    """Cut a sheet with two copies and turn the pieces so that they can be read."""
    if how == "rows":
        return paper.cut_across()
    return [piece.turned() if how == "lying" else piece for piece in paper.cut()]


def books(files, job, sizes, how):
    """Make the books; each is the sides of its leaves in the order they are read.

    Two copies on a sheet stand ``"upright"`` side by side, are ``"lying"``, or stand in two ``"rows"``.
    """
    papers, covers = printed(files, job.printer)
    if job.scheme == "side":
        return cut_books(papers, covers, job)
    if job.copies_per_sheet == 1:
        copies = [(papers, covers)]
    else:
        pieces = [pieces_of(paper, how) for paper in papers]
        around = [pieces_of(paper, how) for paper in covers]
        copies = [([pair[copy] for pair in pieces], [pair[copy] for pair in around]) for copy in (0, 1)]
    read = [gathered(*copy, job, sizes) for copy in copies]
    return [book[::-1] for book in read] if job.right_to_left else read
