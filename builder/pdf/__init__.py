"""The bytes of a PDF come in; the open document and the measures of its pages go out.

What the press, the imposition and the preflight each need of a PDF, whoever made it, stands here once.
"""

from builder.pdf.asking import asking
from builder.pdf.source import LARGEST, Box, Encrypted, Measures, NotAPdf, TooBig, flatten, measured, opened, read

__all__ = [
    "LARGEST",
    "Box",
    "Encrypted",
    "Measures",
    "NotAPdf",
    "TooBig",
    "asking",
    "flatten",
    "measured",
    "opened",
    "read",
]
