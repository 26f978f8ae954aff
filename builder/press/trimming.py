"""The boxes of a laid-out page come in; ruled ones that a page break cut short go out no longer than their text."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

SPARE = 1.0  # px; more than rounding


def shrink(box: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """End ruled boxes that a page break cut short where their text ends; return where the text of ``box`` ends, in px.

    WeasyPrint moves lines to the next page to keep others company and leaves the boxes they stood in as tall as they
    were, so that a rule beside the text would run on into the empty room below it.
    """
    inside = [child for child in getattr(box, "children", ()) if isinstance(child, boxes.Box)]
    bottoms = [shrink(child) for child in inside if child.is_in_normal_flow()]
    bottom: float = box.content_box_y() + box.height
    if not bottoms or not isinstance(box, boxes.BlockBox) or box.style["height"] != "auto" or box.min_height:
        return bottom + float(box.padding_bottom + box.border_bottom_width)
    if box.border_left_width and bottom - max(bottoms) > SPARE:
        box.height -= bottom - max(bottoms)
    return max(bottoms) + float(box.padding_bottom + box.border_bottom_width)
