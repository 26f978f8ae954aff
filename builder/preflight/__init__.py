"""The bytes of any PDF or EPUB come in; what a print shop or a store would object to goes out.

``printed`` looks at PDFs: ``content`` carries out their pages into ``marks``, and checks look at those. ``ebooks``
looks at EPUBs. ``judging`` reads what the judges of standards say, where this machine has them.
"""

from builder.preflight.looking import is_epub, look, read
from builder.preflight.nouns import Fact, Facts, Finding, Purpose, Report, Size, Spot

__all__ = ["Fact", "Facts", "Finding", "Purpose", "Report", "Size", "Spot", "is_epub", "look", "read"]
