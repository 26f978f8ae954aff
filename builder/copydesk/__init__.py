"""The files of a source come in; a copy of them to review in Word goes out; what was changed in it comes back.

Every paragraph of the copy is marked and knows the characters of the source it shows, and the copy carries the source
along: so what nobody touched comes back letter by letter.
"""

from builder.copydesk.back import Back, is_copy, read_back
from builder.copydesk.binding import AUTHOR, is_untouched, write
from builder.copydesk.carried import MOST
from builder.copydesk.pictures import points

__all__ = ["AUTHOR", "MOST", "Back", "is_copy", "is_untouched", "points", "read_back", "write"]
