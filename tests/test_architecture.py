"""The rules the repository keeps by itself: order of the stages, doors, sizes, names, layouts.

A rule is a function from one source file to the faults it finds. Each stands in a table with snippets it must object
to and snippets it must let pass, so that no rule can fall asleep.
"""

import ast
import graphlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent

ORDER = (
    "vietnamese",
    "messages",
    "problems",
    "paper",
    "stylesheets",
    "printer",
    "publication",
    "manuscript",
    "intake",
    "copydesk",
    "revision",
    "proofs",
    "fonts",
    "layout",
    "codes",
    "composition",
    "pdf",
    "press",
    "imposition",
    "ebook",
    "preflight",
    "shelf",
    "site",
    "works",
    "serving",
    "preview",
    "cli",
)
SIBLINGS = ("press", "imposition", "ebook", "preflight", "shelf")  # they share nouns and never call each other
ENGINES = {
    "weasyprint": ("press",),
    "pydyf": ("press",),
    "tinycss2": ("stylesheets",),
    "ebooklib": ("ebook",),
    "jinja2": ("composition", "site", "preview"),
    "segno": ("codes",),
    "starlette": ("serving", "preview"),
    "uvicorn": ("serving",),
    "h11": ("serving",),
    "watchfiles": ("preview",),
    "markdown_it": ("manuscript",),
    "mdit_py_plugins": ("manuscript",),
    "ruamel": ("manuscript",),
    "docx": ("copydesk",),
    "openpyxl": ("intake",),
    "lxml.html": ("intake",),
    "pikepdf": ("pdf", "press", "imposition", "preflight"),
    "pypdfium2": ("intake", "press", "imposition", "preflight"),  # but for the first, each reads back what it made
    "PIL": ("ebook", "intake", "pdf", "press", "preflight"),
    "uharfbuzz": ("fonts",),
    "fontTools": ("fonts",),
    "fontpkg": ("fonts",),
    "typer": ("cli",),
    "click": ("cli",),
    "rich": ("cli",),
    "platformdirs": ("cli",),
}
READERS = (
    "manuscript",
    "intake",
    "layout",
    "fonts",
    "pdf",
    "preflight",
    "shelf",
)  # the shelf reads what it keeps
WRITERS = ("shelf",)
SPEAKERS = ("cli",)
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "context", "misc"}
LONGEST_FUNCTION = 60
LONGEST_MODULE = 450


@dataclass(frozen=True)
class Source:
    """A Python file of the program: where it stands and what it says."""

    path: PurePosixPath  # from the root: builder/press/galley.py
    text: str

    @cached_property
    def tree(self):
        return ast.parse(self.text, str(self.path))

    @property
    def module(self):
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def stage(self):
        """The row of the architecture this file is in; the package's own top files are in none."""
        return self.module.split(".")[1] if "." in self.module else ""

    @property
    def package(self):
        return self.module if self.path.name == "__init__.py" else self.module.rpartition(".")[0]

    @cached_property
    def imports(self):
        """Line and full dotted name of everything imported, wherever in the file."""
        return tuple(self._imports())

    def _imports(self):
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = self.package.split(".")[: len(self.package.split(".")) - node.level + 1]
                start = ".".join([*above, *filter(None, [node.module])]) if node.level else node.module
                yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)

    @cached_property
    def calls(self):
        """Line, written name and node of every call: ``Path(x).open(…)`` is named ``Path(x).open``."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return tuple((node.lineno, ast.unparse(node.func), node) for node in nodes)

    def at(self, line, fault):
        return f"{self.path}:{line}: {fault}"


# --- the order of the stages -------------------------------------------------------------------


def every_file_has_a_stage(source):
    if source.stage not in ("", "__main__", *ORDER):
        yield source.at(1, f"{source.stage} is no stage of the architecture")


def imports_come_from_above(source):
    if source.stage not in ORDER:
        return
    row = ORDER.index(source.stage)
    for line, name in source.imports:
        if _stage_of(name) in ORDER[row + 1 :]:
            yield source.at(line, f"{source.stage} stands above {_stage_of(name)} and may not import it")


def siblings_do_not_call_each_other(source):
    for line, name in source.imports:
        if source.stage in SIBLINGS and _stage_of(name) in SIBLINGS and _stage_of(name) != source.stage:
            yield source.at(line, f"{source.stage} and {_stage_of(name)} share nouns only")


def _stage_of(name):
    parts = name.split(".")
    return parts[1] if parts[0] == "builder" and len(parts) > 1 else None


def names_say_something(source):
    for word in set(source.path.with_suffix("").parts) & EMPTY_WORDS:
        yield source.at(1, f"{word} could name anything")


# --- the doors ---------------------------------------------------------------------------------


def engines_have_their_door(source):
    for line, name in source.imports:
        for engine, doors in ENGINES.items():
            if f"{name}.".startswith((f"{engine}.", f"{engine}_")) and source.stage not in doors:
                yield source.at(line, f"{engine} belongs to {', '.join(doors)}")


READING = re.compile(r"(\.(read_text|read_bytes|iterdir|glob|rglob)|^os\.(listdir|scandir|walk))$")
OWN_WORDS = re.compile(r"^(importlib\.)?(resources\.)?files\(")  # what is packed with the program is not the disk
WRITING = re.compile(
    r"(\.(write_text|write_bytes|mkdir|makedirs|unlink|rmdir|touch|rename|symlink_to|hardlink_to|chmod)"
    r"|^os\.(replace|remove|removedirs|link|symlink|truncate)|^shutil\.(copy|copy2|copyfile|copytree|move|rmtree)"
    r"|^tempfile\.\w+|^(TemporaryDirectory|NamedTemporaryFile|mkdtemp|mkstemp))$"
)
NOT_THE_DISK = ("pikepdf", "Pdf", "Image", "webbrowser")  # their `open` is the engine's business


def files_are_read_at_few_doors(source):
    for line, name, call in source.calls:
        reads = READING.search(name) or (_opens(name) and not _mode(call) & set("wax+"))
        if reads and not OWN_WORDS.match(name) and source.stage not in READERS:
            yield source.at(line, f"{name}() reads; files are read in {', '.join(READERS)}")


def files_are_written_on_the_shelf(source):
    for line, name, call in source.calls:
        writes = WRITING.search(name) or (_opens(name) and _mode(call) & set("wax+")) or _replaces(name, call)
        if writes and source.stage not in WRITERS:
            yield source.at(line, f"{name}() writes; files are written in {', '.join(WRITERS)}")


def _opens(name):
    before, _, last = name.rpartition(".")
    return last == "open" and before.rpartition(".")[2] not in NOT_THE_DISK


def _mode(call):
    words = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
    modes = [w.value for w in words if isinstance(w, ast.Constant) and re.fullmatch(r"[rwaxbt+]{1,3}", str(w.value))]
    return set("".join(modes))


def _replaces(name, call):
    """``path.replace(target)``: with one argument it cannot be a string's."""
    return name.endswith(".replace") and len(call.args) == 1 and not call.keywords


CLOCK = re.compile(r"(^|\.)(datetime|date)\.(now|today|utcnow)$")
ENVIRONMENT = re.compile(
    r"(^|\.)(os\.(environ|getenv|getcwd|cpu_count|process_cpu_count|sched_getaffinity)|sys\.argv|Path\.(home|cwd))$"
    r"|\.expanduser$|^locale\.|^platform\."
)
SPEAKING = re.compile(r"^(print|input|breakpoint|exit|quit|SystemExit)$|(^|\.)(sys\.(stdout|stderr|exit)|os\._exit)$")


def the_clock_is_in_cli(source):
    yield from _only_in_cli(source, CLOCK, ("time",), "asks the time")


def the_environment_is_in_cli(source):
    yield from _only_in_cli(
        source, ENVIRONMENT, ("os.environ", "os.getenv", "sys.argv", "locale"), "asks the environment"
    )


def the_screen_and_the_exit_are_in_cli(source):
    yield from _only_in_cli(source, SPEAKING, ("sys.stdout", "sys.stderr", "sys.exit"), "prints or exits")


def _only_in_cli(source, names, modules, what):
    if source.stage in SPEAKERS:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and names.search(ast.unparse(node)):
            yield source.at(node.lineno, f"{ast.unparse(node)} {what}; only cli may")
    for line, name in source.imports:
        if any(f"{name}.".startswith(f"{module}.") for module in modules):
            yield source.at(line, f"{name} {what}; only cli may")


def nothing_catches_everything(source):
    for node in ast.walk(source.tree):
        caught = ()
        if isinstance(node, ast.ExceptHandler):
            caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            caught = node.args
        if any(each is None or ast.unparse(each) in ("Exception", "BaseException") for each in caught):
            yield source.at(node.lineno, "a bug keeps its traceback")


# --- sizes -------------------------------------------------------------------------------------


def functions_are_short(source):
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield source.at(node.lineno, f"{node.name} has {length} lines, more than {LONGEST_FUNCTION}")


def modules_are_short(source):
    length = len(source.text.splitlines())
    if length > LONGEST_MODULE:
        yield source.at(1, f"{length} lines, more than {LONGEST_MODULE}")


# --- the tree as a whole -----------------------------------------------------------------------


def import_cycles(sources):
    """The modules of the first circle of imports, in order; nothing when there is none."""
    modules = {source.module for source in sources}
    edges = {source.module: {_module_of(name, modules) for _, name in source.imports} for source in sources}
    try:
        tuple(graphlib.TopologicalSorter({module: meant - {None} for module, meant in edges.items()}).static_order())
    except graphlib.CycleError as circle:
        return circle.args[1]
    return []


def _module_of(name, modules):
    """``builder.press.galley.Galley`` → the module it is found in."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


# --- layouts -----------------------------------------------------------------------------------

ENGINE_COUNTS_PAGES = {
    "counter(page)": re.compile(r"\bcounters?\(\s*pages?\b"),
    "target-counter()": re.compile(r"\btarget-(counters?|text)\("),
    "running elements": re.compile(r"\brunning\(|\belement\("),
    "string-set": re.compile(r"\bstring-set\b"),
    "a bare @page :first": re.compile(r"@page\s*:first\b"),
}


def layouts_leave_pages_to_the_press(name, text):
    """Text of a stylesheet or template → what it uses that only the press may know."""
    said = re.sub(r"/\*.*?\*/|<!--.*?-->|\{#.*?#\}", "", text, flags=re.DOTALL)
    return [f"{name}: {what}" for what, pattern in ENGINE_COUNTS_PAGES.items() if pattern.search(said)]


# --- what may be tracked -----------------------------------------------------------------------

# Written so that this file does not object to itself.
MACHINE_PATH = re.compile(r"(?:^|[^.\w])/(?:w[o]rk|f[a]rm|r[o]ot)/|\.\./sh[a]red|/h[o]me/[a-z]|/U[s]ers/[A-Za-z]")
BINARY_WORKS = (".ttf", ".otf", ".woff", ".woff2", ".icc", ".jar", ".pdf", ".epub")


def paths_of_a_machine(name, text):
    """Text of a tracked file → its lines that only make sense on one machine."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]


# --- the rules meet the tree -------------------------------------------------------------------

RULES = (
    every_file_has_a_stage,
    imports_come_from_above,
    siblings_do_not_call_each_other,
    names_say_something,
    engines_have_their_door,
    files_are_read_at_few_doors,
    files_are_written_on_the_shelf,
    the_clock_is_in_cli,
    the_environment_is_in_cli,
    the_screen_and_the_exit_are_in_cli,
    nothing_catches_everything,
    functions_are_short,
    modules_are_short,
)


@pytest.fixture(scope="module")
def sources():
    files = sorted((ROOT / "builder").rglob("*.py"))
    found = [Source(PurePosixPath(file.relative_to(ROOT).as_posix()), file.read_text("utf-8")) for file in files]
    assert {source.stage for source in found} >= {"problems", "publication"}, "the program was not found"
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps(rule, sources):
    assert [fault for source in sources for fault in rule(source)] == []


def test_no_import_goes_in_circles(sources):
    assert import_cycles(sources) == []


def test_the_command_line_starts_without_the_engines():
    asked = "import sys, builder.cli; print(sorted({'weasyprint', 'ebooklib'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_layouts_keep_to_their_side():
    files = [file for file in sorted((ROOT / "layouts").rglob("*")) if file.suffix in (".css", ".html")]
    assert files, "no layout was found"
    texts = [(str(file.relative_to(ROOT)), file.read_text("utf-8")) for file in files]
    assert [fault for name, text in texts for fault in layouts_leave_pages_to_the_press(name, text)] == []


@pytest.fixture(scope="module")
def tracked():
    """Every file git has or would take up."""
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("not a git checkout")
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in done.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


def test_no_file_knows_the_machine_it_was_written_on(tracked):
    assert ROOT / "pyproject.toml" in tracked
    texts = [(str(file.relative_to(ROOT)), file.read_text("utf-8", errors="replace")) for file in tracked]
    assert [fault for name, text in texts for fault in paths_of_a_machine(name, text)] == []


def test_no_work_of_others_and_no_result_is_tracked(tracked):
    assert [file for file in tracked if file.suffix.lower() in BINARY_WORKS] == []


# --- every rule can fail, and knows what to let pass -------------------------------------------

LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 60
LONG_MODULE = "x = 1\n" * 451

BAD = (
    (every_file_has_a_stage, "builder/gathering.py", ""),
    (imports_come_from_above, "builder/layout.py", "from builder import press"),
    (imports_come_from_above, "builder/layout.py", "import builder.works"),
    (imports_come_from_above, "builder/manuscript/yaml.py", "from ..layout import Layout"),
    (imports_come_from_above, "builder/publication.py", "def f():\n    from builder.cli import app"),
    (siblings_do_not_call_each_other, "builder/ebook/bind.py", "from builder.press import Printing"),
    (siblings_do_not_call_each_other, "builder/shelf/place.py", "from builder import preflight"),
    (names_say_something, "builder/press/utils.py", ""),
    (names_say_something, "builder/common/__init__.py", ""),
    (engines_have_their_door, "builder/works.py", "import weasyprint"),
    (engines_have_their_door, "builder/cli.py", "from weasyprint.text import fonts"),
    (engines_have_their_door, "builder/press/print.py", "from ebooklib import epub"),
    (engines_have_their_door, "builder/ebook/bind.py", "from jinja2 import Environment"),
    (engines_have_their_door, "builder/layout.py", "from ruamel.yaml import YAML"),
    (engines_have_their_door, "builder/ebook/bind.py", "from lxml import html"),
    (engines_have_their_door, "builder/ebook/bind.py", "import pikepdf"),
    (engines_have_their_door, "builder/preview.py", "def f():\n    import typer"),
    (engines_have_their_door, "builder/press/cast.py", "import fontpkg_noto_serif"),
    (engines_have_their_door, "builder/shelf/cache.py", "from platformdirs import user_cache_path"),
    (files_are_read_at_few_doors, "builder/press/galley.py", "open(path)"),
    (files_are_read_at_few_doors, "builder/press/galley.py", "path.open('rb')"),
    (files_are_read_at_few_doors, "builder/composition/leaf.py", "(folder / 'a').read_text('utf-8')"),
    (files_are_read_at_few_doors, "builder/composition/leaf.py", "Path(name).read_bytes()"),
    (files_are_read_at_few_doors, "builder/cli.py", "os.listdir(folder)"),
    (files_are_read_at_few_doors, "builder/works.py", "sorted(folder.glob('*'))"),
    (files_are_written_on_the_shelf, "builder/works.py", "path.write_bytes(pdf)"),
    (files_are_written_on_the_shelf, "builder/manuscript/lock.py", "path.open(mode='w')"),
    (files_are_written_on_the_shelf, "builder/manuscript/lock.py", "open(path, 'a')"),
    (files_are_written_on_the_shelf, "builder/intake/word.py", "folder.mkdir(parents=True)"),
    (files_are_written_on_the_shelf, "builder/intake/word.py", "shutil.rmtree(folder)"),
    (files_are_written_on_the_shelf, "builder/fonts.py", "half.replace(whole)"),
    (files_are_written_on_the_shelf, "builder/fonts.py", "tempfile.mkdtemp()"),
    (the_clock_is_in_cli, "builder/ebook/bind.py", "datetime.datetime.now(tz)"),
    (the_clock_is_in_cli, "builder/ebook/bind.py", "date.today()"),
    (the_clock_is_in_cli, "builder/works.py", "import time"),
    (the_clock_is_in_cli, "builder/works.py", "from time import perf_counter"),
    (the_environment_is_in_cli, "builder/shelf/cache.py", "os.environ['HOME']"),
    (the_environment_is_in_cli, "builder/shelf/cache.py", "from os import environ"),
    (the_environment_is_in_cli, "builder/shelf/cache.py", "Path.home()"),
    (the_environment_is_in_cli, "builder/works.py", "jobs or os.cpu_count()"),
    (the_screen_and_the_exit_are_in_cli, "builder/works.py", "print(1)"),
    (the_screen_and_the_exit_are_in_cli, "builder/works.py", "sys.stderr.write('x')"),
    (the_screen_and_the_exit_are_in_cli, "builder/preview.py", "sys.exit(1)"),
    (the_screen_and_the_exit_are_in_cli, "builder/preview.py", "raise SystemExit"),
    (the_screen_and_the_exit_are_in_cli, "builder/preview.py", "from sys import exit"),
    (nothing_catches_everything, "builder/cli.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (nothing_catches_everything, "builder/cli.py", "try:\n    f()\nexcept:\n    pass"),
    (nothing_catches_everything, "builder/cli.py", "try:\n    f()\nexcept (OSError, BaseException):\n    pass"),
    (nothing_catches_everything, "builder/cli.py", "with contextlib.suppress(Exception):\n    f()"),
    (functions_are_short, "builder/works.py", LONG_FUNCTION),
    (functions_are_short, "builder/works.py", f"async {LONG_FUNCTION}"),
    (modules_are_short, "builder/works.py", LONG_MODULE),
)

GOOD = (
    (every_file_has_a_stage, "builder/press/galley.py", ""),
    (every_file_has_a_stage, "builder/__init__.py", ""),
    (imports_come_from_above, "builder/press/galley.py", "from builder import __version__, problems, composition"),
    (imports_come_from_above, "builder/press/galley.py", "from .furniture import Furniture"),
    (siblings_do_not_call_each_other, "builder/works.py", "from builder import ebook, press"),
    (siblings_do_not_call_each_other, "builder/press/galley.py", "from builder.press.facts import Facts"),
    (names_say_something, "builder/press/galley.py", ""),
    (engines_have_their_door, "builder/press/galley.py", "import pikepdf, weasyprint"),
    (engines_have_their_door, "builder/ebook/bind.py", "from lxml import etree"),
    (engines_have_their_door, "builder/fonts.py", "import fontpkg_noto_serif"),
    (files_are_read_at_few_doors, "builder/layout.py", "path.read_text('utf-8')"),
    (files_are_read_at_few_doors, "builder/problems/nouns.py", "resources.files('builder').joinpath('x').read_text()"),
    (files_are_read_at_few_doors, "builder/press/galley.py", "pikepdf.Pdf.open(stream)\nImage.open(stream)"),
    (files_are_written_on_the_shelf, "builder/shelf/place.py", "half.replace(whole)"),
    (files_are_written_on_the_shelf, "builder/proofs.py", "text.replace('a', 'b')\nnew = dataclasses.replace(x, y=1)"),
    (files_are_written_on_the_shelf, "builder/intake/word.py", "open(path, 'rb')"),
    (the_clock_is_in_cli, "builder/cli.py", "import time\ndate.today()"),
    (the_clock_is_in_cli, "builder/publication.py", "from datetime import date, time\ndate.fromisoformat(x)"),
    (the_environment_is_in_cli, "builder/cli.py", "os.environ.get('ANPHAM_LANG')"),
    (the_environment_is_in_cli, "builder/shelf/place.py", "os.fspath(path)"),
    (the_screen_and_the_exit_are_in_cli, "builder/cli.py", "print(1)\nsys.exit(3)"),
    (the_screen_and_the_exit_are_in_cli, "builder/press/galley.py", "press.print_pdf(composition)"),
    (nothing_catches_everything, "builder/cli.py", "try:\n    f()\nexcept (OSError, ValueError):\n    pass"),
    (functions_are_short, "builder/works.py", LONG_FUNCTION.removesuffix("    x = 1\n")),
    (modules_are_short, "builder/works.py", LONG_MODULE.removesuffix("x = 1\n")),
)


def _faults(rule, path, text):
    return list(rule(Source(PurePosixPath(path), text)))


@pytest.mark.parametrize(("rule", "path", "text"), BAD)
def test_the_rule_objects(rule, path, text):
    assert _faults(rule, path, text)


@pytest.mark.parametrize(("rule", "path", "text"), GOOD)
def test_the_rule_lets_pass(rule, path, text):
    assert _faults(rule, path, text) == []


def test_every_rule_is_shown_both_ways():
    assert {rule for rule, _, _ in BAD} == {rule for rule, _, _ in GOOD} == set(RULES)


def test_a_circle_of_imports_is_found():
    galley = Source(PurePosixPath("builder/press/galley.py"), "from builder.press import gather")
    gather = Source(PurePosixPath("builder/press/gather.py"), "from builder.press.galley import Galley")
    package = Source(PurePosixPath("builder/press/__init__.py"), "from builder.press.galley import Galley")
    assert set(import_cycles([galley, gather, package])) == {"builder.press.galley", "builder.press.gather"}
    assert import_cycles([gather, package, Source(galley.path, "import io")]) == []


@pytest.mark.parametrize(
    "text",
    [
        "a::after { content: counter( page ) }",
        "a::after { content: target-counter(attr(href), page) }",
        "h1 { position: running(head) }",
        "h1 { string-set: title content() }",
        "@page :first { margin: 0 }",
        "@page:first { margin: 0 }",
    ],
)
def test_a_layout_that_counts_pages_is_found(text):
    assert layouts_leave_pages_to_the_press("print.css", text)


def test_a_layout_may_speak_of_its_pages():
    text = "/* no counter(page) here */ @page cover:first { margin: 0 } ol { content: counter(item) }"
    assert layouts_leave_pages_to_the_press("print.css", text) == []


@pytest.mark.parametrize(
    "parts", [("", "work", "main"), ("see '", "root", "x"), ("..", "shared", "x"), ("", "home", "lan")]
)
def test_a_path_of_a_machine_is_found(parts):
    line = "/".join(parts)
    assert paths_of_a_machine("README.md", f"first\n{line}") == [f"README.md:2: {line}"]


@pytest.mark.parametrize(
    "parts", [("https://example.org", "work", "x"), ("", "usr", "share"), ("builder", "root", "x")]
)
def test_an_address_is_no_path_of_a_machine(parts):
    assert paths_of_a_machine("README.md", "/".join(parts)) == []
