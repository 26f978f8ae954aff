"""A ``Catalogue`` comes in; the files of its static site go out: pages, web editions, feeds, what search goes by.

Nothing here reads, writes or asks the time: whoever publishes brings the finished files and places what is made.
``books`` opens a bound e-book, ``reading`` makes its web edition, ``pages`` the front page and the publications' pages,
``search`` what search goes by, ``opds1`` and ``opds2`` the feeds for reading programs.
"""
