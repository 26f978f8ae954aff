"""The words of the site: both languages say the same things, and numbers, sizes and dates as each is written."""

import string
import tomllib
from importlib import resources

import pytest

from builder.site.words import words


def _lines(table, before=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lines(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _list(language):
    text = resources.files("builder").joinpath("messages", f"site.{language}.toml").read_text("utf-8")
    return dict(_lines(tomllib.loads(text)))


def _slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_and_slots():
    vi, en = _list("vi"), _list("en")
    assert en.keys() - vi.keys() == {"months"}
    assert vi.keys() <= en.keys()
    assert {key: _slots(text) for key, text in vi.items()} == {key: _slots(en[key]) for key in vi}


@pytest.mark.parametrize(
    ("count", "vi", "en"),
    [
        (0, "0 byte", "0 bytes"),
        (999, "999 byte", "999 bytes"),
        (1000, "1 kB", "1 kB"),
        (284_700, "285 kB", "285 kB"),
        (999_499, "999 kB", "999 kB"),
        (999_600, "1 MB", "1 MB"),
        (1_234_000, "1,2 MB", "1.2 MB"),
        (9_960_000, "10 MB", "10 MB"),
        (48_700_000, "49 MB", "49 MB"),
        (2_345_000_000, "2345 MB", "2345 MB"),
    ],
)
def test_a_size_is_said_in_a_few_digits(count, vi, en):
    assert (words("vi").size(count), words("en").size(count)) == (vi, en)


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [
        ("2026-03-15", "15/3/2026", "15 March 2026"),
        ("2026-02-05T07:00:00Z", "05/02/2026", "5 February 2026"),
        ("2026", "2026", "2026"),
        ("Quý II", "Quý II", "Quý II"),
        ("", "", ""),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(written, vi, en):
    assert (words("vi").date(written), words("en").date(written)) == (vi, en)


def test_how_many_there_are_is_said_with_the_right_number():
    said = [words(language).counted("pages", count) for language in ("vi", "en") for count in (1, 12, 1200)]
    assert said == ["1 trang", "12 trang", "1.200 trang", "1 page", "12 pages", "1,200 pages"]


def test_every_other_language_is_told_in_vietnamese():
    assert (words("vi"), words("fr"), words("en").language) == (words("vi"), words("vi"), "en")
