"""The standard questions and their scale, where nobody was asked, changed or agreed to those of before."""

import importlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"

QUESTIONS = {
    "junior": [
        ("progress", "Ik ga vooruit in wat ik wil leren.", "I am getting ahead in what I want to learn."),
        ("own_work", "Ik doe zelf werk waar ik van leer.", "I do work myself that I learn from."),
        (
            "not_alone",
            "Bij werk dat ik nog niet kan, is er iemand bij me.",
            "With work I cannot do yet, somebody is with me.",
        ),
        (
            "dare_to_ask",
            "Ik durf alles te vragen, ook als het fout ging.",
            "I dare to ask anything, also when it went wrong.",
        ),
        ("working_time", "Ik krijg er tijd voor onder werktijd.", "I get time for it in working hours."),
        ("quick_help", "Loop ik vast, dan is er snel iemand.", "When I get stuck, somebody is there soon."),
        ("feedback", "Ik hoor hoe ik het doe.", "I hear how I am doing."),
        ("recognised", "Wat ik kan, wordt gezien.", "What I can do is seen."),
    ],
    "mentor": [
        ("hours_free", "De afgesproken uren waren vrij.", "The agreed hours were free."),
        ("own_job", "Het ging samen met mijn eigen werk.", "It went together with my own work."),
        ("support", "Ik krijg de steun die ik als mentor nodig heb.", "I get the support that I need as a mentor."),
        ("go_on", "Zo kan ik ermee door.", "I can go on with it like this."),
        ("speed", "Het tempo naar zelfstandig werken is …", "The pace towards working alone is …"),
    ],
}
SCALE = [
    {"nl": "helemaal niet", "en": "not at all"},
    {"nl": "een beetje", "en": "a little"},
    {"nl": "redelijk", "en": "fairly"},
    {"nl": "grotendeels", "en": "mostly"},
    {"nl": "helemaal", "en": "completely"},
]
SETS = sa.table(
    "question_set",
    sa.column("id", sa.Integer),
    sa.column("questions", sa.JSON),
    sa.column("scale", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """Put them in force; elsewhere the coordinator takes them, by a page. Who went down in between has the scale back."""
    _replace(_before(), None, _of(QUESTIONS), SCALE)
    for set_id, questions in op.get_bind().execute(sa.select(SETS.c.id, SETS.c.questions)).all():
        if questions == _of(QUESTIONS):
            op.get_bind().execute(sa.update(SETS).where(SETS.c.id == set_id).values(scale=SCALE))


def downgrade() -> None:
    """Put those of before in force again, where nobody was asked anything since."""
    _replace(_of(QUESTIONS), SCALE, _before(), None)


Questions = dict[str, list[dict[str, str]]]


def _before() -> Questions:
    return _of(importlib.import_module("mentorship.migrations.versions.0005_check_ins").QUESTIONS)


def _of(questions: dict[str, list[tuple[str, str, str]]]) -> Questions:
    keys = ("key", "nl", "en")
    return {side: [dict(zip(keys, row, strict=True)) for row in rows] for side, rows in questions.items()}


def _replace(old: Questions, old_scale: Any, new: Questions, new_scale: Any) -> None:
    connection = op.get_bind()
    sets = connection.execute(sa.select(SETS.c.id, SETS.c.questions, SETS.c.scale)).all()
    if len(sets) > 1 or sets[0].questions != old or sets[0].scale != old_scale:
        return
    asked = connection.scalar(sa.text("SELECT count(*) FROM check_in"))
    asked += connection.scalar(sa.text("SELECT count(*) FROM consent"))
    agreed = connection.scalar(sa.text("SELECT count(*) FROM programme WHERE works_council_on IS NOT NULL"))
    if not asked and not agreed:
        changed = sa.update(SETS).where(SETS.c.id == sets[0].id)
        connection.execute(changed.values(questions=new, scale=new_scale))
