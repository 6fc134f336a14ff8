"""The programme's one row, and the guard that no mentorship takes a place that is not there."""

from alembic import op

revision = "0002"
down_revision = "0001"

OCCUPIES = "('proposed', 'active', 'paused')"
TAKEN = f"(SELECT count(*) FROM mentorship WHERE mentor_id = NEW.mentor_id AND status IN {OCCUPIES})"
HOURS = "CASE WHEN p.confirm_hours THEN coalesce(c.confirmed_hours, 0) ELSE c.hours END"


def upgrade() -> None:
    """Insert the default settings; add triggers that count places as the rules do."""
    op.execute(
        "INSERT INTO programme (id, hours_per_pair, confirm_hours, weights, floor, spread, no_works_council, version)"
        " VALUES (1, 2, true, '{\"domain\": 0.4, \"together\": 0.25, \"preference\": 0.2, \"continuity\": 0.1,"
        ' "wish": 0.05}\', 0.3, 0.02, false, 1)'.replace(": ", r"\: ")
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""
            CREATE FUNCTION refuse_overbooking() RETURNS trigger AS $$
            DECLARE usable integer;
            BEGIN
                -- the lock makes two inserts for one mentor wait for each other
                SELECT least(c.places, floor({HOURS} / p.hours_per_pair)) INTO usable
                FROM capacity c JOIN programme p ON p.id = 1 WHERE c.person_id = NEW.mentor_id FOR UPDATE OF c;
                IF coalesce(usable, 0) <= {TAKEN} THEN
                    RAISE EXCEPTION 'no free place with this mentor' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql""")
        op.execute(f"""
            CREATE TRIGGER mentorship_place BEFORE INSERT ON mentorship FOR EACH ROW
            WHEN (NEW.status IN {OCCUPIES} AND NEW.origin <> 'import') EXECUTE FUNCTION refuse_overbooking()""")
        op.execute("""
            CREATE FUNCTION refuse_return() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'a mentorship that ended does not come back' USING ERRCODE = 'check_violation';
            END $$ LANGUAGE plpgsql""")
        op.execute(f"""
            CREATE TRIGGER mentorship_return BEFORE UPDATE ON mentorship FOR EACH ROW
            WHEN (NEW.mentor_id <> OLD.mentor_id OR NEW.status IN {OCCUPIES} AND OLD.status NOT IN {OCCUPIES})
            EXECUTE FUNCTION refuse_return()""")
        return
    hours = HOURS.replace("c.confirmed_hours, 0", "c.confirmed_hours, 0.0")
    op.execute(f"""
        CREATE TRIGGER mentorship_place BEFORE INSERT ON mentorship
        WHEN NEW.status IN {OCCUPIES} AND NEW.origin <> 'import' AND {TAKEN} >= coalesce((
            SELECT min(c.places, CAST(round(({hours}) * 100) AS INTEGER) / CAST(round(p.hours_per_pair * 100) AS INTEGER))
            FROM capacity c JOIN programme p ON p.id = 1 WHERE c.person_id = NEW.mentor_id), 0)
        BEGIN SELECT RAISE(ABORT, 'no free place with this mentor'); END""")
    op.execute(f"""
        CREATE TRIGGER mentorship_return BEFORE UPDATE ON mentorship
        WHEN NEW.mentor_id <> OLD.mentor_id OR NEW.status IN {OCCUPIES} AND OLD.status NOT IN {OCCUPIES}
        BEGIN SELECT RAISE(ABORT, 'a mentorship that ended does not come back'); END""")


def downgrade() -> None:
    """Take the guards and the settings away."""
    if op.get_bind().dialect.name == "postgresql":
        for trigger, function in (("place", "overbooking"), ("return", "return")):
            op.execute(f"DROP TRIGGER mentorship_{trigger} ON mentorship")
            op.execute(f"DROP FUNCTION refuse_{function}()")
    else:
        op.execute("DROP TRIGGER mentorship_place")
        op.execute("DROP TRIGGER mentorship_return")
    op.execute("DELETE FROM programme")
