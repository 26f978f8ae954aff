"""Every mistake a person can mend, as a value: code, severity, place, what the sentence names.

One function a mistake (``problems.citation_unknown(place, citation, nearest)``); the words live in
``messages/vi.toml`` and ``messages/en.toml``, where an editor can proof-read them. ``Problems`` is the one exception
of the program: it carries all problems, sorted by place.
"""

from builder.problems.accessible import *
from builder.problems.anchors import *
from builder.problems.copies import *
from builder.problems.coverage import *
from builder.problems.finished import *
from builder.problems.folder import *
from builder.problems.imposition import *
from builder.problems.incoming import *
from builder.problems.intake import *
from builder.problems.keeping import *
from builder.problems.language import *
from builder.problems.making import *
from builder.problems.nouns import *
from builder.problems.numbered import *
from builder.problems.publishing import *
from builder.problems.review import *
from builder.problems.revision import *
from builder.problems.serving import *
from builder.problems.shop import *
from builder.problems.text import *
from builder.problems.word import *
