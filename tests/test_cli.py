"""The command line: results on stdout, talk on stderr, exit codes, and the demo that anybody can sign in to."""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlmodel import Session, select

from mentorship import migrations, serving
from mentorship.app import create_app
from mentorship.base import outbox
from mentorship.base.audit import AuditRow
from mentorship.base.clock import utc_now
from mentorship.base.db import id_of, make_engine
from mentorship.cli import main
from mentorship.demo import build as demo
from mentorship.mentorships.models import Mentorship
from mentorship.people.account import actions as account
from mentorship.people.account.rules import code_digest
from mentorship.people.identity_provider.models import ProviderLink
from mentorship.people.models import ActivationCode, Person, PersonRole
from mentorship.people.second_factor import actions as factors
from mentorship.people.second_factor.models import SecondFactor
from mentorship.rounds import actions as rounds
from mentorship.rounds.models import Round
from tests.client import InspectingClient
from tests.conftest import KEY, BuiltDemo, bare_environment, logging_as_before
from tests.factories import Organisation
from tests.hr_import.exports import dump, small, write

Run = Callable[..., Result]
SAFE = {"MENTORSHIP_SECRET_KEY": KEY, "MENTORSHIP_TRUSTED_HOSTS": '["leermaat.example.nl"]'}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Iterator[Run]:
    """Run a command in a folder of its own, speaking English, with only the settings given."""
    monkeypatch.chdir(tmp_path)
    bare_environment(monkeypatch)
    monkeypatch.setattr(serving, "serve", lambda *a: pytest.fail("it serves"))

    def run(*words: object, **environment: str) -> Result:
        done = CliRunner().invoke(main, [str(w) for w in words], env={"LANG": "en_GB.UTF-8", **environment})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    with logging_as_before():
        yield run


@pytest.fixture
def on(command: Run, database_url: str) -> Run:
    """Run a command on the test's migrated database."""
    return lambda *words, **environment: command(*words, MENTORSHIP_DATABASE_URL=database_url, **environment)


def _commands(group: click.Group, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [above]
    for name, inner in group.commands.items():
        found += _commands(inner, (*above, name)) if isinstance(inner, click.Group) else [(*above, name)]
    return found


@pytest.mark.parametrize("words", _commands(main), ids=lambda words: " ".join(words) or "mentorship")
def test_every_command_explains_itself(command: Run, words: tuple[str, ...]):
    done = command(*words, "--help")
    assert done.exit_code == 0 and not done.stderr
    assert done.stdout.startswith("Usage: ")
    assert len(done.stdout.split("\n\n")[1].split()) >= 4, "says what it does"
    assert done.stdout == command(*words, "-h").stdout


def test_help_shows_examples_and_nothing_is_needed_for_it(command: Run):
    assert "mentorship demo" in command("--help").stdout and "--dry-run" in command("import", "--help").stdout
    assert re.search(r"\d+\.\d+", command("--version").stdout)
    assert not list(pathlib.Path().iterdir()), "help makes no database"


def test_migrate_from_nothing(command: Run, empty_url: str):
    assert "mentorship migrate" in command("worker", "--once", MENTORSHIP_DATABASE_URL=empty_url).stderr
    done = command("migrate", MENTORSHIP_DATABASE_URL=empty_url)
    assert (done.exit_code, done.stdout[:32]) == (0, "The database went from nothing t")
    assert command("migrate", MENTORSHIP_DATABASE_URL=empty_url).stdout == "Nothing to do.\n"
    assert command("worker", "--once", MENTORSHIP_DATABASE_URL=empty_url).exit_code == 0


def test_import_tries_first_and_then_takes_in(on: Run, session: Session, tmp_path: pathlib.Path):
    folder = write(tmp_path / "export", small())
    before = dump(session)
    session.rollback()
    tried = on("import", folder, "--dry-run", "--json")
    assert tried.exit_code == 0 and "nothing was written" in tried.stderr
    assert dump(session) == before and not session.exec(select(AuditRow)).all()
    session.rollback()
    done = on("import", folder, "--json")
    assert json.loads(done.stdout) == json.loads(tried.stdout), "the trial told what happened"
    assert done.stderr == "" and json.loads(done.stdout)["files"]["medewerkers.csv"]["taken"] == 5
    after = dump(session)
    assert len(after["person"]) == 5
    session.rollback()
    again = on("import", folder)
    assert again.exit_code == 0 and "Nothing changed" in again.stdout
    assert dump(session) == after


def test_import_refuses_what_it_cannot_read(on: Run, session: Session, tmp_path: pathlib.Path):
    files = small()
    del files["medewerkers.csv"]
    before = dump(session)
    session.rollback()
    done = on("import", write(tmp_path / "export", files))
    assert (done.exit_code, done.stdout) == (1, "") and "medewerkers.csv" in done.stderr
    assert on("import", tmp_path / "nowhere").exit_code == 2
    assert dump(session) == before


def test_what_an_import_asks_is_answered_by_option_and_kept_for_its_source(
    on: Run, session: Session, tmp_path: pathlib.Path
):
    first, second = small(), small()
    first["medewerkers.csv"] = [row[:] for row in first["medewerkers.csv"][:2]]
    second["medewerkers.csv"] = [row[:] for row in first["medewerkers.csv"]]
    first["medewerkers.csv"][1][0] = "0001"
    people = {name: {"medewerkers.csv": files["medewerkers.csv"]} for name, files in (("a", first), ("b", second))}
    before, after = (write(tmp_path / name, files) for name, files in people.items())
    assert on("import", before).exit_code == 0
    asked = on("import", after)
    assert asked.exit_code == 1
    assert "--answer zeros=same" in asked.stdout
    assert on("import", after, "--answer", "zeros").exit_code == 2
    assert on("import", after, "--answer", "zeros=same", "--source", "afas").exit_code == 0
    kept = on("import", after, "--source", "afas", "--json")
    assert kept.exit_code == 0
    assert json.loads(kept.stdout)["changed"] is False
    assert session.scalars(select(Person.number)).all() == ["0001"]


def test_an_import_lets_people_leave_only_when_told(on: Run, session: Session, tmp_path: pathlib.Path):
    on("import", write(tmp_path / "a", small()))
    files = small()
    files["medewerkers.csv"].pop(3)
    export = write(tmp_path / "b", files)
    listed = on("import", export)
    assert listed.exit_code == 0
    assert "3 Cor Leerling" in listed.stdout
    too_many = on("import", export, "--leavers=take")
    assert too_many.exit_code == 1
    assert "1 of 5 people would leave" in too_many.stdout
    assert on("import", export, "--leavers=take", "--confirm").exit_code == 0
    assert session.scalars(select(Person.last_day).where(Person.number == "3")).one() is not None


def test_a_last_day_by_command(on: Run, session: Session, organisation: Organisation):
    assert on("person", "leave", "n-junior", "--on", "2099-12-31").exit_code == 1, "more than three years ahead"
    soon = (utc_now() + timedelta(days=30)).date()
    assert on("person", "leave", "n-junior", "--on", f"{soon}").stdout == f"Junior Proef: last day {soon}\n"
    assert on("person", "leave", "n-junior", "--take-back").stdout == "Junior Proef: stays\n"
    ago = (utc_now() - timedelta(days=30)).date()
    assert on("person", "leave", "n-junior", "--on", f"{ago:%d-%m-%Y}").stdout == f"Junior Proef: left on {ago}\n"
    again = on("person", "leave", "n-junior", "--on", f"{soon}")
    assert (again.exit_code, again.stdout) == (1, "") and "left already" in again.stderr
    assert on("person", "leave", "n-admin", "--on", f"{soon}").exit_code == 1, "the last admin stays"
    assert on("person", "leave", "n-senior").exit_code == 2
    assert on("person", "leave", "n-senior", "--on", f"{soon}", "--take-back").exit_code == 2


def test_somebody_is_added_and_everybody_listed(on: Run, session: Session, organisation: Organisation):
    new = ("person", "add", "10399", "--name", "Jan van der Berg", "--site", "ede", "--role", "junior")
    done = on(*new, "--manager", "n-manager", "--email", "Jan@Voorbeeld.example", "--language", "pl")
    assert (done.exit_code, done.stdout) == (0, "10399\tJan van der Berg\n")
    found = {row["number"]: row for row in json.loads(on("person", "list", "--json").stdout)}
    assert len(found) == len(organisation.people) + 1
    assert found["10399"] == {
        "number": "10399",
        "name": "Jan van der Berg",
        "given_name": "Jan",
        "infix": "van der",
        "family_name": "Berg",
        "email": "jan@voorbeeld.example",
        "site": "Ede",
        "department": "",
        "manager": "n-manager",
        "languages": ["pl"],
        "roles": ["junior"],
        "account": False,
    }
    assert "10399\tJan van der Berg\tEde\tjunior\n" in on("person", "list").stdout
    for wrong in (new, ("person", "add", "10400", *new[3:]), ("person", "add", "10400", "--name", "Jan", *new[5:])):
        again = on(*wrong)
        assert (again.exit_code, again.stdout) == (1, ""), wrong
    assert "Jan van der Berg (10399)" in on("person", "add", "10400", *new[3:]).stderr
    assert on("person", "add", "10400", *new[3:], "--another").exit_code == 0
    nowhere = on("person", "add", "10401", "--name", "A B", "--site", "Nergens")
    assert nowhere.exit_code == 1 and "Ede" in nowhere.stderr


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("add 10400 --name=Jan\u00a0Smit --site=Nergens", "Er is geen locatie Nergens. Er zijn: Ede."),
        ("add 10400 --name=Smit --site=Ede", "Geef een voornaam en een achternaam."),
        (
            "add 10400 --name=Jan\u00a0Smit --site=Ede --email=jan@",
            "--email: Dit is geen e-mailadres; dat ziet eruit als naam@bedrijf.nl.",
        ),
        ("leave 404 --take-back", "Niemand heeft het nummer of adres 404."),
    ],
)
def test_a_refusal_is_in_one_language(on: Run, organisation: Organisation, words: str, wrong: str):
    told = on("person", *words.split(" "), LANG="nl_NL.UTF-8")
    assert (told.exit_code, told.stdout, told.stderr) == (1, "", f"Fout: {wrong}\n")


def test_roles_and_codes_for_the_first_people(on: Run, session: Session, organisation: Organisation):
    person = organisation.people["nobody"]

    def roles() -> set[str]:
        found = set(session.exec(select(PersonRole.role).where(PersonRole.person_id == person)))
        session.rollback()
        return found

    assert on("person", "role", "n-nobody", "coordinator", "senior").stdout == "Nobody Proef: coordinator, senior\n"
    assert roles() == {"coordinator", "senior"}
    assert on("person", "role", "n-nobody", "senior", "--take").stdout == "Nobody Proef: coordinator\n"
    unknown = on("person", "role", "n-unknown", "admin")
    assert (unknown.exit_code, unknown.stdout) == (1, "") and "n-unknown" in unknown.stderr
    assert on("person", "role", "n-nobody", "boss").exit_code == on("person", "role", "n-nobody").exit_code == 2
    assert roles() == {"coordinator"}
    first, second = (on("person", "code", "n-nobody", "n-junior").stdout.splitlines() for _ in range(2))
    assert [line.split("\t")[:2] for line in second] == [["n-nobody", "Nobody Proef"], ["n-junior", "Junior Proef"]]
    kept = set(session.exec(select(ActivationCode.code_hash)))
    session.rollback()
    assert kept == {code_digest(line.split("\t")[2]) for line in second}, "an earlier code stops working"
    assert not kept & {code_digest(line.split("\t")[2]) for line in first}
    assert on("person", "code", "n-junior", "n-unknown").exit_code == 1
    assert set(session.exec(select(ActivationCode.code_hash))) == kept, "nobody gets one when one is unknown"


def test_the_worker_does_what_is_due_and_stops(on: Run, session: Session, organisation: Organisation):
    made = organisation
    made.asks("junior")
    me = made.actor("coordinator")
    opened = rounds.open_round(session, me, name="Ronde", site_ids=[], now=made.now)
    round_id = id_of(opened)
    rounds.ask_to_solve(session, me, round_id, opened.version, made.now)
    session.commit()
    assert f"solving:   round {round_id} waits\n" in on("worker", "--status").stdout
    claimed = made.now - timedelta(seconds=40)
    opened.claimed_at, opened.renewed_at, opened.stage = claimed, made.now, "solve"
    session.commit()
    assert "since 08:59:20 UTC (solve, seen 09:00:00)" in on("worker", "--status").stdout
    assert json.loads(on("worker", "--status", "--json").stdout)["solving"] == [
        {
            "round": round_id,
            "stage": "solve",
            "since": claimed.isoformat(),
            "last_seen": made.now.isoformat(),
        }
    ]
    done = on("worker", "--once")
    assert (done.exit_code, done.stdout) == (0, "")
    [line] = done.stderr.splitlines()
    assert json.loads(line)["event"] == f"round {round_id} is solved", "in production, for what collects the log"
    assert "solving:   nothing\n" in on("worker", "--status").stdout
    assert session.get_one(Round, round_id, populate_existing=True).status == "solved"


def test_the_worker_tells_how_the_mail_stands(on: Run, session: Session):
    before = on("worker", "--status")
    assert (before.exit_code, before.stderr) == (1, "") and "never" in before.stdout
    assert on("worker", "--once").exit_code == 0
    after = on("worker", "--status")
    assert after.exit_code == 0 and "0 now" in after.stdout
    now = utc_now()
    outbox.ask(session, "help", 1, now.date(), now - timedelta(minutes=17))
    session.commit()
    late = on("worker", "--status")
    assert late.exit_code == 1 and "17 min" in late.stdout and "1 now" in late.stdout
    told = json.loads(on("worker", "--status", "--json").stdout)
    assert told["late"] and told["mail"] == {
        "lag_seconds": 17 * 60,
        "waiting": 1,
        "later": 0,
        "sent_today": 0,
        "failed": 0,
    }
    assert "0 mails" in on("worker", "--retry").stdout


def test_without_a_mail_server_the_mail_can_be_read(on: Run, session: Session, organisation: Organisation):
    junior = organisation.people["junior"]
    session.get_one(Person, junior).email = "junior@example.nl"
    account.invite(session, organisation.actor("coordinator"), [junior], "https://leermaat/activate", utc_now())
    session.commit()
    done = on("worker", "--once", MENTORSHIP_MODE="demo")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "mail to Junior Proef <junior@example.nl>: Je account bij Leermaat\n\nHallo Junior,\n" in done.stderr
    assert "mail: 1 sent" in done.stderr


def test_a_second_factor_is_reset_from_the_shell(on: Run, session: Session, organisation: Organisation):
    junior = organisation.actor("junior")
    session.rollback()
    refused = on("person", "reset-second-factor", "n-junior")
    assert refused.exit_code == 1 and "no second factor" in refused.stderr
    factors.begin(session, junior, ["k"], utc_now())
    session.commit()
    done = on("person", "reset-second-factor", "n-junior", LANG="nl_NL.UTF-8")
    assert (done.exit_code, done.stdout) == (0, "Junior Proef: geen tweede factor\n")
    assert session.get(SecondFactor, junior.person_id, populate_existing=True) is None
    assert (
        session.exec(select(AuditRow).where(AuditRow.verb == "reset second factor")).one().subject_id
        == junior.person_id
    )


def test_who_got_another_account_at_the_provider_is_unlinked(on: Run, session: Session, organisation: Organisation):
    junior = organisation.people["junior"]
    session.rollback()
    refused = on("person", "unlink", "n-junior")
    assert refused.exit_code == 1 and "does not sign in by the provider" in refused.stderr
    session.add(ProviderLink(person_id=junior, issuer="https://a.example", subject="s", linked_at=utc_now()))
    session.commit()
    done = on("person", "unlink", "n-junior", LANG="nl_NL.UTF-8")
    assert (done.exit_code, done.stdout) == (0, "Junior Proef: niet gekoppeld aan de organisatie\n")
    assert session.get(ProviderLink, junior, populate_existing=True) is None


def test_a_worker_that_mails_wants_safe_settings(on: Run):
    done = on("worker", "--once", MENTORSHIP_SMTP_HOST="mail.example.nl")
    assert done.exit_code == 1 and "MENTORSHIP_SECRET_KEY" in done.stderr and "MENTORSHIP_PUBLIC_URL" in done.stderr


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"MENTORSHIP_SECRET_KEY": "short"}, "MENTORSHIP_SECRET_KEY"),
        ({"MENTORSHIP_SECURE_COOKIES": "false"}, "MENTORSHIP_SECURE_COOKIES"),
        ({"MENTORSHIP_TRUSTED_HOSTS": "[]"}, "MENTORSHIP_TRUSTED_HOSTS"),
        ({"MENTORSHIP_ARGON2_MEMORY_KIB": "1024"}, "MENTORSHIP_ARGON2_MEMORY_KIB"),
        ({"MENTORSHIP_SMTP_HOST": "mail.example.nl"}, "MENTORSHIP_PUBLIC_URL"),
        ({"MENTORSHIP_DATABASE_URL": "postgresql+psycopg://l@db.example.nl/l"}, "MENTORSHIP_DATABASE_URL"),
        ({"MENTORSHIP_DATABASE_URL": "postgresql://l@10.0.0.7/l?sslmode=require"}, "MENTORSHIP_DATABASE_URL"),
        ({"MENTORSHIP_SECURITY_CONTACT": "veilig@example.nl"}, "MENTORSHIP_SECURITY_CONTACT_UNTIL"),
        ({"MENTORSHIP_SMTP_SECURITY": "some"}, "MENTORSHIP_SMTP_SECURITY"),
        ({"MENTORSHIP_PROXIES": "many"}, "MENTORSHIP_PROXIES"),
        ({"MENTORSHIP_TRUSTED_HOSTS": "leermaat.example.nl"}, "trusted_hosts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_serve_names_each_setting_it_refuses(command: Run, changed: dict[str, str], named: str):
    done = command("serve", **{**SAFE, **changed})
    assert done.exit_code == 1 and done.stdout == ""
    assert re.findall(r"MENTORSHIP_[A-Z0-9_]+|trusted_hosts(?=\")", done.stderr) == [named], done.stderr
    assert "short" not in done.stderr, "a secret is not told on"


@pytest.mark.parametrize("command_", [("serve",), ("worker", "--once"), ("worker", "--status")])
def test_test_mode_is_for_tests(on: Run, command_: tuple[str, ...]):
    done = on(*command_, **SAFE, MENTORSHIP_MODE="test")
    assert done.exit_code == 1 and done.stdout == "" and "MENTORSHIP_MODE=test" in done.stderr


def test_demo_mode_serves_this_machine_alone(on: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serving, "serve", lambda *a: None)
    demo_mode = {**SAFE, "MENTORSHIP_MODE": "demo"}
    for words, more in ((("--host", "0.0.0.0"), {}), ((), {"MENTORSHIP_PROXIES": "1"})):
        done = on("serve", *words, **demo_mode, **more)
        assert done.exit_code == 1 and "MENTORSHIP_MODE=demo" in done.stderr
    assert on("serve", **demo_mode).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there files have no such modes")
@pytest.mark.parametrize("open_", ["instance/settings.env", "own.db", "own.db-wal", "own.db-journal"])
def test_serve_refuses_what_others_can_read(
    command: Run, open_: str, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
):
    monkeypatch.setattr(serving, "serve", lambda *a: None)
    own = {**SAFE, "MENTORSHIP_DATABASE_URL": "sqlite:///own.db"}
    assert command("serve", **own).exit_code == 0
    at_work = make_engine(f"sqlite:///{tmp_path}/own.db")
    with at_work.begin() as connection:  # it stays open in its pool, else whoever closes the file takes its log away
        connection.execute(sa.text("PRAGMA user_version=1"))
    place = tmp_path / open_
    place.parent.mkdir(exist_ok=True)
    place.touch()
    place.chmod(0o644)
    for words in (("serve",), ("worker", "--once")):
        done = command(*words, **own, MENTORSHIP_SMTP_HOST="127.0.0.1", MENTORSHIP_PUBLIC_URL="https://x.example")
        assert done.exit_code == 1 and f"chmod 600 {open_}" in done.stderr
    place.chmod(0o600)
    assert command("serve", **own).exit_code == 0
    at_work.dispose()


def test_serve_names_all_that_is_wrong_at_once(command: Run):
    told = command("serve", MENTORSHIP_SECURE_COOKIES="no").stderr
    assert all(name in told for name in ("SECRET_KEY", "TRUSTED_HOSTS", "SECURE_COOKIES"))


def test_a_database_of_a_later_version_is_left_alone(on: Run, engine: sa.Engine):
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for words in (("migrate",), ("worker", "--once")):
        done = on(*words)
        assert (done.exit_code, done.stdout) == (1, "") and "9999" in done.stderr
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"


def test_serve_refuses_a_database_of_another_version(command: Run, empty_url: str):
    engine = make_engine(empty_url)
    migrations.upgrade(engine, "0001")
    engine.dispose()
    done = command("serve", **SAFE, MENTORSHIP_DATABASE_URL=empty_url)
    assert done.exit_code == 1 and "mentorship migrate" in done.stderr


def test_serve_in_a_new_folder_makes_everything_and_tells_who_may_come_in_first(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
):
    served = []
    monkeypatch.setattr(serving, "serve", lambda settings, host, port: served.append(settings))
    done = command("serve", "--port", 8123)
    assert done.exit_code == 0, done.stderr
    told = re.search(r"http://127\.0\.0\.1:8123/first#code=(\S+)", done.stdout)
    assert told and f"code: {told[1]}" in done.stdout
    assert served[0].trusted_hosts == ["127.0.0.1", "localhost"]
    kept = tmp_path / "instance/settings.env"
    assert len(served[0].secret_key.get_secret_value()) == 64 and kept.stat().st_mode & 0o077 == 0
    again = command("serve")
    assert again.exit_code == 0 and "/first#code=" in again.stdout and told[1] not in again.stdout
    assert served[1].secret_key == served[0].secret_key, "who is signed in stays so"


def test_serve_makes_no_settings_for_others_to_reach(command: Run, tmp_path: pathlib.Path):
    done = command("serve", "--host", "0.0.0.0", MENTORSHIP_PROXIES="1")
    assert done.exit_code == 1 and "MENTORSHIP_SECRET_KEY" in done.stderr
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.4", "leermaat.example.nl"])
def test_serve_is_reached_from_elsewhere_only_behind_a_proxy(on: Run, host: str, monkeypatch: pytest.MonkeyPatch):
    served = []
    monkeypatch.setattr(serving, "serve", lambda settings, host, port: served.append(host))
    done = on("serve", "--host", host, **SAFE)
    assert done.exit_code == 1 and not served
    for told in (f"--host {host}", "MENTORSHIP_PROXIES=1", "OPERATIONS.md", "127.0.0.1"):
        assert told in done.stderr, "the reason and what to do"
    assert on("serve", "--host", host, **SAFE, MENTORSHIP_PROXIES="1").exit_code == 0
    for own in ("127.0.0.1", "::1", "localhost"):
        assert on("serve", "--host", own, **SAFE).exit_code == 0
    assert served == [host, "127.0.0.1", "::1", "localhost"]


def test_serve_tells_no_address_where_somebody_is(
    on: Run, monkeypatch: pytest.MonkeyPatch, organisation: Organisation, session: Session
):
    session.commit()
    monkeypatch.setattr(serving, "serve", lambda *a: None)
    done = on("serve", **SAFE)
    assert done.exit_code == 0 and "/first" not in done.output


@pytest.mark.parametrize("url", ["nonsense", "oracle+none://x", "postgresql+psycopg://x:geheim@127.0.0.1:1/x"])
def test_a_database_that_is_not_there_is_told_in_a_sentence(command: Run, url: str):
    for words in (("migrate",), ("worker", "--once")):
        done = command(*words, MENTORSHIP_DATABASE_URL=url)
        assert done.exit_code == 1 and "MENTORSHIP_DATABASE_URL" in done.stderr
        assert "geheim" not in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("language", [{}, {"LANG": "C"}, {"LANG": "nl_NL.UTF-8"}, {"LC_ALL": "C", "LANG": "xx"}])
def test_the_exit_code_does_not_depend_on_the_language(command: Run, language: dict[str, str], tmp_path: pathlib.Path):
    (tmp_path / "empty").mkdir()
    assert command("migrate", **language).exit_code == 0
    assert command("import", "empty", **language).exit_code == 1
    assert command("import", "nowhere", **language).exit_code == 2


def test_as_a_program_in_a_bare_environment(tmp_path: pathlib.Path):
    environment = {"LC_ALL": "C", "PATH": os.environ["PATH"]}
    words = [sys.executable, "-m", "mentorship.cli", "import", demo.DATA, "--dry-run"]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 1 and b"mentorship migrate" in done.stderr and b"Traceback" not in done.stderr


def test_demo(command: Run, built_demo: BuiltDemo, monkeypatch: pytest.MonkeyPatch):
    built = built_demo.said
    assert built.exit_code == 0 and "Building" in built.stderr
    monkeypatch.chdir(built_demo.folder)
    again = command("demo", "--build-only")
    assert again.stdout == built.stdout and "Building" not in again.stderr, "what is there is kept"
    settings = demo.settings(built_demo.folder / "instance")
    engine = make_engine(settings.database_url)
    with Session(engine) as session:
        states = sorted(session.exec(select(Round.status)))
        assert states == ["announced", "published", "published", "solved"], (
            "one lived through, one just published, one that waits for its managers, one to review"
        )
        pairs = session.execute(sa.select(Mentorship.status, sa.func.count()).group_by(Mentorship.status))
        counts = dict(pairs.all())
        assert counts["active"] > 20 and counts["proposed"] > 5 and counts["refused"] > 0
        assert (session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0) > 400
    app = create_app(settings, engine)
    password = re.search(r"password +(\S+)", built.stdout)
    assert password
    people = re.findall(r"^  (\w+) +(\d+) +(.+)$", built.stdout, re.M)
    assert [role for role, _, _ in people] == ["junior", "senior", "manager", "coordinator", "hr", "admin"]
    to_do = ("als jouw mentor?", "begeleid", "bevestigt", "Derde ronde", "Zonder account", "Accounts en rollen")
    for (role, number, name), words in zip(people, to_do, strict=True):
        client = InspectingClient(app)
        home = client.follow(client.post("/account/sign-in", {"name": number, "password": password[1]}))
        assert name in unescape(home.text) and words in home.text, f"{role} has something to do"
    engine.dispose()
