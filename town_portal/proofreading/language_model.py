"""Where set-up puts the language model of the speller, and whether it is there."""

import sys
from importlib.util import find_spec
from pathlib import Path

MODEL = Path(sys.prefix) / "share" / "town_portal" / "zh_CN.lm"


def is_there(model: Path = MODEL) -> bool:
    """Did set-up bring kenlm and the model?"""
    return find_spec("kenlm") is not None and model.exists()
