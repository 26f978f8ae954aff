"""LibreOffice turns old office files into .docx, locked away from the network, and leaves nothing behind."""

import os
import socket
import stat
import subprocess
import tempfile
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from builder import intake, shelf
from builder.cli import boundary, office
from builder.problems import Problems

PROGRAM = office.program()
needs_office = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not on this machine")
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
RTF = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}\f0 \b Ngh\u7883? quy\u7871?t\b0\par \u272?i\u7873?u 1.\par}"


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Whatever is written for a while is written here."""
    folder = tmp_path / "tam"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def stand_in(tmp_path, script):
    """A program that is started as LibreOffice would be."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def refused(made, data=b"{\\rtf1 a}", suffix=".rtf"):
    with pytest.raises(Problems) as caught:
        made.convert(data, suffix)
    (problem,) = caught.value.problems
    return problem


def document(docx):
    with zipfile.ZipFile(BytesIO(docx)) as packed:
        return packed.read("word/document.xml").decode()


@posix
def test_what_the_program_made_is_given_back(tmp_path, desk):
    script = 'printf "PK-%s" "$(cat in.rtf)" > out/in.docx; printf "%s\\n" "$@" > "$0.said"'
    made = shelf.Office(stand_in(tmp_path, script)).convert(b"{\\rtf1 a}", ".rtf")
    assert made == b"PK-{\\rtf1 a}"
    said = (tmp_path / "soffice.said").read_text("utf-8").splitlines()
    assert "--headless" in said
    assert said[0].startswith("-env:UserInstallation=file://")
    assert list(desk.iterdir()) == []


@posix
def test_its_profile_forbids_macros_and_the_network(tmp_path):
    script = 'cp profile/user/registrymodifications.xcu "$0.xcu"; printf PK > out/in.docx'
    shelf.Office(stand_in(tmp_path, script)).convert(b"a", ".doc")
    settings = (tmp_path / "soffice.xcu").read_text("utf-8")
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert 'oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1<' in settings


@posix
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "printf hong > out/in.docx"])
def test_a_file_that_cannot_be_converted(tmp_path, desk, script):
    problem = refused(shelf.Office(stand_in(tmp_path, script)))
    assert problem.code == "OFFICE_FAILED"
    assert ".rtf" in problem.sentence()
    assert list(desk.iterdir()) == []


@posix
def test_a_program_that_hangs_is_stopped_with_all_it_started(tmp_path, desk):
    script = 'sleep 600 & echo $! > "$0.child"; wait'
    problem = refused(shelf.Office(stand_in(tmp_path, script), seconds=1.5))
    assert (problem.code, dict(problem.values)["seconds"]) == ("OFFICE_SLOW", "1.5")
    child = int((tmp_path / "soffice.child").read_text("utf-8"))
    assert _is_gone(child)
    assert list(desk.iterdir()) == []


@posix
def test_an_interruption_stops_the_program_too(tmp_path, desk, monkeypatch):
    path = stand_in(tmp_path, 'echo $$ > "$0.child"; sleep 600')
    waited = subprocess.Popen.wait

    def interrupt(process, timeout=None):
        if timeout == 77:
            while not (tmp_path / "soffice.child").exists():
                with suppress(subprocess.TimeoutExpired):
                    waited(process, 0.05)
            raise KeyboardInterrupt
        return waited(process, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        shelf.Office(path, seconds=77).convert(b"a", ".doc")
    assert _is_gone(int((tmp_path / "soffice.child").read_text("utf-8")))
    assert list(desk.iterdir()) == []


def _is_gone(pid):
    """A process that is over, or only waits for its parent to take note."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_program_that_is_not_there(tmp_path):
    assert refused(shelf.Office(tmp_path / "khong-co")).code == "OFFICE_MISSING"


def test_a_machine_without_libreoffice_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(SystemExit) as left, boundary.Boundary():
        office.converter()(b"a", ".doc")
    assert left.value.code == boundary.Status.MACHINE
    assert "LibreOffice" in capsys.readouterr().err


def test_what_does_not_work_is_told_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: None)
    file = tmp_path / "don.rtf"
    file.write_bytes(b"{\\rtf1 Xin}")
    converters = (office.converter(), shelf.Office(tmp_path / "khong-co").convert, None)
    for convert in converters:
        with pytest.raises(Problems) as caught:
            intake.read(file, convert=convert)
        (problem,) = caught.value.problems
        assert (problem.code, problem.place.file) == ("OFFICE_MISSING", file.as_posix())


def test_it_is_looked_for_on_the_path_first(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.program() is None or office.program().is_file()
    if os.name != "nt":
        path = stand_in(tmp_path, "exit 0")
        assert office.program() == path


@pytest.mark.slow
@needs_office
def test_a_text_is_converted_with_its_letters_and_faces(desk):
    made = document(shelf.Office(PROGRAM).convert(RTF, ".rtf"))
    assert "Nghị quyết" in made
    assert "Điều 1." in made
    assert "<w:b/>" in made
    assert list(desk.iterdir()) == []


@pytest.mark.slow
@needs_office
def test_a_picture_from_elsewhere_is_not_asked_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{port}/a.png"
        flat = (
            '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
            ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3"'
            ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Lời văn'
            f'<draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>'
            "</office:text></office:body></office:document>"
        )
        made = document(shelf.Office(PROGRAM).convert(flat.encode(), ".fodt"))
        assert "Lời văn" in made
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.slow
@needs_office
def test_what_is_no_text_is_refused():
    assert (
        refused(shelf.Office(PROGRAM), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc").code == "OFFICE_FAILED"
    )
