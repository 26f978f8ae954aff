"""The files WeasyPrint reads faces from are gone when the work is done, in this process and in the crew's."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.press

WORK = """
import sys
sys.path.insert(0, sys.argv[1])
import test_press as small
from builder import press

if __name__ == "__main__":
    with press.Crew(int(sys.argv[2])) as crew:
        book = press.print_pdf(small.compose(*small.LEAVES), crew=crew)
    assert book.problems == ()
"""


def left_by(command, tmp_path, root):
    """Run a program; return the folders of faces that it leaves behind."""
    left = tmp_path / "left"
    left.mkdir()
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env=os.environ | {"TMPDIR": str(left), "PYTHONPATH": str(root)},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [each.name for each in left.glob("weasyprint-*")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_face_stays_on_the_disk(tmp_path, root, jobs):
    program = tmp_path / "work.py"
    program.write_text(WORK)
    assert left_by([program, root / "tests", jobs], tmp_path, root) == []


HELD = """
import tempfile, time
from pathlib import Path
from builder.press import faces

HELD = []

def hold(files):
    fonts = faces.Fonts()
    fonts._folder = Path(tempfile.mkdtemp(prefix="weasyprint-"))
    for number in range(files):
        (fonts._folder / str(number)).touch()
    HELD.append(fonts)
    while len(list(fonts._folder.parent.glob("weasyprint-*/0"))) < 2:  # each worker has one
        time.sleep(0.01)
"""

HOLD = """
import time
from builder import press
from held import hold

def late(shut_down):
    def shut_down_late(*given, **named):
        time.sleep(0.5)  # this process has to wait for its turn: the pool sees first that a worker has ended
        shut_down(*given, **named)
    return shut_down_late

if __name__ == "__main__":
    with press.Crew(2) as crew:
        few, many = crew.away(hold, 1), crew.away(hold, 20_000)
        few.result()
        many.result()
        crew._pool.shutdown = late(crew._pool.shutdown)
"""


def test_a_worker_that_has_much_to_delete_is_not_stopped_by_one_that_has_little(tmp_path, root):
    (tmp_path / "held.py").write_text(HELD)
    program = tmp_path / "hold.py"
    program.write_text(HOLD)
    assert left_by([program], tmp_path, root) == []
