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


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_face_stays_on_the_disk(tmp_path, root, jobs):
    program, left = tmp_path / "work.py", tmp_path / "left"
    program.write_text(WORK)
    left.mkdir()
    command = [sys.executable, str(program), str(root / "tests"), str(jobs)]
    done = subprocess.run(
        command,
        env=os.environ | {"TMPDIR": str(left)},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [each.name for each in left.glob("weasyprint-*")] == []
