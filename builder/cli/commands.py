"""A command line comes in; the command it names is run: what may be typed, and nothing else.

Help, in the reader's language, stands in ``messages/cli.*.toml`` under the names used here.
"""

from __future__ import annotations

from typing import Annotated

import typer

from builder import __version__
from builder.cli import frame
from builder.cli.boundary import Status
from builder.cli.words import here

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that help comes at once

app = typer.Typer(
    cls=frame.Front,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)

Json = Annotated[bool, typer.Option("--json")]


@app.callback()
def front(context: typer.Context, *, version: Annotated[bool, typer.Option("--version")] = False) -> Status:
    """Print the version, or the menu when no command is given."""
    words = here()
    if version:
        print(words("version", version=__version__))
        raise typer.Exit(Status.DONE)
    if context.invoked_subcommand is None:
        print(f"{words('menu.title')}\n\n{words('menu.question')}\n\n{frame.table(words.pairs('menu.lines'))}")
        print(words("menu.more"))
    return Status.DONE


@app.command(cls=frame.Order)
def new(folder: Annotated[str, typer.Argument()]) -> Status:
    """Make a source folder to start from."""
    from builder.cli import start

    return start.new(folder)


@app.command("import", cls=frame.Order)
def import_(
    file: Annotated[str, typer.Argument()],
    into: Annotated[str, typer.Option("--into")],
    review: Annotated[str, typer.Option("--review")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    all_: Annotated[bool, typer.Option("--all")] = False,
    json: Json = False,
    revise_: Annotated[bool, typer.Option("--revise")] = False,
    relock: Annotated[bool, typer.Option("--relock")] = False,
) -> Status:
    """Make a source folder from a file, or give one a new version of its programme.

    Raises:
        WrongLine: when ``--relock`` goes without ``--revise``.
    """
    from builder.cli import bring, revise

    if relock and not revise_:
        raise frame.WrongLine(here()("line.only_with", name="--relock", other="--revise"), "anpham import")
    if revise_:
        return revise.run(revise.Order(file, into, yes, review, relock))
    return bring.run(bring.Order(file, into, review, yes=yes, everything=all_, as_json=json))


@app.command(cls=frame.Order)
def export(source: Annotated[str, typer.Argument()], docx: Annotated[str, typer.Option("--docx")]) -> Status:
    """Make a copy of a source to review in Word."""
    from builder.cli import export as exporting

    return exporting.run(source, docx)


@app.command(cls=frame.Order)
def check(
    source: Annotated[str, typer.Argument()],
    fix_tones: Annotated[str, typer.Option("--fix-tones")] = "",
    *,
    fix: Annotated[bool, typer.Option("--fix")] = False,
    diff: Annotated[bool, typer.Option("--diff")] = False,
    fix_source: Annotated[bool, typer.Option("--fix-source")] = False,
    all_: Annotated[bool, typer.Option("--all")] = False,
    json: Json = False,
    sarif: Annotated[bool, typer.Option("--sarif")] = False,
    coverage: Annotated[bool, typer.Option("--coverage")] = False,
    html: Annotated[str, typer.Option("--html")] = "",
) -> Status:
    """Read a source for mistakes, and mend those that are beyond doubt."""
    from builder.cli import check as checking

    order = checking.Order(source, fix, diff, fix_source, fix_tones, all_, json, sarif, coverage, html)
    return checking.run(order)


@app.command(cls=frame.Order)
def changes(
    old: Annotated[str, typer.Argument()],
    new: Annotated[str, typer.Argument()],
    leaflet: Annotated[str, typer.Option("--leaflet")] = "",
    *,
    json: Json = False,
) -> Status:
    """Tell what changed between two versions of a programme."""
    from builder.cli import changes as comparing

    return comparing.run(old, new, leaflet, as_json=json)


@app.command(cls=frame.Order)
def lock(source: Annotated[str, typer.Argument()]) -> Status:
    """Keep the programme text from changing by accident."""
    from builder.cli import lock as locking

    return locking.run(source)


@app.command(cls=frame.Order)
def build(
    sources: Annotated[list[str], typer.Argument()],
    edition: Annotated[list[str] | None, typer.Option("--edition")] = None,
    only: Annotated[list[str] | None, typer.Option("--only")] = None,
    shelf: Annotated[str, typer.Option("--shelf")] = "shelf",
    jobs: Annotated[str, typer.Option("--jobs")] = "",
    *,
    copies: Annotated[str, typer.Option("--copies")] = "",
    printer_: Annotated[str, typer.Option("--printer")] = "",
    profile: Annotated[str, typer.Option("--profile")] = "",
    json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose")] = False,
) -> Status:
    """Make the books of source folders."""
    from builder.cli import build as building

    wish = tuple(edition or ()), tuple(only or ())
    processes, numbered_copies = building.jobs(jobs), building.numbered(copies)
    order = building.Order(tuple(sources), *wish, shelf, processes, profile, printer_, numbered_copies)
    return building.run(order, as_json=json, verbose=verbose)


@app.command(cls=frame.Order)
def preview(
    source: Annotated[str, typer.Argument()],
    edition: Annotated[str, typer.Option("--edition")] = "",
    port: Annotated[str, typer.Option("--port")] = "",
    jobs: Annotated[str, typer.Option("--jobs")] = "",
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
) -> Status:
    """Show a source's pages in the browser while it is being written."""
    from builder.cli import build as building
    from builder.cli import preview as previewing

    crew = building.jobs(jobs, previewing.COMMAND)
    return previewing.run(previewing.Order(source, edition, port, crew, browser=not no_browser))


@app.command(cls=frame.Order)
def impose(
    file: Annotated[str, typer.Argument()],
    *,
    sheet: Annotated[str, typer.Option("--sheet")] = "",
    binding: Annotated[str, typer.Option("--binding")] = "",
    sheets_per_signature: Annotated[str, typer.Option("--sheets-per-signature")] = "",
    keep_last: Annotated[str, typer.Option("--keep-last")] = "",
    copies_per_sheet: Annotated[str, typer.Option("--copies-per-sheet")] = "",
    flip: Annotated[str, typer.Option("--flip")] = "",
    backs: Annotated[str, typer.Option("--backs")] = "",
    back_offset: Annotated[str, typer.Option("--back-offset")] = "",
    edge: Annotated[str, typer.Option("--edge")] = "",
    paper: Annotated[str, typer.Option("--paper")] = "",
    caliper: Annotated[str, typer.Option("--caliper")] = "",
    cover_paper: Annotated[str, typer.Option("--cover-paper")] = "",
    creep: Annotated[str, typer.Option("--creep")] = "",
    creep_total: Annotated[str, typer.Option("--creep-total")] = "",
    marks: Annotated[str, typer.Option("--marks")] = "",
    scale: Annotated[str, typer.Option("--scale")] = "",
    out: Annotated[str, typer.Option("--out")] = "",
    printer_: Annotated[str, typer.Option("--printer")] = "",
    by_hand: Annotated[bool, typer.Option("--by-hand")] = False,
    cover: Annotated[bool, typer.Option("--cover")] = False,
    rtl: Annotated[bool, typer.Option("--rtl")] = False,
    keep_colours: Annotated[bool, typer.Option("--keep-colours")] = False,
) -> Status:
    """Make a booklet of any PDF."""
    from builder.cli import impose as imposing

    order = imposing.Order(
        file,
        sheet=sheet,
        binding=binding,
        sheets_per_signature=sheets_per_signature,
        keep_last=keep_last,
        copies_per_sheet=copies_per_sheet,
        flip=flip,
        backs=backs,
        back_offset=back_offset,
        edge=edge,
        paper=paper,
        caliper=caliper,
        cover_paper=cover_paper,
        creep=creep,
        creep_total=creep_total,
        marks=marks,
        scale=scale,
        out=out,
        printer=printer_,
        by_hand=by_hand,
        cover=cover,
        rtl=rtl,
        keep_colours=keep_colours,
    )
    return imposing.run(order)


@app.command(cls=frame.Order)
def preflight(
    files: Annotated[list[str], typer.Argument()],
    for_: Annotated[str, typer.Option("--for")] = "",
    *,
    all_: Annotated[bool, typer.Option("--all")] = False,
    json: Json = False,
) -> Status:
    """Look at finished files as a print shop or a store would."""
    from builder.cli import preflight as looking

    return looking.run(looking.Order(tuple(files), for_, everything=all_, as_json=json))


@app.command(cls=frame.Order)
def publish(
    shelf: Annotated[str, typer.Option("--shelf")] = "shelf",
    into: Annotated[str, typer.Option("--into")] = "site",
    base_url: Annotated[str, typer.Option("--base-url")] = "",
    title: Annotated[str, typer.Option("--title")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    unlisted: Annotated[bool, typer.Option("--unlisted")] = False,
    copies: Annotated[bool, typer.Option("--copies")] = False,
    json: Json = False,
) -> Status:
    """Make a site of a shelf."""
    from builder.cli import publish as publishing

    order = publishing.Order(shelf, into, base_url, title, yes, unlisted, copies, json)
    return publishing.run(order)


@app.command(cls=frame.Order)
def serve(
    shelf: Annotated[str, typer.Option("--shelf")] = "shelf",
    port: Annotated[str, typer.Option("--port")] = "",
    *,
    network: Annotated[bool, typer.Option("--network")] = False,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    title: Annotated[str, typer.Option("--title")] = "",
    copies: Annotated[bool, typer.Option("--copies")] = False,
    site: Annotated[str, typer.Option("--site")] = "",
) -> Status:
    """Open the shelf to this machine or the local network."""
    from builder.cli import serve as serving

    return serving.run(serving.Order(shelf, port, title, site, network, yes, copies))


@app.command(cls=frame.Order)
def layouts() -> Status:
    """List the layouts."""
    from builder.cli import machine

    return machine.layouts()


@app.command(cls=frame.Order)
def doctor() -> Status:
    """Examine this machine."""
    from builder.cli import machine

    return machine.doctor()


@app.command(cls=frame.Order)
def cache(*, clear: Annotated[bool, typer.Option("--clear")] = False) -> Status:
    """Tell what is kept of earlier builds, or throw it away."""
    from builder.cli import cache as keeping

    return keeping.run(clear=clear)


# --- the printer ----------------------------------------------------------------------------------

printer = typer.Typer(cls=frame.Room, rich_markup_mode=None, invoke_without_command=True)
app.add_typer(printer, name="printer")


@printer.callback()
def printers(context: typer.Context) -> Status:
    """Tell of the printers that are remembered when no command is given."""
    from builder.cli import printer as remembering

    return remembering.list_() if context.invoked_subcommand is None else Status.DONE


@printer.command("list", cls=frame.Order)
def printer_list() -> Status:
    """Tell of the printers that are remembered."""
    from builder.cli import printer as remembering

    return remembering.list_()


@printer.command("test", cls=frame.Order)
def printer_test(
    out: Annotated[str, typer.Option("--out")] = "",
    sheet: Annotated[str, typer.Option("--sheet")] = "A4",
    name: Annotated[str, typer.Option("--printer")] = "",
    *,
    by_hand: Annotated[bool, typer.Option("--by-hand")] = False,
) -> Status:
    """Write test sheets to print and to look at."""
    from builder.cli import printer as remembering

    return remembering.test(sheet, name, out, by_hand=by_hand)


@printer.command("set", cls=frame.Order)
def printer_set(
    name: Annotated[str, typer.Argument()],
    flip: Annotated[str, typer.Option("--flip")] = "",
    *,
    by_hand: Annotated[bool | None, typer.Option("--by-hand/--two-sided")] = None,
    backs: Annotated[str, typer.Option("--backs")] = "",
    offset: Annotated[str, typer.Option("--offset")] = "",
    edge: Annotated[str, typer.Option("--edge")] = "",
) -> Status:
    """Remember what was seen of a printer."""
    from builder.cli import printer as remembering

    return remembering.set_(remembering.Seen(name, flip, by_hand, backs, offset, edge))


@printer.command("use", cls=frame.Order)
def printer_use(name: Annotated[str, typer.Argument()]) -> Status:
    """Use a printer that is remembered."""
    from builder.cli import printer as remembering

    return remembering.use(name)


@printer.command("forget", cls=frame.Order)
def printer_forget(name: Annotated[str, typer.Argument()]) -> Status:
    """Forget a printer."""
    from builder.cli import printer as remembering

    return remembering.forget(name)


# --- numbered copies ------------------------------------------------------------------------------

copy = typer.Typer(cls=frame.Room, rich_markup_mode=None, invoke_without_command=True)
app.add_typer(copy, name="copy")


@copy.callback()
def numbered(context: typer.Context) -> Status:
    """Tell of the editions that were numbered when no command is given."""
    from builder.cli import copy as judging

    return judging.list_() if context.invoked_subcommand is None else Status.DONE


@copy.command("check", cls=frame.Order)
def copy_check(what: Annotated[list[str], typer.Argument()]) -> Status:
    """Tell whether numbered copies are the house's own."""
    from builder.cli import copy as judging

    return judging.check(tuple(what))
