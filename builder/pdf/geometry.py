"""Matrices, points and boxes come in; where they come to lie goes out: arithmetic, in points (ISO 32000-1, 8.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.pdf.source import Box

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The matrix that leaves everything where it is."""


def after(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does first the inner, then the outer one."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def inverse(matrix: Matrix) -> Matrix:
    """Return the matrix that undoes one."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    return (
        d / area,
        -b / area,
        -c / area,
        a / area,
        (c * f - d * e) / area,
        (b * e - a * f) / area,
    )


def at(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def carried(matrix: Matrix, box: Box) -> Box:
    """Return the upright box around a box that a matrix moves."""
    left, foot, right, head = box
    corners = [at(matrix, x, y) for x in (left, right) for y in (foot, head)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
