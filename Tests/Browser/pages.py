"""Opens the pages of `wenze` in a headless Chromium: nothing overflows, nothing is sent, the console
is silent, tools work, nasty texts are text, and ten thousand findings open at once.

Usage: pages.py WENZE
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import chromium

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDTHS = (360, 800, 1280)
checks = 0


def expect(condition, what):
    global checks
    checks += 1
    if not condition:
        raise SystemExit(f"FAILED: {what}")


def wenze(*arguments):
    run = subprocess.run([WENZE, *map(str, arguments)], capture_output=True, text=True)
    expect(run.returncode in (0, 1), f"wenze {arguments}: {run.returncode} {run.stderr[:500]}")


def open_page(browser, page, **options):
    browser.open(page.as_uri(), **options)


def fits(browser, page):
    """Nothing is wider than the window, in either language, and nothing leaves the page."""
    for width in WIDTHS:
        open_page(browser, page, width=width)
        for language in ("zh", "en"):
            browser.run(f"document.getElementById('{language}').click()")
            wide = browser.run("document.documentElement.scrollWidth")
            expect(wide <= width, f"{page.name} in {language} at {width}: {wide} wide")
        expect(browser.requests() == [page.as_uri()], f"{page.name} asks for {browser.requests()}")
        expect(not browser.complaints(), f"{page.name}: {browser.complaints()[:3]}")


SHOWN = "[...document.querySelectorAll('.f')].filter(f => f.getClientRects().length)"


def choose(browser, name, value):
    browser.run(f"""(() => {{ const s = document.getElementById('{name}'); s.value = {json.dumps(value)};
      s.dispatchEvent(new Event('{"input" if name == "q" else "change"}')) }})()""")
    browser.run("new Promise(done => setTimeout(done, 200))")


def tools_work(browser, page):
    open_page(browser, page)
    every = browser.run(f"{SHOWN}.length")
    expect(every > 5, f"{page.name} shows {every} findings")
    rule = browser.run("document.querySelector('.f').dataset.r")
    choose(browser, "rule", rule)
    some = browser.run(f"{SHOWN}.map(f => f.dataset.r)")
    expect(0 < len(some) < every and set(some) == {rule}, f"{page.name}: by rule {some[:9]}")
    choose(browser, "rule", "")
    choose(browser, "kind", "w")
    some = browser.run(f"{SHOWN}.map(f => f.className)")
    expect(0 < len(some) < every and all(" w" in name for name in some), f"{page.name}: by severity")
    choose(browser, "kind", "")
    choose(browser, "q", "申辩")
    some = browser.run(f"{SHOWN}.map(f => f.textContent.includes('申辩'))")
    expect(0 < len(some) < every and all(some), f"{page.name}: by words {len(some)} of {every}")
    choose(browser, "q", "没有这样的话 no such words")
    expect(browser.run(f"{SHOWN}.length") == 0, f"{page.name}: by words that nothing has")
    choose(browser, "q", "")
    choose(browser, "sort", "s")
    order = browser.run(
        "[...document.querySelectorAll('.list')].map(l => [...l.querySelectorAll('.f')]"
        ".map(f => ['e','w','i','u'].findIndex(k => f.classList.contains(k))))")
    expect(all(part == sorted(part) for part in order), f"{page.name}: by severity in order")
    choose(browser, "sort", "")
    numbers = browser.run(
        "[...document.querySelectorAll('.list')].every(l => [...l.querySelectorAll('.f')]"
        ".every((f, n, all) => !n || all[n - 1].order < f.order))")
    expect(numbers, f"{page.name}: in the order of documents again")
    expect(browser.run(f"{SHOWN}.length") == every, f"{page.name}: all are back")
    heading = "document.querySelector('h1').innerText"
    browser.run("document.querySelector('label[for=zh]').click()")
    expect("问责" in browser.run(heading), f"{page.name}: in Chinese")
    browser.run("document.querySelector('label[for=en]').click()")
    expect("ccountability" in browser.run(heading), f"{page.name}: in English")
    expect("问责" not in browser.run(heading), f"{page.name}: in English alone")


def reads_without_script(browser, page):
    open_page(browser, page, script=False)
    expect(browser.run(f"{SHOWN}.length") > 5, f"{page.name}: findings without script")
    expect(browser.run("getComputedStyle(document.querySelector('.tools')).display") == "none",
           f"{page.name}: no tools without script")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def pictures_are_told(browser, page):
    open_page(browser, page)
    expect(browser.run("document.querySelectorAll('figure svg[role=img]').length") > 0,
           f"{page.name}: pictures")
    for part in ("svg[role=img]>title", "svg[role=img]>desc", "details table"):
        expect(browser.run("[...document.querySelectorAll('figure')]"
                           f".every(f => f.querySelector('{part}'))"), f"{page.name}: {part}")


MEASURES = ["诫勉", "通报", "检查", "停职检查", "调整职务", "免职", "责令辞职", "降职"]
CHARTS = ["各机关的问责方式构成", "各年问责对象的层级构成", "从启动到决定的天数", "所问的负面清单情形", "问责线索的来源"]


def archive(path, bodies, cases, recorded=True):
    """Writes cases of bodies, with measures, levels and dates, or with nothing but their numbers."""
    lines = []
    for place, body in enumerate(bodies):
        for number in range(cases):
            case = {"编号": f"{place}-{number}"}
            if recorded:
                case |= {
                    "启动": {"日期": f"2023-01-{1 + number:02}"},
                    "决定": {"主体": {"名称": body}, "日期": f"2023-0{2 + number % 4}-{1 + place % 28:02}"},
                    "线索": {"来源": "信访举报"},
                    "事实": [{"情形": "领导弱化"}],
                    "对象": [{"种类": "领导干部", "层级": "县级"}],
                }
                if number % 5 != 4:
                    measure = MEASURES[(place + number) % len(MEASURES)]
                    case["对象"][0]["方式"] = [{"方式": measure}]
            lines.append(json.dumps(case, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n")


# The words of a drawing that lie on one another or outside it, as far as they are shown.
AMISS = """(title => {
  const figure = [...document.querySelectorAll('figure')]
    .find(f => f.querySelector('h3').textContent.startsWith(title));
  if (!figure) return null;
  const svg = figure.querySelector('svg[role=img]').getBoundingClientRect(), found = [];
  const words = [...figure.querySelectorAll('svg[role=img] text')]
    .map(t => [t.textContent, t.getBoundingClientRect()]).filter(([, r]) => r.width);
  words.forEach(([text, a], n) => {
    if (a.left < svg.left - 1 || a.right > svg.right + 1 || a.top < svg.top - 1 || a.bottom > svg.bottom + 1)
      found.push(text + ' is outside');
    words.slice(n + 1).forEach(([other, b]) => {
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
        found.push(text + ' is on ' + other);
    });
  });
  return found;
})"""


def charts_are_drawn(browser, folder):
    """The charts of packs, at every width and in both languages: of nothing, one body, sixty, long
    names, and files that record nothing."""
    long = "某某省某某市某某县（经济技术开发区、高新技术产业开发区）第{}联合专项监督检查工作领导小组办公室"
    archives = {
        "none": ([], 0, True), "one": (["丁县纪委"], 3, True),
        "sixty": ([f"第{number}县纪委" for number in range(60)], 9, True),
        "long": ([long.format(number) for number in range(14)], 6, True),
        "unrecorded": ([""], 7, False),
    }
    for name, (bodies, cases, recorded) in archives.items():
        source, page = folder / f"{name}.jsonl", folder / f"{name}.html"
        archive(source, bodies, cases, recorded)
        wenze("audit", source, "-q", "--report", f"html={page}", "--lang", "zh")
        fits(browser, page)
        for width in WIDTHS:
            open_page(browser, page, width=width)
            for language in ("zh", "en"):
                browser.run(f"document.getElementById('{language}').click()")
                for chart in CHARTS:
                    amiss = browser.run(f"{AMISS}({json.dumps(chart)})")
                    where = f"{page.name}, {chart} in {language} at {width}"
                    if cases == 0:
                        expect(amiss is None, f"{where}: drawn of nothing")
                    else:
                        expect(amiss == [], f"{where}: {amiss}")
        if cases == 0:
            continue
        pictures_are_told(browser, page)
        open_page(browser, page, width=800)
        rows = browser.run("[...document.querySelectorAll('figure')].map(f => [f.querySelector('h3').textContent,"
                           " f.querySelectorAll('svg[role=img] rect').length,"
                           " f.querySelector('details tbody').rows.length])")
        told = {chart: row for chart in CHARTS for row in rows if row[0].startswith(chart)}
        expect(len(told) == len(CHARTS), f"{page.name}: {list(told)}")
        if recorded:
            groups = len(bodies)
            expect(told[CHARTS[0]][2] == groups, f"{page.name}: rows behind {told[CHARTS[0]]}")
            expect(told[CHARTS[2]][2] == groups + 1, f"{page.name}: rows behind {told[CHARTS[2]]}")
            words = browser.run("document.querySelector('#pictures').textContent")
            expect(("其他 48 个" in words) == (groups == 60), f"{page.name}: the other groups")
            expect("未记载" in words, f"{page.name}: what is not recorded") if cases > 4 else None
        else:
            words = browser.run("document.querySelector('#pictures').textContent")
            expect("未记载" in words, f"{page.name}: that nothing is recorded")


def published_page_has_no_documents(browser, folder):
    page = folder / "public.html"
    wenze("audit", ROOT / "fixtures/archives", "-q", "--profile", "public", "--report",
          f"html={page}", "--lang", "zh")
    fits(browser, page)
    pictures_are_told(browser, page)
    open_page(browser, page)
    cells = browser.run("[...document.querySelectorAll('figure td.n')].map(c => c.innerText.trim())")
    expect(len(cells) > 20, f"{page.name}: {len(cells)} numbers")
    text = page.read_text()
    expect("合成-" not in text and ".jsonl" not in text, f"{page.name}: documents")
    totals = browser.run("[...document.querySelectorAll('.tiles b')].map(b => b.textContent)")
    expect(all(count not in "1234" for count in totals), f"{page.name}: {totals}")


NASTY = [
    "<script>window.wrong=1</script>",
    "</style><script>window.wrong=2</script>",
    "<img src=x onerror=window.wrong=3>",
    "javascript:window.wrong=4",
    "\u202e\u2066txet\u2069",
]


def nasty_texts_are_text(browser, folder):
    case = (ROOT / "fixtures/cases/launch-ad-hoc-body.wz").read_text()
    for number, text in enumerate(NASTY):
        case += case.split("\n\n", 1)[1].replace("2023-101", text).replace(
            "丁县县委秸秆禁烧第二督导组", text + "督导组")
    long = "长" * 340_000
    case += case.split("\n\n", 1)[1].split("\n}\n")[0].replace("丁县县委秸秆禁烧第二督导组", long) + "\n}\n"
    (folder / "nasty.wz").write_text(case)
    for command in (("check", "--format", "html", "--output"), ("audit", "-q", "--report")):
        page = folder / f"nasty-{command[0]}.html"
        target = f"html={page}" if command[-1] == "--report" else page
        wenze(command[0], folder / "nasty.wz", *command[1:], target)
        expect(page.stat().st_size < 3_000_000, f"{page.name} has {page.stat().st_size} bytes")
        fits(browser, page)
        open_page(browser, page)
        expect(browser.run("window.wrong") is None, f"{page.name}: a script of a text ran")
        expect(browser.run("document.scripts.length") == 1, f"{page.name}: scripts")
        expect(browser.run("document.images.length") == 0, f"{page.name}: images")
        expect(browser.run("[...document.links].every(l => l.protocol === 'file:')"),
               f"{page.name}: links")
        words = browser.run("document.querySelector('main').textContent")
        for text in NASTY[:4]:
            expect(text in words, f"{page.name}: {text} is not there")
        expect("\\u{202E}" in words and "\u202e" not in words, f"{page.name}: directions")
        expect("长长长… (+" in words, f"{page.name}: a long text is not cut")


def many_findings_open_at_once(browser, folder):
    lines = []
    cases = (ROOT / "fixtures/archives/one-year.jsonl").read_text().splitlines()
    for year in range(2014, 2020):
        for number, line in enumerate(cases * 3):
            case = json.loads(line.replace("2023-", f"{year}-"))
            case.pop("//", None)
            case["编号"] = f"合成-{year}-{number}"
            for part in ("报告", "审理", "调查"):
                case.pop(part, None)
            for subject in case.get("对象", []):
                for part in ("见面", "执行"):
                    subject.pop(part, None)
            lines.append(json.dumps(case, ensure_ascii=False))
    (folder / "many.jsonl").write_text("\n".join(lines) + "\n")
    page = folder / "many.html"
    wenze("audit", folder / "many.jsonl", "-q", "--report", f"html={page}")
    expect(page.stat().st_size < 15_000_000, f"{page.name} has {page.stat().st_size} bytes")
    open_page(browser, page)
    found = browser.run("document.querySelectorAll('.f').length")
    expect(found > 9_900, f"{page.name} has {found} findings")
    times = []
    for _ in range(3):
        open_page(browser, page)
        times.append(browser.run("performance.timing.loadEventEnd - performance.timing.navigationStart"))
    limit = int(os.environ.get("WENZE_PAGE_MILLISECONDS", "2000"))
    expect(min(times) < limit, f"{page.name} with {found} findings opens in {times} ms")
    print(f"{found} findings, {page.stat().st_size / 1e6:.1f} MB, open in {min(times)} ms")


def main():
    program = chromium.find()
    if not program:
        print("skipped: there is no Chromium")
        return
    with tempfile.TemporaryDirectory() as name, chromium.Browser(program) as browser:
        folder = pathlib.Path(name)
        check, audit = folder / "check.html", folder / "audit.html"
        cases = ROOT / "fixtures/cases"
        wenze("check", cases / "appeal-late.wz", cases / "too-heavy-and-combined.wz",
              cases / "no-meeting.yaml", cases / "defence-and-signature.wz",
              cases / "month-only-dates.wz", "--format", "html", "--output", check, "--lang", "zh")
        wenze("audit", cases, ROOT / "fixtures/archives", "--undetermined", "show", "-q",
              "--report", f"html={audit}", "--lang", "zh")
        for page in (check, audit):
            fits(browser, page)
            tools_work(browser, page)
            reads_without_script(browser, page)
            pictures_are_told(browser, page)
        charts_are_drawn(browser, folder)
        published_page_has_no_documents(browser, folder)
        nasty_texts_are_text(browser, folder)
        many_findings_open_at_once(browser, folder)
    print(f"{checks} expectations, none failed")


WENZE = str(pathlib.Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else sys.exit(__doc__)
main()
