"""What looks at office files need: LibreOffice, poppler, and archives of XML."""

import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
checks = 0


def expect(condition, what):
    global checks
    checks += 1
    if not condition:
        raise SystemExit(f"FAILED: {what}")


def run(*command, status=0):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    expect(
        result.returncode == status,
        f"{' '.join(map(str, command))[:300]}: {result.returncode} {result.stderr[:1000]}",
    )
    return result.stdout


def convert(files, folder, to="pdf"):
    """Opens files in LibreOffice, and writes what it has of them in another format."""
    with tempfile.TemporaryDirectory() as profile:
        run(
            "soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to,
            "--outdir", folder, *files,
        )
    for file in files:
        made = folder / (file.stem + "." + to)
        expect(made.exists(), f"LibreOffice does not open {file.name}")
        expect(made.stat().st_size > 0, f"LibreOffice makes nothing of {file.name}")


def pages(pdf):
    """How many pages there are, and how large they are in millimetres."""
    info = run("pdfinfo", pdf)
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    return int(re.search(r"Pages:\s+(\d+)", info)[1]), tuple(
        round(float(number) / 72 * 25.4) for number in size.groups()
    )


def text(pdf):
    """The text of all pages, without spaces, which are where LibreOffice puts them."""
    return re.sub(r"\s", "", run("pdftotext", pdf, "-"))


def parts(file):
    """The parts of an archive: each sound, each XML well-formed."""
    found = {}
    with zipfile.ZipFile(file) as archive:
        expect(archive.testzip() is None, f"{file.name} is damaged")
        names = archive.namelist()
        expect(len(names) == len(set(names)), f"{file.name} names a part twice")
        for name in names:
            found[name] = archive.read(name)
            if name.endswith((".xml", ".rels")):
                xml.etree.ElementTree.fromstring(found[name])
    expect("[Content_Types].xml" in found, f"{file.name} does not say what its parts are")
    return found
