"""Cuts the examples for GitHub and GitLab out of a page, and writes them into a folder."""

import re
import sys
from pathlib import Path

page = Path(sys.argv[1]).read_text("utf-8")
blocks = re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)
for name, mark in (("github.yml", "runs-on:"), ("gitlab.yml", "codequality:")):
    found = [block for block in blocks if mark in block]
    if len(found) != 1:
        sys.exit(f"expected one example with `{mark}`, found {len(found)}")
    (Path(sys.argv[2]) / name).write_text(found[0], "utf-8")
