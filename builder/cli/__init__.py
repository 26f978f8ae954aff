"""Words typed by a person come in; work is ordered, answers are printed, a status goes out.

``commands`` says what may be typed, ``frame`` how help and wrong lines read, ``boundary`` what becomes of errors;
``bring`` (with its ``report``, and ``afresh`` for a folder that is there), ``revise``, ``changes``, ``export``,
``build``, ``check``, ``impose`` and ``start`` order the work, ``publish``, ``serve`` (with its ``display`` of a shelf
and the ``network`` it is seen on) and ``preview`` show what was made, ``cache`` tells of what was set before,
``machine`` examines the computer (``remedies`` mend it, ``office`` finds LibreOffice, ``folders`` are the program's
own);
``answers`` and ``progress`` print, in the ``words`` of the reader.
The stages are imported by the command that needs them: help must come at once.
"""

from builder.cli.commands import app

__all__ = ["app"]
