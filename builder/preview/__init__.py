"""A source folder is written in; its pages stand in the browser, set again as often as a file is saved.

``watching`` tells when something was saved, the ``compositor`` sets what somebody looks at, the ``desk`` is where they
meet the server: what was made lies on it, and who looks at what. A ``laying`` is what the browser has to know of a
proof; ``answering`` answers it, with the ``page`` and its script, the ``pictures`` of pages, the ``news`` of what was
made. ``running`` sets it all going, and ends it.
"""

from builder.preview.running import run

__all__ = ["run"]
