"""Ấn Phẩm turns programme text, commentary and a plan of study sessions into booklets and e-books.

A source folder (``sources/<slug>/``) is read by ``manuscript`` into a ``Publication``; ``intake`` makes one of a Word
file, a web page or a text, ``copydesk`` a review copy of one for Word, ``revision`` lays a new version over one.
``composition`` lays it out leaf by leaf as a layout folder (``layouts/<name>/``) asks.
``press`` sets the leaves in type and returns the pages with their folios.
``imposition`` arranges the pages on sheets for folding; ``ebook`` binds the same leaves as EPUB 3.
``shelf`` puts everything on the shelf, whole or not at all.
``works`` knows all stages and their order; ``cli`` speaks for it.
Stages share nouns (``publication``, ``composition``) and never call each other.
Mistakes are values (``problems``) with a code, a place, a sentence and a way out.
"""

__version__ = "0.1.0"
PROGRAM = "anpham"
"""What is typed to run the program where it is installed."""
