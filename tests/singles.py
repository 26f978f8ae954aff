"""Small PDFs of single pages that can be read as pictures, and what comes of printing and folding their sheets."""

from io import BytesIO

import pypdfium2
from pikepdf import Dictionary, Name, Pdf

from builder.imposition import Job
from builder.printer import Flip, Printer

A5 = (419.53, 595.28)
FOLD = 420.94  # the middle of an A4 sheet, in points
CELL = 24
BITS = 6


def mark(number, width, height):
    """Draw a row of cells at the top left: one always black, the number in binary, one always white."""
    cells = [1, *(number >> bit & 1 for bit in range(BITS)), 0]
    squares = [
        f"{CELL * (column + 1)} {height - 3 * CELL} {CELL} {CELL} re f" for column, cell in enumerate(cells) if cell
    ]
    frame = f"2 w 0 0 {width} {height} re S"
    words = f"BT /F 12 Tf 40 300 Td (Page {number} alpha-) Tj 0 -20 Td (beta gamma) Tj ET"
    return "\n".join([*squares, frame, words])


def pdf_of(contents, size=A5, **entries):
    """Make a PDF with one page for each content stream; ``entries`` are added to every page."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for content in contents:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(content.encode())
        for key, value in entries.items():
            page.obj[f"/{key}"] = value
    return pdf


def written(pdf, **how):
    target = BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def marked(count, size=A5):
    return written(pdf_of([mark(number, *size) for number in range(1, count + 1)], size))


def pictures(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=1, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def dark(picture, x, y):
    """Tell whether there is ink at a point given in PDF points from the lower left corner."""
    return picture.getpixel((int(x), int(picture.height - y))) < 128


def decode(half, height):
    """Read the mark of a page that stands upright at the lower left of a picture, if there is one."""
    row = [dark(half, CELL * (column + 1.5), height - 2.5 * CELL) for column in range(BITS + 2)]
    if not row[0] or row[-1]:
        return None
    return sum(bit << place for place, bit in enumerate(row[1:-1]))


def halves(picture, size):
    """Cut a side at the fold into pictures of the two pages, as they stand."""
    middle, low = picture.width / 2, (picture.height - size[1]) / 2
    box = (0, round(low), round(size[0]), round(low + size[1]))
    return [
        picture.crop((round(left) + box[0], box[1], round(left) + box[2], box[3]))
        for left in (middle - size[0], middle)
    ]


def print_and_fold(content, turns_about, size=A5):
    """Print on both sides as a printer does, fold saddle-wise, and read the marks (``"?"``: not upright)."""
    faces = []
    sides = pictures(content)
    for front, printed_back in zip(sides[::2], sides[1::2], strict=True):
        # Whoever folds turns the sheet like the leaf of a book. A printer that turns it about its long edge has
        # printed the back the other way up.
        back = printed_back if turns_about is Flip.SHORT else printed_back.rotate(180)
        faces.append([read_half(half, size) for side in (front, back) for half in halves(side, size)])
    outer = [face for front_left, front_right, back_left, back_right in faces for face in (front_right, back_left)]
    inner = [face for front_left, _, _, back_right in reversed(faces) for face in (back_right, front_left)]
    return outer + inner


def read_half(half, size):
    number = decode(half, size[1])
    if number is None and decode(half.rotate(180), size[1]) is not None:
        return "?"
    return number


def turning(flip):
    """The job of a printer that turns the paper about that edge."""
    return Job(printer=Printer(flip=flip))
