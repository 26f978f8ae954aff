"""The bytes of a PDF come in; the open document and the measures of its pages go out.

What the press, the imposition and the preflight each need of a PDF, whoever made it, stands here once.
"""

from builder.pdf.asking import asking
from builder.pdf.source import Box, Encrypted, Measures, NotAPdf, TooBig, bounded, flatten, measured, opened, read

__all__ = [
    "Box",
    "Encrypted",
    "Measures",
    "NotAPdf",
    "TooBig",
    "asking",
    "bounded",
    "flatten",
    "measured",
    "opened",
    "read",
]
