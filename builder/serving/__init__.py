"""A folder or an application comes in; it is served over HTTP to this machine or the local network, read-only.

The doors of Starlette and uvicorn: ``serve`` and ``preview`` both stand behind what is refused here.
"""
