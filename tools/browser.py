"""Find a Chromium for the browser tests, or bring one; say plainly when neither works."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
FONT = "fonts-wqy-microhei"


def main() -> None:
    """Install Debian's as root, otherwise Playwright's own."""
    if any(shutil.which(name) for name in NAMES):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        if subprocess.run(["apt-get", "install", "-y", "-qq", "chromium", FONT], check=False, **quiet).returncode == 0:
            return
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0:
        return
    print(
        "No Chromium: the browser tests will fail. Install a package named chromium (and a Chinese font), "
        "or let Playwright download its own.",
        file=sys.stderr,
    )


main()
