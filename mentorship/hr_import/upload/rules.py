"""What may be uploaded, decided from names and sizes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import PurePath

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.files import ENDINGS, MAX_FILES, MAX_MEGABYTES, MEGABYTE, Upload
from mentorship.hr_import.upload.models import LASTS, READY

AT_ONCE = 400_000
"""Files of so many bytes together are read while somebody waits; larger ones by the worker."""
MOST_DRAFTS = 5


def check_files(uploads: Sequence[Upload]) -> None:
    """Refuse what is no set of files of an export, before any of it is read."""
    if not uploads:
        raise Refused(N_("Choose one or more files first."), "files")
    if len(uploads) > MAX_FILES:
        raise Refused(N_("An export has at most %(most)s files."), "files", most=MAX_FILES)
    total = 0
    for upload in uploads:
        total += len(upload.content)
        if PurePath(upload.name).suffix.lower() not in ENDINGS:
            raise Refused(
                N_("%(file)s is no CSV or Excel file, whatever its name says."),
                "files",
                file=upload.name,
            )
        if not upload.content:
            raise Refused(N_("%(file)s is empty."), "files", file=upload.name)
    if total > MAX_MEGABYTES * MEGABYTE:
        raise Refused(N_("The files are larger than %(most)s MB together."), "files", most=MAX_MEGABYTES)


def check_names(names: Collection[str]) -> None:
    """Refuse two files that are called alike: nobody could tell which line is meant."""
    if len(set(names)) < len(names):
        raise Refused(N_("Two of these files have the same name. Rename one of them."), "files")


def check_ready(state: str, created_at: datetime, now: datetime) -> None:
    """Refuse to touch a draft that the worker has, or that is too old."""
    if created_at <= now - LASTS:
        raise Conflict(N_("These files were deleted after 24 hours. Choose them again."))
    if state != READY:
        raise Conflict(N_("These files are being read. One moment, and then choose again."))


def is_small(sizes: int) -> bool:
    """Tell whether files are read while somebody waits."""
    return sizes <= AT_ONCE
