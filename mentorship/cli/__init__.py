"""The `mentorship` command: results on stdout, talk on stderr, exit code 0 done, 1 refused, 2 used wrongly."""

from __future__ import annotations

import click

from mentorship.base import logs
from mentorship.cli import backup, demo, files, person, privacy, running


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentorship")
def main() -> None:
    """Leermaat: pairs juniors with the senior who fits, within what that senior can carry.

    \b
    Settings come from the environment (MENTORSHIP_DATABASE_URL, MENTORSHIP_SECRET_KEY, ...)
    or from instance/settings.env.

    \b
    Examples:
      mentorship demo                    a lifelike organisation on 127.0.0.1:5000
      mentorship migrate                 bring the database to this version
      mentorship import export/          take in an HR export
      mentorship match export/           the best pairs of an export, without a database
      mentorship person role 10042 coordinator
      mentorship backup today.backup     all that is in the database, looked into after writing
      mentorship restore today.backup    put it back, and erase again who was erased since
      mentorship serve --port 8000
    """
    logs.configure(readable=True)


COMMANDS = (
    running.serve,
    running.work,
    running.migrate,
    backup.backup,
    backup.restore,
    files.import_,
    files.match,
    person.person,
    privacy.privacy,
    demo.demo,
)
for command in COMMANDS:
    main.add_command(command)
