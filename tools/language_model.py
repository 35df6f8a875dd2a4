"""Bring the language model the speller reads: Debian's for input methods; say plainly when it does not work.

Any machine with apt can unpack the package beside the environment; nothing is installed into the system.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "libime-data-language-model"
PLACE = Path(sys.prefix) / "share" / "town_portal" / "zh_CN.lm"


def main() -> None:
    """Copy the model out of the package, once."""
    if PLACE.exists():
        return
    found = next(Path("/usr/lib").glob("*/libime/zh_CN.lm"), None)
    with tempfile.TemporaryDirectory() as folder:
        found = found or _unpacked(Path(folder))
        if found is None:
            print(f"No language model: the speller stays off. Install the package {PACKAGE}.", file=sys.stderr)
            return
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, PLACE)


def _unpacked(folder: Path) -> Path | None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(["apt-get", "download", PACKAGE], check=False, **quiet).returncode != 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "download", PACKAGE], check=False, **quiet)
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, folder / "unpacked"], check=False, **quiet)
    return next(folder.glob("unpacked/usr/lib/*/libime/zh_CN.lm"), None)


main()
