"""Workbooks made by other programs, checked and marked by wenze, and read again by these programs.

Usage: workbooks.py WENZE
All names and data are made up.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

WENZE = pathlib.Path(sys.argv[1]).resolve()
FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"

HEADER = ["案件编号", "问责对象", "职务", "启动日期", "启动主体", "决定日期", "决定机关", "决定文号", "问责方式", "影响期"]
ROWS = [
    ["合成-1", "张三", "局长", datetime.date(2024, 3, 5), "丁县纪委", datetime.date(2024, 2, 1), "丁县纪委", "丁纪〔2024〕1号", "诫勉", 12],
    [None, "李四", "副局长", None, None, None, None, None, "警告", 6],
    ["合成-2", "王五", "科长", datetime.date(2024, 5, 6), "丁县纪委", datetime.date(2024, 6, 1), "丁县纪委", "=\"丁纪\"&\"〔2024〕2号\"", "诫勉", 6],
    ["合成-3", "赵六", "镇长", datetime.date(2024, 7, 1), "丁县县委", datetime.date(2024, 8, 1), "丁县县委", "丁发〔2024〕3号", None, None],
]
MERGED = ["A3:A4", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "H3:H4"]


def run(*arguments, folder, status=None):
    done = subprocess.run([WENZE, *arguments], cwd=folder, capture_output=True, text=True)
    if status is not None:
        assert done.returncode == status, (arguments, done)
    return done


def ledger(path, epoch=None):
    """The user's own workbook: titles, joined cells, formats, a comment, a chart, formulas."""
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "问责台账"
    sheet["A1"] = "丁县问责台账（合成数据）"
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells("A1:J1")
    thin = Side(style="thin")
    for column, word in enumerate(HEADER, 1):
        cell = sheet.cell(2, column, word)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFDDEBF7")
    for number, row in enumerate(ROWS, 3):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if column in (4, 6):
                cell.number_format = 'yyyy"年"m"月"d"日"'
    for merged in MERGED:
        sheet.merge_cells(merged)
    sheet["A7"], sheet["J7"] = "合计", "=SUM(J3:J6)"
    sheet["D3"].comment = Comment("请核对日期", "老王")
    sheet["B6"].comment = Comment("姓名待核", "老王")
    for column, width in zip("ABCDEFGHIJ", [12, 10, 10, 18, 14, 18, 14, 20, 12, 8]):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = "A2:J6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.conditional_formatting.add("J3:J6", CellIsRule(operator="greaterThan", formula=["6"], font=Font(color="FFFF0000")))
    choices = DataValidation(type="list", formula1='"诫勉,警告"')
    choices.add("I3:I6")
    sheet.add_data_validation(choices)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=10, min_row=2, max_row=6), titles_from_data=True)
    sheet.add_chart(chart, "L2")
    notes = book.create_sheet("说明")
    notes["A1"] = "本表由办公室填写"
    notes["A2"] = "=问责台账!J7*2"
    hidden = book.create_sheet("旧数据")
    hidden["A1"] = "案件编号"
    hidden.sheet_state = "hidden"
    book.save(path)


def computed(path):
    """The workbook as LibreOffice saves it, with the results of its formulas."""
    folder = path.parent / "computed"
    folder.mkdir(exist_ok=True)
    office("xlsx:Calc MS Excel 2007 XML", path, folder)
    return folder / path.name


def office(target, path, folder):
    profile = path.parent / "profile"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target,
         "--outdir", folder, path],
        check=True, capture_output=True, timeout=240)


def findings(path):
    done = run("check", path.name, "--format", "json", "--as-of", "2025-01-01", folder=path.parent)
    report = json.loads(done.stdout)
    return report, sorted(
        (f["rule"], f["verdict"], f["message"]["zh"], f["document"]["id"] or "") for f in report["findings"] if f["document"])


def parts(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def check_marks(old, new):
    """What was there is as it was; cells of findings have a ground and a comment."""
    before, after = openpyxl.load_workbook(old), openpyxl.load_workbook(new)
    assert after.sheetnames == before.sheetnames + ["问题清单"], after.sheetnames
    marked = {}
    for sheet in before:
        other = after[sheet.title]
        assert {str(r) for r in sheet.merged_cells.ranges} == {str(r) for r in other.merged_cells.ranges}
        assert sheet.freeze_panes == other.freeze_panes and sheet.auto_filter.ref == other.auto_filter.ref
        assert len(sheet._charts) == len(other._charts)
        for row in sheet.iter_rows():
            for cell in row:
                same = other[cell.coordinate]
                assert same.value == cell.value, (same, cell.value)
                assert same.number_format == cell.number_format, same
                for side in ("left", "right", "top", "bottom"):
                    assert getattr(same.border, side).style == getattr(cell.border, side).style, same
                assert (same.font.b, same.font.sz, same.font.name) == (cell.font.b, cell.font.sz, cell.font.name)
                assert same.alignment.wrap_text == cell.alignment.wrap_text
                if same.fill.fgColor.rgb != cell.fill.fgColor.rgb:
                    marked[same.coordinate] = (same.fill.fgColor.rgb, same.comment.text)
                elif cell.comment:
                    assert same.comment.text == cell.comment.text, same
    return marked, after


def check_issues(book):
    sheet = book["问题清单"]
    titles = [cell.value for cell in sheet[1]]
    assert titles == ["序号", "结论", "程度", "规则", "问题", "依据", "事实", "整改", "案件", "位置"], titles
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:J")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if isinstance(row[0].value, int)]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    links = {row[9].hyperlink.location for row in sheet.iter_rows(min_row=2) if row[9].hyperlink}
    assert "问责台账!D3" in links, links
    text = json.dumps(rows, ensure_ascii=False)
    for name in ("张三", "李四", "王五", "赵六"):
        assert name not in text, name
    return rows


def pages(path):
    """How many pages LibreOffice makes of a workbook, and their text."""
    office("pdf", path, path.parent)
    pdf = path.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return text


def test_ledger(folder, epoch=None):
    raw = folder / "台账.xlsx"
    ledger(raw, epoch)
    path = computed(raw)
    for source in (raw, path):
        marked = source.with_name("检查.xlsx")
        run("check", source.name, "--format", "xlsx", "--output", marked.name, "--as-of", "2025-01-01",
            folder=source.parent)
        cells, book = check_marks(source, marked)
        assert cells["D3"][0] == "FFF4B183" and "WZ401" in cells["D3"][1], cells
        if source is raw:
            assert cells["D3"][1].startswith("请核对日期"), cells["D3"]
        assert "D4" not in cells, "joined cells are marked at their first"
        assert "WZ307" in cells["J3"][1] and "依据：" in cells["J3"][1]
        assert "WZ307" in cells["J4"][1]
        # The empty cell of a fact that rules wait for says so.
        assert cells["I6"][0] == "FFD9D9D9" and "存疑" in cells["I6"][1], cells.get("I6")
        rows = check_issues(book)
        assert any(row[1] == "违规" and row[3].startswith("WZ401") for row in rows)
        untouched = parts(source)
        changed = parts(marked)
        kept = [name for name in untouched if untouched[name] == changed[name]]
        assert any("charts/" in name for name in kept), kept
        text = pages(marked)
        assert "问题" in text and "违规" in text, text[:500]
        twice = source.with_name("再.xlsx")
        run("check", source.name, "--format", "xlsx", "--output", twice.name, "--as-of", "2025-01-01",
            folder=source.parent)
        assert twice.read_bytes() == marked.read_bytes()
    return path


def test_same_findings(folder):
    """A ledger says the same in CSV and in workbooks of either epoch."""
    results = []
    for epoch in (None, openpyxl.utils.datetime.CALENDAR_MAC_1904):
        place = folder / ("mac" if epoch else "windows")
        place.mkdir()
        results.append(findings(test_ledger(place, epoch))[1])
    assert results[0] == results[1]
    lines = [HEADER]
    case = None
    for row in ROWS:
        case = case if row[0] is None else row
        full = [value if value is not None or column not in (0, 3, 4, 5, 6, 7) else case[column] for column, value in enumerate(row)]
        full = ["丁纪〔2024〕2号" if isinstance(value, str) and value.startswith("=") else value for value in full]
        lines.append(["" if value is None else str(value) for value in full])
    table = folder / "台账.csv"
    table.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    assert findings(table)[1] == results[0]


def test_fixtures(folder):
    """A table of the fixtures as LibreOffice saves it says what it said."""
    source = FIXTURES / "measures-as-circumstances.csv"
    copy = folder / source.name
    copy.write_bytes(source.read_bytes())
    profile = folder / "profile"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless",
         "--infilter=CSV:44,34,76,1,,0,false,false", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", folder, copy], check=True, capture_output=True, timeout=240)
    assert findings(copy)[1] == findings(copy.with_suffix(".xlsx"))[1]


def test_nasty_texts(folder):
    """Texts that would be formulas or markup elsewhere are texts."""
    path = folder / "怪.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "a'b & <c>"
    sheet.append(["案件编号", "问责对象", "启动日期", "决定日期"])
    # What spreadsheets would take for a formula is written as text there.
    for number, text in enumerate(["=1+1", "+86", "-1", "@SUM(A1)", "<script>", "_x0041_", "长" * 20000], 2):
        sheet.cell(number, 1).value = text
        sheet.cell(number, 1).data_type = "s"
        sheet.cell(number, 3, datetime.date(2024, 3, 5))
        sheet.cell(number, 4, datetime.date(2024, 2, 1))
    book.save(path)
    run("check", path.name, "--format", "xlsx", "--output", "出.xlsx", folder=folder, status=1)
    issues = openpyxl.load_workbook(folder / "出.xlsx")["问题清单"]
    assert not any(cell.data_type == "f" for row in issues.iter_rows() for cell in row)
    subjects = [row[8].value for row in issues.iter_rows(min_row=2) if row[8].value]
    assert any(text.endswith("=1+1") for text in subjects), subjects[:5]
    links = {row[9].hyperlink.location for row in issues.iter_rows(min_row=2) if row[9].hyperlink}
    assert any(link.startswith("'a''b & <c>'!") for link in links), links
    pages(folder / "出.xlsx")


def test_empty_ledger(folder):
    """The empty ledger that the program gives can be filled in and read."""
    run("schema", "--xlsx", "--output", "空.xlsx", folder=folder, status=0)
    book = openpyxl.load_workbook(folder / "空.xlsx")
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    assert "编号" in header or "案件编号" in header, header[:5]
    assert len(sheet.data_validations.dataValidation) > 3
    pages(folder / "空.xlsx")


tests = [value for name, value in sorted(globals().items()) if name.startswith("test_") and name != "test_ledger"]
for test in tests:
    with tempfile.TemporaryDirectory() as folder:
        test(pathlib.Path(folder))
    print("passed:", test.__doc__.strip())
assert tests
