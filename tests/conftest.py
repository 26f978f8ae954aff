"""What every test can count on: its own home on the disk, no network, no hurry, Vietnamese."""

import errno
import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")


@pytest.fixture(scope="session")
def root():
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """Every edition of every publication, each made once for all processes of one run."""
    from library import Library  # noqa: PLC0415 - most tests need none

    own = tmp_path_factory.getbasetemp()
    return Library(tmp_path_factory.mktemp("sach"), own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def chromium():
    """The browser of this machine; skip where there is none."""
    import validators  # noqa: PLC0415 - most tests need none

    with validators.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def look(request):
    """Keep a picture of what a page of the browser shows, if anybody wants it: ``ANPHAM_LOOKS`` names a folder."""
    folder, module = os.environ.get("ANPHAM_LOOKS"), request.module.__name__.removeprefix("test_")

    def keep(page, name, **how):
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{module}-{name}.png", **how)

    return keep


@pytest.fixture
def changes_at_once(tmp_path_factory):
    """Whether the disk of the tests can let two folders change names in one step."""
    from builder.shelf import disk  # noqa: PLC0415 - most tests need none

    return disk.exchange(tmp_path_factory.mktemp("một"), tmp_path_factory.mktemp("hai"))


@pytest.fixture
def refuse_moving_in(monkeypatch):
    """Called, it lets folders change places one after the other only, and the system refuse the second step."""
    from builder.shelf import disk  # noqa: PLC0415 - most tests need none

    rename = Path.rename

    def refuse_new(path, target):
        if path.name.endswith("-new"):
            raise PermissionError(errno.EACCES, "in use", str(path))
        return rename(path, target)

    def refuse():
        monkeypatch.setattr(disk, "exchange", lambda *_: False)
        monkeypatch.setattr(Path, "rename", refuse_new)

    return refuse


@pytest.fixture(scope="session")
def shelved(root):
    """Small publications as they stand on a shelf, made without setting type."""
    from shelved import Shelved  # noqa: PLC0415 - most tests need none

    return Shelved(root)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory):
    """Keep caches and settings of the person who runs the tests out of them, and the tests out of theirs."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("ANPHAM_CACHE", str(home / "cache" / "anpham"))  # wherever the system keeps caches
        patch.setenv("ANPHAM_CONFIG", str(home / "config" / "anpham"))
        yield home


@pytest.fixture(scope="session", autouse=True)
def kept_rules():
    """Hold every e-book that is made here, by whatever test, against the rules that all of ours keep."""
    import invariants  # noqa: PLC0415 - the paths of tests are known by now

    from builder.works import ebooks  # noqa: PLC0415 - as late as the tests

    make = ebooks.made

    def kept(*given):
        piece = make(*given)
        if not piece.data.startswith(b"PK\3\4"):  # a stand-in's
            return piece
        broken = invariants.broken(piece.data)
        assert broken == (), f"an e-book breaks rules: {broken}"
        return piece

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ebooks, "made", kept)
        yield


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch):
    """Speak Vietnamese whatever the locale of the machine; a test that wants English says so."""
    for name in ("ANPHAM_LANG", "LC_MESSAGES", "LANGUAGE", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection that would leave the machine: nothing is ever fetched."""
    connect = socket.socket.connect

    def stay_home(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"a connection to {address} was tried: nothing may be fetched")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", stay_home)
