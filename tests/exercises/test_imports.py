"""Large libraries are loaded before the clock of a check runs."""

import pytest

from tests.exercises.right import RIGHT
from tuilab.exercises.client import Checker
from tuilab.exercises.imports import large_in

ALREADY = "import sys\nprint('sklearn.preprocessing' in sys.modules)\n"


@pytest.fixture
def fresh():
    checker = Checker()
    yield checker
    checker.close()


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import sklearn.preprocessing as p, os", ["sklearn.preprocessing"]),
        ("def f():\n    from scipy.stats import norm\n    import pandas", ["scipy.stats", "pandas"]),
        ("from . import sklearn\nimport sklearnish, numpy", []),
        ("import sklearn\nimport sklearn\nimport os; os._exit(0)", ["sklearn"]),
        ("import (", []),
        ("\0", []),
    ],
)
def test_what_a_file_names_is_found_and_nothing_of_it_is_run(tmp_path, code, named):
    (tmp_path / "own.py").write_text(code)
    assert large_in(tmp_path / "own.py") == named


def test_there_may_be_no_file(tmp_path):
    assert large_in(tmp_path / "no.py") == []


def test_a_first_check_has_loaded_them_before_and_nothing_warns(check_in, fresh):
    (code,) = (each for each in RIGHT["scale"] if "MinMaxScaler" in each)
    verdict = check_in(fresh, "scale", ALREADY + code)
    assert verdict.is_right and verdict.printed == "True"


def test_what_is_not_there_is_told_by_its_line(check):
    verdict = check("scale", "from sklearn.nothing import x")
    assert "ModuleNotFoundError in line 1" in verdict.sentences[0]
