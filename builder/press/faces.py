"""Nothing comes in; a font configuration for WeasyPrint that knows no font of the machine goes out.

Fontconfig reads faces from files, so WeasyPrint writes them into a folder of its own and deletes that when the
configuration is collected. At the end of a process that is too late, or never: they are cleared away before.
"""

from __future__ import annotations

import atexit
from weakref import WeakSet

from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration

ffi.cdef("FcConfig * FcConfigCreate (void);")


class Fonts(FontConfiguration):  # type: ignore[misc] # WeasyPrint has no types
    """A font configuration that knows no font of the machine."""

    def __init__(self) -> None:
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds it now
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}
        _LIVING.add(self)

    def clear_away(self) -> None:
        """Delete the files; nothing can be set with it any more."""
        self.__del__()
        self._folder = None


_LIVING: WeakSet[Fonts] = WeakSet()


@atexit.register
def clear_away() -> None:
    """Delete the files of every configuration there is: this process ends."""
    for each in tuple(_LIVING):
        each.clear_away()
