"""The bytes of an EPUB come in; a report goes out: what a store, a reader or its reading program would object to."""

from builder.preflight.ebooks.look import look

__all__ = ["look"]
