"""Takes the pictures of the README from the fixtures. Usage: screenshots.py WENZE"""

import pathlib
import subprocess
import sys
import tempfile

import chromium

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = ROOT / "Sources/Wenze/Wenze.docc/Resources"
AS_OF = "2026-11-21"


def main(wenze):
    program = chromium.find()
    if not program:
        sys.exit("there is no Chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium.Browser(program) as browser:
        case, audit = pathlib.Path(name, "case.html"), pathlib.Path(name, "audit.html")
        subprocess.run([wenze, "check", "fixtures/cases/appeal-late.wz", "--as-of", AS_OF,
                        "--lang", "zh", "--format", "html", "--output", case], cwd=ROOT)
        subprocess.run([wenze, "audit", "fixtures/archives", "fixtures/cases", "--as-of", AS_OF, "--lang", "zh",
                        "-q", "--report", f"html={audit}"], cwd=ROOT, stdout=subprocess.DEVNULL)
        for page, height in ((case, 1900), (audit, 1250)):
            # As tall as the picture, since what is outside the window is not drawn.
            browser.open(page.as_uri(), width=1000, height=height)
            picture = PICTURES / f"{page.stem}.png"
            browser.screenshot(picture)
            size = picture.stat().st_size
            print(f"{picture.relative_to(ROOT)}: {size} bytes")
            if size >= 300_000:
                sys.exit("a picture is to have less than 300 kB")


main(pathlib.Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else sys.exit(__doc__)
