"""Opens the documents of `wenze draft` in LibreOffice, and looks at what comes out.

Usage: word_files.py WENZE
"""

import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree

import office
from office import ROOT, W, convert, expect, pages, parts, run, text

CASES = sorted(
    path for path in (ROOT / "fixtures" / "cases").iterdir()
    # One that cannot be read has no document.
    if path.name not in ("impossible-date.wz",)
)
DOCUMENTS = {
    ("review-opinion", "zh"): ("问责案件审核意见书", "审核人（签字）", (210, 297)),
    ("review-opinion", "en"): ("Reviewopinion", "Reviewer(signature)", (210, 297)),
    ("feedback-list", "zh"): ("问题反馈清单", "承办人（签收）", (297, 210)),
    ("feedback-list", "en"): ("Problemssentback", "Handler(received)", (297, 210)),
}

NASTY = """案件 {
    编号: "恶意-1"
    标题: "</w:t><w:br/> ]]> <script>alert(1)</script> {{编号}} {{{x}}} & \u202e倒写\u2066 \ufffe"
    线索 { 来源: 信访举报 }
    启动 { 主体 { 名称: "{{#问题}}" 类型: 督导组 层级: 县级 } 日期: 2023-05-17 }
    对象 [ { 名称: "张三丰" 种类: 领导干部 职务: "<b>&lt;{{> x}}" } ]
}
"""


def draft(wenze, name, output, *cases, options=(), status=0):
    return run(
        wenze, "draft", name, *cases, "--output", output, "--as-of", "2026-01-01", *options,
        status=status,
    )


def is_sound(file):
    """What Word asks of a body, which LibreOffice forgives."""
    found = parts(file)
    body = xml.etree.ElementTree.fromstring(found["word/document.xml"])
    for cell in body.iter(W + "tc"):
        expect(cell[-1].tag == W + "p", f"{file.name}: a cell does not end with a paragraph")
    for table in body.iter(W + "tbl"):
        expect(table.find(W + "tr") is not None, f"{file.name}: a table has no row")
        columns = len(table.find(W + "tblGrid"))
        for row in table.iter(W + "tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(W + "tc")]
            width = sum(1 if span is None else int(span.get(W + "val")) for span in spans)
            expect(width == columns, f"{file.name}: a row has {width} columns of {columns}")
    styles = xml.etree.ElementTree.fromstring(found["word/styles.xml"])
    known = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    used = {
        style.get(W + "val") for kind in ("pStyle", "rStyle", "tblStyle")
        for style in body.iter(W + kind)
    }
    expect(used <= known, f"{file.name} uses styles that there are none of: {used - known}")
    return body


def words(body):
    return "".join(text.text or "" for text in body.iter(W + "t"))


def every_document_opens(wenze, folder):
    files = []
    cases = {}
    for (name, language), _ in DOCUMENTS.items():
        file = folder / f"{name}-{language}.docx"
        # One language tells whether every case fits.
        cases[file] = CASES if language == "zh" else CASES[:12]
        draft(wenze, name, file, *cases[file], options=("--lang", language))
        files.append(file)
    convert(files, folder)
    for file, ((name, language), (title, signature, size)) in zip(files, DOCUMENTS.items()):
        body = is_sound(file)
        expect("{{" not in words(body), f"{file.name} has tags left")
        count = sum(
            1 for style in body.iter(W + "pStyle") if style.get(W + "val") in ("Title", "TitleOnNewPage")
        )
        expect(count >= len(cases[file]), f"{file.name}: {count} titles, {len(cases[file])} files")
        number, found = pages(file.with_suffix(".pdf"))
        expect(count <= number <= 6 * count, f"{file.name} has {number} pages")
        expect(found == size, f"{file.name} is {found}")
        shown = text(file.with_suffix(".pdf"))
        expect(shown.count(title) >= count, f"{file.name}: {shown.count(title)} titles are shown")
        expect(shown.count(signature) == count, f"{file.name}: {shown.count(signature)} signatures")


def each_case_has_a_file(wenze, folder):
    lists = folder / "lists"
    draft(wenze, "问题反馈清单", f"{lists}/", *CASES[:4])
    made = sorted(lists.iterdir())
    expect(len(made) >= 4, f"{len(made)} files")
    for file in made:
        is_sound(file)


def an_edited_template_makes_the_same(wenze, folder):
    """A template that an office program saved has other runs, styles and parts, and means the same."""
    for name in ("审核意见书", "问题反馈清单"):
        template = folder / f"{name}.docx"
        run(wenze, "draft", name, "--write-template", template)
        saved = folder / "saved"
        saved.mkdir(exist_ok=True)
        convert([template], saved, to="docx")
        expect(
            parts(saved / template.name)["word/document.xml"] != parts(template)["word/document.xml"],
            "LibreOffice saves what it read",
        )
        own = folder / f"{name}-own.docx"
        draft(wenze, name, own, *CASES[:8], options=("--template", saved / template.name))
        first = folder / f"{name}-first.docx"
        draft(wenze, name, first, *CASES[:8])
        ours, theirs = words(is_sound(first)), words(is_sound(own))
        expect(ours == theirs, f"{name}: the template that LibreOffice saved makes another text")
        convert([own], folder)
        expect(pages(own.with_suffix(".pdf"))[0] > 0, f"{name} has no page")


def nasty_texts_are_texts(wenze, folder):
    case = folder / "nasty.wz"
    case.write_text(NASTY, encoding="utf-8")
    for name in ("审核意见书", "问题反馈清单"):
        file = folder / f"nasty-{name}.docx"
        draft(wenze, name, file, case)
        said = words(is_sound(file))
        for words_of_case in ("<script>alert(1)</script> {{编号}} {{{x}}} &", "</w:t><w:br/> ]]>"):
            expect(words_of_case in said, f"{file.name} lacks {words_of_case}")
        expect("\u202e" not in said and "张三丰" not in said, f"{file.name} shows what it must not")
        convert([file], folder)
        expect("{{编号}}" in text(file.with_suffix(".pdf")), f"{file.name} fills what a case says")


def pages_ask_for_nothing(wenze, folder):
    for (name, language), (title, _, _) in DOCUMENTS.items():
        file = folder / f"{name}-{language}.html"
        draft(wenze, name, file, *CASES[:8], options=("--lang", language))
        page = file.read_text(encoding="utf-8")
        expect("default-src 'none'" in page, f"{file.name} has no policy")
        expect("{{" not in page, f"{file.name} has tags left")
        for forbidden in ("<script", "http:", "https:", "src=", "href=", "url(", "@import"):
            expect(forbidden not in page, f"{file.name} has {forbidden}")
        expect(title in re.sub(r"\s", "", page), f"{file.name} has no title")


with tempfile.TemporaryDirectory() as temporary:
    for test in (
        every_document_opens, each_case_has_a_file, an_edited_template_makes_the_same,
        nasty_texts_are_texts, pages_ask_for_nothing,
    ):
        folder = pathlib.Path(temporary) / test.__name__
        folder.mkdir()
        test(pathlib.Path(sys.argv[1]), folder)
print(f"documents: {office.checks} checks")
