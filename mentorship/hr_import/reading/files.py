"""The files of an export, from a folder or a browser -> its sheets, and what has to be asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading import workbook
from mentorship.hr_import.reading.encoding import Decoded, decoded
from mentorship.hr_import.reading.export import Remark
from mentorship.hr_import.reading.kinds import AWAY, KINDS, PEOPLE, FileSpec, called_so
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.placing import place
from mentorship.hr_import.reading.questions import ENCODING, OPTIONS, Asked, Question
from mentorship.hr_import.reading.sheets import Sheet, Unplaced, together
from mentorship.hr_import.reading.tables import Table, text_tables

MEGABYTE = 1_000_000
MAX_MEGABYTES = 20
MAX_FILES = 50
ENDINGS = frozenset((".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"))
_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf", b"%pdf")


@dataclass(frozen=True)
class Upload:
    """One file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Opened:
    """The sheets of an export by kind, what could not be placed, and what has to be asked of how they are written."""

    sheets: Mapping[str, Sheet]
    unplaced: tuple[Unplaced, ...] = ()
    questions: tuple[Question, ...] = ()
    mended: Mapping[str, int] = field(default_factory=dict)
    """Per file, how many words had letters that were written twice over ("Ã«")."""

    def check(self) -> None:
        """Refuse what cannot be an export: a file of a known name without its columns, or nobody in it."""
        for one in self.unplaced:
            named = called_so(one.stem)
            if named is not None and one.lacking and (named is PEOPLE or named.name not in self.sheets):
                raise Refused(
                    N_("%(file)s has no column “%(column)s”."),
                    file=one.source,
                    column=one.lacking,
                )
        if PEOPLE.name not in self.sheets and AWAY.name not in self.sheets:
            raise Refused(N_("%(file)s is not there; an export cannot do without it."), file=PEOPLE.name)


def folder(directory: Path | str) -> list[Upload]:
    """Return the files of a folder that may be part of an export; of a file, that one."""
    found = []
    if Path(directory).is_file():
        alone = Path(directory)
        return [Upload(alone.name, _content(alone))]
    try:
        for path in sorted(Path(directory).iterdir()):
            if path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith(("~$", ".")):
                found.append(Upload(path.name, _content(path)))
    except OSError:
        raise Refused(N_("The folder %(name)s cannot be read."), name=str(directory)) from None
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(MAX_MEGABYTES * MEGABYTE + 1)
    except OSError:
        raise Refused(N_("%(file)s cannot be read."), file=path.name) from None


def open_files(uploads: Iterable[Upload], settled: Settled | None = None) -> Opened:
    """Return the sheets of files; refuse, naming the file, one that makes no sense or holds too much."""
    settled = settled or Settled()
    files = list(uploads)
    if len(files) > MAX_FILES:
        raise Refused(N_("An export has at most %(most)s files."), most=MAX_FILES)
    asked = Asked(settled.answers)
    mended: dict[str, int] = {}
    sheets = []
    unplaced = []
    for upload in files:
        for ways in _ways(
            upload,
            asked,
            mended,
        ):
            found = place(ways, settled)
            if isinstance(found, Sheet):
                sheets.append(found)
            elif found is not None:
                unplaced.append(found)
    by_kind = together(sheets)
    ordered = {spec.name: by_kind[spec.name] for spec in KINDS if spec.name in by_kind}
    return Opened(
        ordered,
        tuple(unplaced),
        asked.questions(),
        mended,
    )


def check_size(name: str, content: bytes, field: str = "") -> None:
    """Refuse a file that is larger than any export; `field`: where it was chosen."""
    if len(content) > MAX_MEGABYTES * MEGABYTE:
        raise Refused(
            N_("%(file)s is larger than %(most)s MB."),
            field,
            file=name,
            most=MAX_MEGABYTES,
        )


def _ways(upload: Upload, asked: Asked, mended: dict[str, int]) -> Iterator[list[Table]]:
    """Yield per table of a file the ways to read it."""
    name = PurePath(upload.name).name
    stem = PurePath(name).stem
    content = upload.content
    check_size(name, content)
    if workbook.is_workbook(content):
        for sheet in workbook.tables(
            name,
            stem,
            content,
        ):
            yield [sheet]
        return
    if content[:400].lstrip().lower().startswith(_WEB_PAGE):
        raise Refused(N_("%(file)s is no CSV or Excel file, whatever its name says."), file=name)
    read = decoded(content, asked.answers.get(f"{ENCODING}:{name}"))
    if read.others:
        read = _asked(
            name,
            content,
            read,
            asked,
        )
    if read.mended:
        mended[name] = read.mended
    yield list(
        text_tables(
            name,
            stem,
            read.text,
        )
    )


def _asked(name: str, content: bytes, read: Decoded, asked: Asked) -> Decoded:
    """Ask how a file is written; read it as answered, or else as is likely."""
    choices = (read.encoding, *read.others)
    readings = {}
    for encoding in choices:
        written = read.sample.encode(read.encoding, "replace")
        readings[encoding] = written.decode(encoding, "replace")
    says = Remark(
        N_("%(file)s: “%(word)s” or “%(other)s”?"),
        {"file": name, "word": read.sample, "other": readings[read.others[0]]},
    )
    answer = asked.ask(
        ENCODING,
        name,
        says,
        read.encoding,
    )
    return decoded(content, answer) if answer in OPTIONS[ENCODING] else read


def read_directory(directory: Path | str, settled: Settled | None = None) -> dict[str, Sheet]:
    """Return the sheets of an export by kind; raise `Refused` when it cannot be an export."""
    opened = open_files(folder(directory), settled)
    opened.check()
    return dict(opened.sheets)


def read_sheet(spec: FileSpec, content: bytes) -> Sheet:
    """Return the sheet of one kind that bytes hold; raise `Refused`, naming the file, when it makes no sense."""
    upload = Upload(spec.name, content)
    (ways,) = _ways(
        upload,
        Asked({}),
        {},
    )
    found = place(
        ways,
        Settled(),
        spec,
    )
    if isinstance(found, Sheet):
        return found
    lacking = found.lacking if found else ""
    raise Refused(
        N_("%(file)s has no column “%(column)s”."),
        file=spec.name,
        column=lacking or spec.required[0],
    )
