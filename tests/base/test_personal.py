"""What the tables may never hold."""

from mentorship.tables import metadata

FORBIDDEN = {"birth", "birthday", "born", "age", "generation", "hired", "employed", "seniority", "geboorte", "leeftijd"}


def test_no_column_tells_an_age():
    """Neither an age, a generation, a date of birth, nor its stand-in: since when somebody is employed."""
    columns = [(table.name, column.name) for table in metadata.tables.values() for column in table.columns]
    assert columns and not [column for column in columns if FORBIDDEN & set(column[1].lower().split("_"))]
