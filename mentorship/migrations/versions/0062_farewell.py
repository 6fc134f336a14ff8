"""A word of thanks of who ended a pair for the two; and an ending by mistake is taken back, while the place is free."""

from alembic import op

revision = "0062"
down_revision = "0061"

OCCUPIES = "('proposed', 'active', 'paused')"
TAKEN = f"(SELECT count(*) FROM mentorship WHERE mentor_id = NEW.mentor_id AND status IN {OCCUPIES})"
HOURS = "CASE WHEN p.confirm_hours THEN coalesce(c.confirmed_hours, 0) ELSE c.hours END"
RETURNS = f"NEW.mentor_id <> OLD.mentor_id OR NEW.status IN {OCCUPIES} AND OLD.status NOT IN {OCCUPIES}"
TAKEN_BACK = "OLD.status = 'ended' AND NEW.status IN ('active', 'paused') AND NEW.mentor_id = OLD.mentor_id"
NEVER = "RAISE EXCEPTION 'a mentorship that ended does not come back' USING ERRCODE = 'check_violation';"


def upgrade() -> None:
    """Of pairs that ended before nobody wrote a word; what ended comes back only into a place that is free."""
    op.execute("ALTER TABLE mentorship ADD COLUMN farewell VARCHAR(500) NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE mentorship ADD COLUMN farewell_by_id INTEGER")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""
            CREATE OR REPLACE FUNCTION refuse_return() RETURNS trigger AS $$
            DECLARE usable integer;
            BEGIN
                IF {TAKEN_BACK} THEN
                    SELECT least(c.places, floor({HOURS} / p.hours_per_pair)) INTO usable
                    FROM capacity c JOIN programme p ON p.id = 1 WHERE c.person_id = NEW.mentor_id FOR UPDATE OF c;
                    IF NEW.origin = 'import' OR coalesce(usable, 0) > {TAKEN} THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'no free place with this mentor' USING ERRCODE = 'check_violation';
                END IF;
                {NEVER}
            END $$ LANGUAGE plpgsql""")
        return
    hours = HOURS.replace("c.confirmed_hours, 0", "c.confirmed_hours, 0.0")
    usable = (
        f"SELECT min(c.places, CAST(round(({hours}) * 100) AS INTEGER) / CAST(round(p.hours_per_pair * 100) AS INTEGER))"
        " FROM capacity c JOIN programme p ON p.id = 1 WHERE c.person_id = NEW.mentor_id"
    )
    is_free = f"(NEW.origin = 'import' OR {TAKEN} < coalesce(({usable}), 0))"
    _guard_on_sqlite(f"({RETURNS}) AND NOT ({TAKEN_BACK} AND {is_free})")


def downgrade() -> None:
    """The words are forgotten, and what ended does not come back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""
            CREATE OR REPLACE FUNCTION refuse_return() RETURNS trigger AS $$
            BEGIN
                {NEVER}
            END $$ LANGUAGE plpgsql""")
    else:
        _guard_on_sqlite(RETURNS)
    op.drop_column("mentorship", "farewell_by_id")
    op.drop_column("mentorship", "farewell")


def _guard_on_sqlite(refused: str) -> None:
    op.execute("DROP TRIGGER mentorship_return")
    op.execute(f"""
        CREATE TRIGGER mentorship_return BEFORE UPDATE ON mentorship WHEN {refused}
        BEGIN SELECT RAISE(ABORT, 'a mentorship that ended does not come back'); END""")
