"""A tripwire: fails when something would bring the service inside the AI Act, so that somebody decides first.

The note on the AI Act names these tests. Who changes one of them reads that note, and writes it anew.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from mentorship import tables
from mentorship.base.personal import PERSONAL
from mentorship.matching import CRITERIA, DEFAULT_WEIGHTS
from tests.security.test_code import FILES, imported

ROOT = Path(__file__).resolve().parents[2]
LEARNING = {
    *("sklearn", "torch", "tensorflow", "keras", "jax", "xgboost", "lightgbm", "catboost", "statsmodels", "pymc"),
    *("transformers", "spacy", "nltk", "gensim", "textblob", "openai", "anthropic", "langchain", "onnxruntime"),
}
"""Libraries that learn from data, or read what people write."""
FITTING = {"curve_fit", "least_squares", "lstsq", "polyfit", "linregress", "differential_evolution", "minimize"}
"""Names by which numpy, scipy and their like draw parameters from data."""
SCORES = re.compile(r"score|rank|rating|grade|percentile|potential|performance|risk")
SOLVES = {"disclosure/witnesses.py": {"lstsq"}}
"""What solves equations and learns nothing: which hidden figures could be computed from those that are shown."""
OF_A_POSSIBLE_PAIR = {"round_pair"}
"""Where a score may stand: on two people within one round, never on one."""
WORDS_OF_PEOPLE = {"note", "reached", "thanks", "goal"}
"""The columns in which people write freely."""
READING = {"split", "findall", "search", "match", "fullmatch", "finditer", "count", "lower", "casefold"}


def called(node: ast.AST) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""


def learned(tree: ast.Module) -> set[str]:
    """What in a file learns: a library, or a function that draws parameters from data."""
    libraries = {name.partition(".")[0] for name in imported(tree)} & LEARNING
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_a_model = {"fit" for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "fit"}
    return libraries | ({called(node) for node in calls} & FITTING) | of_a_model


def read(tree: ast.Module) -> set[str]:
    """Which free words of people a file cuts up, searches or counts."""
    found = set()
    for node in ast.walk(tree):
        if called(node) in READING:
            about = [getattr(node.func, "value", None), *node.args]
            found |= {one.attr for one in about if isinstance(one, ast.Attribute)} & WORDS_OF_PEOPLE
    return found


def scored(table: sa.Table) -> set[str]:
    """Which columns of a table about people score or rank them."""
    if PERSONAL not in table.info or table.name in OF_A_POSSIBLE_PAIR:
        return set()
    numbers = [column.name for column in table.columns if isinstance(column.type, (sa.Integer, sa.Numeric, sa.Float))]
    return {name for name in numbers if SCORES.search(name)}


def weighed(tree: ast.Module) -> bool:
    """Whether a file sets the weights of something."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(one, ast.Attribute) and one.attr == "weights" for one in targets):
            return True
    return False


def test_no_library_that_learns_is_built_upon():
    locked = (ROOT / "requirements.txt").read_text("utf-8").lower()
    named = set(re.findall(r"^([a-z0-9._-]+)==", locked, re.MULTILINE))
    assert len(named) > 20, "the lock is read"
    assert not named & (LEARNING | {"scikit-learn"})


def test_no_weight_is_learned_from_data():
    """Weights are constants that somebody wrote out, until somebody types others; nothing fits a parameter."""
    written = {}
    for name, tree in FILES.items():
        assert learned(tree) <= SOLVES.get(name, set()), f"{name} learns from data by {learned(tree)}"
        assert not weighed(tree) or name.endswith("actions.py"), f"{name}: weights are set by a verb, with an actor"
        for node in ast.walk(tree):
            target = node.target if isinstance(node, ast.AnnAssign) else None
            if isinstance(node, ast.Assign):
                target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == "DEFAULT_WEIGHTS":
                written = ast.literal_eval(node.value)
    assert written == dict(DEFAULT_WEIGHTS), "written out, not reckoned"
    assert set(written) == set(CRITERIA) and abs(sum(written.values()) - 1) < 1e-9


def test_no_code_reads_what_people_write():
    for name, tree in FILES.items():
        assert not read(tree), f"{name} reads {read(tree)}"


@pytest.mark.parametrize("name", sorted(tables.metadata.tables))
def test_no_column_scores_a_person(name: str):
    assert not scored(tables.metadata.tables[name])


@pytest.mark.parametrize(
    ("planted", "wire"),
    [
        ("from sklearn.linear_model import LinearRegression", learned),
        ("weights = numpy.linalg.lstsq(scores, outcomes)", learned),
        ("model.fit(pairs, outcomes)", learned),
        ("round.weights = average(outcomes)", weighed),
        ("if re.search('moe|ziek', check_in.note): raise_signal()", read),
        ("words = check_in.note.lower().split()", read),
    ],
)
def test_the_wire_trips(planted: str, wire):
    assert wire(ast.parse(planted))


def test_the_wire_trips_on_a_score():
    told = {"info": {PERSONAL: {}}}
    table = sa.Table("person_x", sa.MetaData(), sa.Column("potential_score", sa.Float()), **told)
    assert scored(table) == {"potential_score"}
