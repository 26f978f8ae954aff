"""A book read back comes in; what is wrong with the numbers of pages printed in it goes out.

Each check holds one kind of number against the pages on which the words stand that it is about, and is told by rule
what numbers there have to be: none is missing, none is there that no check knows.
"""

import itertools
import re
import string
from collections import Counter, defaultdict

from names import bare_title
from readback import WORD, bare
from shown import pages_named, unpaged

from builder.composition.book import Book as Cited
from builder.publication import indexed_in, listed, plain, runs_of, walk
from builder.vietnamese.terms import Finder

RANGE = r"\d+(?:–\d+)?"
RANGES = rf"{RANGE}(?:, {RANGE})*"
READ_ON = re.compile(rf"tr\. ({RANGES})\)?$")
TOLD = re.compile(r"(?:^|[:;] )([^:;]+?) \(tr\. (\d+)\)")
MARK = re.compile(rf"{re.escape(WORD)} (\d+(?:, \d+)*)")
DEEPEST = 2  # levels of contents
ON_THE_LINE = 3.0  # pt


def merged(book, pages):
    """Write a set of pages, from 0, as printers do: 3, 5–7; what is put in between has no part in it."""
    folios = sorted(int(label) for label in map(book.label, pages) if label.isdecimal())
    runs = itertools.groupby(enumerate(folios), key=lambda pair: pair[1] - pair[0])
    spans = [[folio for _, folio in run] for _, run in runs]
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


def folios(book):
    """Pages are counted, a leaf put in has the number before it and a letter; at the foot stands the page's own."""
    labels = book.printed.labels
    yield from () if labels == tuple(counted(labels)) else (labels,)
    printed = [book.printed.folio(page) for page in range(len(labels))]
    yield from ((folio, label) for folio, label in zip(printed, labels, strict=True) if folio not in ("", label))
    yield from sorted({page for page, folio in enumerate(printed) if not folio} - unnumbered(book))


def counted(labels):
    number, letters = 0, iter(())
    for label in labels:
        if label.isdecimal():
            number, letters = number + 1, iter(string.ascii_lowercase)
        yield str(number) if label.isdecimal() else f"{number}{next(letters)}"


def unnumbered(book):
    """The pages that may go without: the cover's, the title's and the imprint's leaves, empty ones; all of forms."""
    with_text = {block.page for block in book.printed.blocks}
    heads = [
        block for block in book.printed.blocks if block.kind == "H1" and block.words != book.publication.settings.title
    ]
    if "so-ky-nhan" in book.shown.leaves:
        return set(range(len(book.printed.labels)))
    cover = {len(book.printed.labels) - 1} if "back-cover" in book.shown.leaves else set()
    return {page for page in range(len(book.printed.labels)) if page not in with_text or page < heads[0].page} | cover


def contents(book):
    """A line with a number names the page of the head or caption with its words; no head of the contents is missing."""
    entries = [(words, number) for words, number in map(entry, book.printed.blocks) if number]
    pages = defaultdict(set)
    for block in book.printed.blocks:
        if not entry(block)[1]:
            pages[bare(block.words)].add(book.label(block.page))
    for clause in walk(book.publication.program.clauses):
        pages[bare(clause.citation[:1].upper() + clause.citation[1:])].add(book.opens(clause.id))
    for words, number in entries:
        wanted = pages[bare(words)] or pages[bare(re.sub(rf"^{book.words['session']} \d+\. ", "", words))]
        if number not in wanted:
            yield words, number, sorted(wanted)
    told = Counter(bare(words) for words, _ in entries)
    yield from (words for words in contents_lines(book) if not told[bare(words)])


def entry(block):
    """The words and the number of a line with a leader; no number when it is no such line."""
    number = block.links[-1] if block.links and block.links[-1].isdecimal() else ""
    leads = number and "TOCI" in block.around and re.search(rf"\S {number}$", block.words)
    return (block.words[: -len(number) - 1], number) if leads else (block.words, "")


def contents_lines(book):
    """Yield what the contents name: heads in two levels, matter, sessions."""
    if "contents" in book.shown.leaves:
        deepest = DEEPEST - ("annex" in book.shown.leaves)
        clauses = [each for each in walk(book.publication.program.clauses) if each.title]
        yield from (f"{each.label} {plain(each.title)}" for each in clauses if each.id.count(".") < deepest)
        yield from (plain(each.title) for each in (*book.publication.front, *book.publication.back))
        for session in book.publication.sessions if "session" in book.shown.leaves else ():
            named = f"{book.words['session']} {session.number}"
            yield f"{named}. {bare_title(session, book.words)}"


def schedule(book):
    """Each row names the pages of all that is read: the clauses, what is below them and what explains them."""
    if "schedule" in book.shown.leaves:
        cells = [block.words for block in book.under(book.words["schedule"]) if re.fullmatch(RANGES, block.words)]
        wanted = [
            cell for each in book.publication.sessions for cell in (str(each.number), merged(book, read(book, each)))
        ]
        yield from () if cells == wanted and cells else ((cells, wanted),)


def readings(book):
    """So do the heads of the sessions; a handout's, clause by clause, in the edition that everybody has."""
    for session in book.publication.sessions:
        page = book.standing.first(session.id)
        here = [block.words for block in book.standing.besides if block.page == page]
        cells = [found[1] for words in here if (found := READ_ON.search(words))]
        if "session" in book.shown.leaves and "program" in book.shown.leaves:
            wanted = [merged(book, read(book, session))]
        elif "handout" in book.shown.leaves and book.other:
            wanted = [merged(book.other, span) for span in spans(book, session)]
        else:
            wanted = []
        yield from () if cells == wanted else ((cells, wanted),)


def read(book, session):
    """The pages of all that a session reads."""
    clauses = Cited(book.publication).clauses
    return {page for each in session.reads for clause in each.clauses for page in book.standing.span(clauses[clause])}


def spans(book, session):
    """Yield the pages of what a session reads, clause by clause where all of a reading's have titles."""
    clauses = Cited(book.publication).clauses
    for reading in session.reads:
        pages = [book.other.standing.span(clauses[clause]) for clause in reading.clauses]
        yield from pages if all(clauses[clause].title for clause in reading.clauses) else [set().union(*pages)]


def references(book):
    """Where the text tells a page, it is the page on which what it refers to begins."""
    for number, blocks in book.standing.blocks.items():
        printed = pages_named(" ".join(block.words for block in blocks))
        for told, wanted in zip(printed, pages_named(book.standing.passages[number].words), strict=True):
            target = book.opens(wanted.strip("⟦⟧")) if wanted.startswith("⟦") else wanted
            yield from () if told == target else ((blocks[0].words, told, target),)


def pointers(book):
    """So it is where the layout refers to commentary, to the ground of an answer, a question, everybody's text."""
    targets = pointed_at(book)
    for block in book.standing.besides:
        if READ_ON.search(block.words) and not TOLD.search(block.words):
            continue  # readings
        found = TOLD.findall(block.words)
        put_in = re.match(r"trang (\d+)", block.words)
        if len(pages_named(block.words)) != len(found) + bool(put_in):
            yield block.words
        for words, told in found:
            pages = targets[bare(words.removeprefix(book.words["see_also"].format(where="")))]
            yield from () if told in pages else ((block.words, told, pages),)
        if put_in and (wrong := inserted(book, block, put_in[1])):
            yield wrong


def pointed_at(book):
    """What a pointer names → the pages on which that may begin."""
    cited, pages = Cited(book.publication), defaultdict(set)
    for note in book.publication.notes:
        for clause in note.clauses:
            pages[bare(cited.clauses[clause].citation)].add(book.opens(note.id))
    if "answers" in book.shown.leaves:
        pages.clear()
        for note in book.publication.notes:
            for clause, named in cited.grounds(note):
                pages[bare(named)].add(book.opens(clause))
        form = re.compile(book.words["question_number"].format(number=r"(\d+)"))
        for block in book.printed.blocks:
            if block.is_head and (number := form.match(block.words)):
                pages[bare(book.words["question_named"].format(number=number[1]))].add(book.label(block.page))
    return pages


def inserted(book, block, told):
    """A leaf put in names the page that the text before it begins on, and lies across from it or behind it."""
    blocks = {id(each): number for number, found in book.standing.blocks.items() for each in found}
    behind = book.printed.blocks[book.printed.blocks.index(block) :]
    number = next(blocks[id(each)] for each in behind if id(each) in blocks)
    passages = book.standing.passages
    owner = passages[number].owner
    before = next(
        each for each in range(number - 1, -1, -1) if not passages[each].leader and passages[each].owner == owner
    )
    anchor = book.standing.blocks[before]
    last, pages = anchor[-1].page + 1, sum(label.isdecimal() for label in book.printed.labels)
    after = min(max(last - last % 2, 2), pages - 2)
    lies = re.fullmatch(r"(\d+)[a-z]+", book.label(block.page))
    right = told == book.label(anchor[0].page) and lies and int(lies[1]) == after
    return () if right else (block.words, told, anchor, book.label(block.page))


def index(book):
    """Each entry names the pages on which its words stand, in each passage those where they stand first."""
    if "index" in book.shown.leaves:
        told = re.sub(r",\n", ", ", "\n".join(each.words for each in book.under(book.words["index"])))  # page turned
        lines = [re.fullmatch(rf"(.+?), ({RANGES})(?:; .*)?", line) for line in told.split("\n")]
        printed = sorted((found[1], found[2]) for found in lines if found)
        wanted = sorted((words, merged(book, pages)) for words, pages in places(book).items())
        yield from sorted({*printed} ^ {*wanted})
        yield from () if len(printed) == len(wanted) else (printed,)


def places(book):
    """The entries of the index → the pages where their words stand; of words that go over a page, both."""
    found = defaultdict(set)
    spots, titles = spotter(book), {(each.id, bare_title(each, book.words)) for each in book.publication.sessions}
    for number, blocks in book.standing.blocks.items():
        passage = book.standing.passages[number]
        if (passage.owner, passage.words) in titles:  # which are settings, and no text
            continue
        first = {}
        for entry, start, end in spots(passage, " ".join(block.words for block in blocks)):
            first.setdefault(entry, (start, end))
        ends = list(itertools.accumulate(len(block.words) + 1 for block in blocks))
        for entry, spot in first.items():
            begins, stops = (next(place for place, end in enumerate(ends) if at < end) for at in spot)
            found[entry] |= {block.page for block in blocks[begins : stops + 1]}
    return found


def spotter(book):
    """Return what finds entries in a passage: those its writer has marked, then those of the list."""
    entries = dict(listed(book.publication.index))
    forms = Finder(
        (words, entries.get(term.see, term).words) for term in entries.values() for words in (term.words, *term.forms)
    )
    marked = defaultdict(list)
    for run in runs_of(book.publication):
        for mark in indexed_in(run):
            term = entries.get(mark.entry)
            entry = mark.entry if term is None else term.see or term.words
            marked[bare(unpaged(book.shown.said(run)))].append((plain(mark.inlines), entry))

    def spots(passage, text):
        for run, pairs in marked.items():
            for words, entry in pairs if bare(unpaged(passage.words)).endswith(run) else ():
                yield entry, text.index(words), text.index(words) + len(words) - 1
        yield from ((place.meant, place.start, place.end - 1) for place in forms(text))

    return spots


def marks(book):
    """Where a page of the edition in everybody's hand begins stands its folio, beside the line with its first words."""
    if book.other is None or not {"program", "answers"} & {*book.shown.leaves}:
        return
    found = {}
    for page, lines in enumerate(book.printed.furniture):
        for line in lines:
            if folios := MARK.fullmatch(line.words):
                found |= dict.fromkeys(folios[1].split(", "), (page, line.height))
    for page, folio in enumerate(book.other.printed.labels):
        mark, wanted = found.pop(folio, None), opening(book, page)
        needed = wanted or lists(book, page)
        wanted = wanted or listed_at(book, page)
        if any(book.label(spot[0]) == folio for spot in wanted):
            needed = wanted = []
        if (mark or needed) and not any(mark and on_line(mark, spot) for spot in wanted):
            yield folio, mark, wanted
    yield from found.items()


def opening(book, page):
    """Where the first words of a page of the other edition stand here; of what is not here, the highest that is.

    Names that stand above words may be marked in their place.
    """
    standing, begun = book.standing, book.other.standing.begun
    blocks = [block for block in book.other.printed.blocks if block.page == page and block.kind != "Note"]
    places = [begun.get(id(block)) for block in blocks]
    if any(places[:1]) and (spot := standing.spot(*places[0])):
        return [spot]
    spots = [spot for place in places if place and not place[1] and (spot := standing.spot(*place))]
    if not spots:
        return []
    first = min(spots, key=lambda spot: (spot[0], -spot[1])) if places[0] else spots[0]
    above = [line for block in book.printed.blocks if block.page == first[0] for line in lines_besides(book, block)]
    return [first, *(spot for spot in above if spot[1] > first[1] and not between(book, spot, first))]


def lines_besides(book, block):
    return [(block.page, height) for height, _ in block.lines] if id(block) not in book.standing.begun else []


def between(book, above, below):
    """Tell whether words of a passage stand between two lines of a page."""
    return any(
        below[1] + ON_THE_LINE < height < above[1] - ON_THE_LINE
        for block in book.printed.blocks
        if block.page == below[0] and id(block) in book.standing.begun and not book.standing.is_beside(block)
        for height, _ in block.lines
    )


def lists(book, page):
    """Tell whether a list begins on a page of the other edition that there is here too, which is marked there."""
    titles = {book.words[kind] for kind in ("abbreviations", "index") if kind in book.shown.leaves}
    first = next((block for block in book.other.printed.blocks if block.page == page), None)
    return first is not None and first.kind == "H1" and first.words in titles


def listed_at(book, page):
    """Where the first line of a page of lists stands here, whatever numbers stand in it."""
    first = next((block for block in book.other.printed.blocks if block.page == page), None)
    same = re.sub(r"\d", "", first.letters) if first else ""
    return [
        (block.page, block.lines[0][0]) for block in book.standing.besides if re.sub(r"\d", "", block.letters) == same
    ]


def on_line(mark, spot):
    """Tell whether a mark stands at a line; all lines of a page that is turned are at its head."""
    return mark[0] == spot[0] and (spot[1] < 0 or abs(mark[1] - spot[1]) < ON_THE_LINE)


NUMBERS = (folios, contents, schedule, readings, references, pointers, index, marks)
