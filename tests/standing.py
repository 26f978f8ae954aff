"""What an edition has to show, and the blocks read back from it, come in; which block each passage stands in goes out.

A passage is the words of one block, letter by letter, or of several that follow one another where a page was turned.
Every block is taken once; what no passage takes stands there besides.
"""

import itertools
from collections import Counter, defaultdict
from functools import cached_property

from readback import bare
from shown import unpaged

from builder.publication import walk

MOST_NAMES = 8  # words of them before a passage that goes over a page
BESIDE = 200.0  # pt from the edge of the text; what begins farther away stands in the margin
FARTHEST = 2  # pages to the next piece of a passage: across a page that faces it


class Standing:
    """Where everything stands.

    Attributes:
        blocks: a passage's number → the blocks it stands in.
        lost: the passages that stand nowhere.
        besides: the blocks that no passage stands in.
    """

    def __init__(self, shown, blocks):
        self.shown, self.passages = shown, shown.passages
        self._free = dict(enumerate(blocks))
        self._letters = {place: bare(unpaged(block.words)) for place, block in self._free.items()}
        self.blocks, self._places = {}, {}
        for take in (self._whole, self._named, self._parted):
            take([number for number in range(len(self.passages)) if number not in self.blocks])
        self.lost = [passage for number, passage in enumerate(self.passages) if number not in self.blocks]
        self.besides = list(self._free.values())

    def _wanted(self, number):
        return bare(unpaged(self.passages[number].words))

    def _take(self, number, places):
        if places:
            self.blocks[number] = [self._free.pop(place) for place in places]
            if self.blocks[number][0].kind != "Note":  # which stand at the foot
                self._places[number] = places[-1]

    def _whole(self, numbers):
        """Take the blocks that are a passage, letter by letter: heads for heads, first what is there but once.

        Of several the first is taken that comes after the passage before.
        """
        for most, head in itertools.product((1, len(self._letters)), (True, False)):
            found = defaultdict(list)
            for place, block in self._free.items():
                if block.is_head or not head:
                    found[self._letters[place]].append(place)
            for number in numbers:
                here = found[self._wanted(number)]
                if self.passages[number].head is head and number not in self.blocks and 0 < len(here) <= most:
                    before = next((self._places[each] for each in range(number, -1, -1) if each in self._places), -1)
                    place = next((each for each in here if each > before), here[0])
                    here.remove(place)
                    self._take(number, [place])

    def _named(self, numbers):
        """Take the blocks that end with a passage, after names: ``Câu hỏi 3: …``."""
        for number in numbers:
            if self.passages[number].named:
                wanted = self._wanted(number)
                fits = (place for place in self._free if self._is_named(place, wanted))
                self._take(number, [place for place in [next(fits, None)] if place is not None])

    def _is_named(self, place, wanted):
        if not self._letters[place].endswith(wanted):
            return False
        words = unpaged(self._free[place].words).split()
        ends = next(count for count in range(len(words), -1, -1) if len(bare(" ".join(words[count:]))) >= len(wanted))
        return bare(" ".join(words[ends:])) == wanted and self.shown.names.cover(" ".join(words[:ends]))

    def _parted(self, numbers):
        """Take blocks that make up a passage together; before the first of them names may stand."""
        for number in numbers:
            wanted, head = self._wanted(number), self.passages[number].head
            places = [place for place, block in self._free.items() if block.is_head or not head]
            found = self._pieces(wanted, places, None)
            if self.passages[number].named and not found:
                openings = ((count, self._opens(place, wanted)) for count, place in enumerate(places))
                parts = (
                    [places[count], *rest]
                    for count, opened in openings
                    if opened
                    and (rest := self._pieces(wanted[opened:], places[count + 1 :], self._free[places[count]].page))
                )
                found = next(parts, [])
            self._take(number, found)

    def _opens(self, place, wanted):
        """Tell with how many letters of a passage a block ends, after names; 0 when it does not."""
        words = unpaged(self._free[place].words).split()
        for count in range(1, min(len(words), MOST_NAMES)):
            letters = bare(" ".join(words[count:]))
            if wanted.startswith(letters) and self.shown.names.cover(" ".join(words[:count])):
                return len(letters)
        return 0

    def _pieces(self, wanted, places, before):
        """Return blocks, in order, that make up letters; each next one on the same page or one of the next."""
        for count, place in enumerate(places):
            page, letters = self._free[place].page, self._letters[place]
            if before is not None and page is not None and page > before + FARTHEST:
                return []
            if letters and wanted.startswith(letters):
                if letters == wanted:
                    return [place]
                if rest := self._pieces(wanted[len(letters) :], places[count + 1 :], page):
                    return [place, *rest]
        return []

    # --- by what things belong to -----------------------------------------------------------------

    @cached_property
    def of(self):
        """The id of a clause, note, session … → its blocks, in order."""
        found = defaultdict(list)
        for number, blocks in sorted(self.blocks.items()):
            found[self.passages[number].owner] += blocks
        return found

    def first(self, owner):
        """The page, from 0, on which a thing begins."""
        return self.of[owner][0].page if self.of[owner] else None

    def span(self, clause):
        """The pages of a clause, from its first words to the last of what is below it or explains it.

        Of facing pages both are read, though there may be nothing on the right-hand one.
        """
        inside = [each.id for each in walk((clause,))]
        notes = [note.id for note in self.shown.publication.notes if note.after in inside]
        told = notes if self.shown.explains else []
        pages = [block.page for owner in (*inside, *told) for block in self.of[owner]]
        if not pages:
            return set()
        last = max(pages)
        return set(range(min(pages), (last + last % 2 if self.shown.faces(clause) else last) + 1))

    # --- by lines ---------------------------------------------------------------------------------

    @cached_property
    def keys(self):
        """What a passage is called in every edition (whose it is, its letters, which of the same) → its number."""
        times, found = Counter(), {}
        for number, passage in enumerate(self.passages):
            if number in self.blocks and not passage.leader:
                key = (passage.owner, self._wanted(number))
                times[key] += 1
                found[*key, times[key]] = number
        return found

    @cached_property
    def begun(self):
        """The blocks that passages stand in, by their id() → the passage's key, its letters before the block."""
        found = {}
        for key, number in self.keys.items():
            before = 0
            for block in self.blocks[number]:
                found[id(block)] = key, before
                before += len(block.letters)
        return found

    def spot(self, key, before):
        """Return the page and the baseline where a letter of a passage stands; nothing for what is not in the text."""
        for block in self.blocks[self.keys[key]] if key in self.keys else ():
            for height, words in block.lines:
                if before < len(bare(words)):
                    return None if self.is_beside(block) else (block.page, height)
                before -= len(bare(words))
        return None

    def is_beside(self, block):
        """Tell whether a block stands in the margin."""
        clauses = {clause.id for clause in walk(self.shown.publication.program.clauses)}
        column = min(
            (each.left for owner in clauses for each in self.of[owner] if each.page == block.page), default=None
        )
        return column is not None and not -BESIDE / 10 < block.left - column < BESIDE
