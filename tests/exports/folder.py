"""An exported folder looked through as a browser would from file://."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from town_portal.exports.rules import links

ATOM = "{http://www.w3.org/2005/Atom}"
OUTSIDE = ("http://", "https://", "mailto:", "tel:")


def listed(folder: Path) -> dict[str, Any]:
    """The folder's own list."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def places(folder: Path) -> set[str]:
    """Every file there is, but the list."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def faults(folder: Path, base: str = "") -> list[str]:
    """Links that lead to no file, to the server, or to a host that is not listed."""
    allowed, found = set(listed(folder)["outside"]), []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            given = links.links_of(text)
        elif path.suffix == ".xml":
            given = _of_xml(path)
        else:
            continue
        for link in given:
            if base and link.startswith(base + "/"):
                target = folder / unquote(link.removeprefix(base + "/"))
            elif link.startswith(OUTSIDE):
                if link not in allowed:
                    found.append(f"{path.name}: {link} is not listed")
                continue
            elif link.startswith("/"):
                found.append(f"{path.name}: {link} asks the server")
                continue
            else:
                parts = urlsplit(link)
                target = (path.parent / unquote(parts.path)) if parts.path else path
                if parts.fragment and target.suffix == ".html" and target.exists():
                    words = target.read_text(encoding="utf-8")
                    if not re.search(rf'id="{re.escape(parts.fragment)}"', words):
                        found.append(f"{path.name}: nothing is called {link}")
                if parts.query:
                    found.append(f"{path.name}: {link} asks something")
            if not target.resolve().is_file() or folder.resolve() not in target.resolve().parents:
                found.append(f"{path.name}: {link} is no file")
    return found


def _of_xml(path: Path) -> list[str]:
    tree = ET.parse(path)
    found = [one.text or "" for one in tree.iter() if one.tag.endswith("}loc")]
    return found + [one.attrib["href"] for one in tree.iter(f"{ATOM}link")]
