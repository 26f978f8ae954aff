"""A folder or an application comes in; it is served over HTTP to this machine or the local network, read-only.

The doors of Starlette and uvicorn: ``anpham serve`` and ``anpham preview`` both stand behind what is refused here.

* ``application(folder)``: the files of a static site, and nothing else of the disk; ``media_type`` says what they are.
* ``guarded(app, hosts=…)``: the same application for those only who ask for it by one of its names, and not at another
  site's bidding; its answers say what a browser may do with them.
* ``run(app, host=…, ports=…, limits=…, started=…)``: serves it until Ctrl-C, or until whoever was told that it stands
  (``started``) says ``stop``; ``Limits`` says how much of this machine anybody gets.

Requests have no bodies here: whatever sends one is refused before an application hears of it. Only GET and HEAD pass.
An application that goes on answering (events) has to end when ``receive`` says that the other side has gone: it is cut
off ``Limits.goodbye`` seconds after the end. Applications may start and end things of their own (ASGI's lifespan).
"""

from builder.serving.gate import LOOPBACK, POLICY, guarded
from builder.serving.nouns import Limits, Standing
from builder.serving.run import run
from builder.serving.static import application, media_type

__all__ = ["LOOPBACK", "POLICY", "Limits", "Standing", "application", "guarded", "media_type", "run"]
