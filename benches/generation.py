"""Measures for generation.sh: WORK FLOOR COMMAND DOCS…"""

import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

work, floor, command, *folders = sys.argv[1:]
work = pathlib.Path(work)
rounds = int(os.environ.get("ROUNDS", "5"))
counts = os.environ.get("INSTRUCTIONS", "0") == "1" and shutil.which("valgrind")


def run(arguments, codes=(0,)):
    """Wall time and time of processors, in seconds. Any other exit code ends the measurement."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        sys.exit(said.decode())
    return time.monotonic() - start, used.ru_utime + used.ru_stime


def instructions(arguments):
    """Millions of instructions on one thread."""
    tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    said = subprocess.run(tool + arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return int(re.search(rb"Collected : (\d+)", said.stderr)[1]) / 1e6


class Pages:
    """A copy of pages, one of which is edited, and the crate that is made of them."""

    def __init__(self, name, docs):
        self.docs, self.out, self.fresh = work / name / "docs", work / name / "out", 0
        shutil.copytree(docs, self.docs)
        self.count = sum(1 for _ in self.docs.rglob("*.md"))
        pages = sorted(page for page in self.docs.rglob("*.md") if "resources" in page.parts)
        with_string = [page for page in pages if "|String|" in page.read_text(errors="replace")]
        self.page = with_string[len(with_string) * 3 // 4]
        self.before, self.after = self.page.read_text().split("|String|", 1)
        self.edits, self.type = itertools.count(), "String"

    def generate(self, out):
        return [command, "generate", "--crate", "sample", "--docs", str(self.docs), "--out", str(out)]

    def floor(self):
        return [floor, "floor", str(self.docs)]

    def cold(self):
        # Each output stays until the end: file systems are slow to give away what was just removed.
        self.fresh += 1
        return self.generate(self.out.with_name(f"cold{self.fresh}"))

    def nothing(self):
        return self.generate(self.out)

    def text(self):
        self.page.write_text(f"{self.before}|{self.type}|Edit {next(self.edits)}. {self.after}")
        return self.generate(self.out)

    def ty(self):
        self.type = "Int64" if self.type == "Int32" else "Int32"
        return self.text()


ROWS = {
    "floor": Pages.floor,
    "cold": Pages.cold,
    "nothing changed": Pages.nothing,
    "a page changed: its text": Pages.text,
    "a page changed: a type": Pages.ty,
}


def table(name, docs):
    pages = Pages(name, docs)
    run(pages.nothing())
    best = {row: (float("inf"), float("inf")) for row in ROWS}
    for _ in range(rounds):
        for row, arguments in ROWS.items():
            # A file that changed within two seconds may have changed again: it is read.
            if row == "nothing changed":
                time.sleep(2.1)
                run(pages.nothing())
            measured = run(arguments(pages))
            best[row] = tuple(map(min, best[row], measured))
    counted = {row: instructions(arguments(pages)) for row, arguments in ROWS.items()} if counts else {}
    print(f"{name}: {pages.count} pages, minima of {rounds} rounds, × the floor in brackets")
    for row, (wall, cpu) in best.items():
        cells = [f"{wall * 1e3:8.1f} ms ({wall / best['floor'][0]:5.2f})"]
        cells.append(f"{cpu * 1e3:8.1f} ms of processors ({cpu / best['floor'][1]:5.2f})")
        if counted:
            cells.append(f"{counted[row]:8.1f} M instructions ({counted[row] / counted['floor']:5.2f})")
        print(f"    {row:26}", "  ".join(cells))
    sys.stdout.flush()


def page(name, body):
    note = f'<!-- {{ "blockType": "resource", "@odata.type": "microsoft.graph.{name}" }} -->'
    return f"# {name} resource type\n\nNamespace: microsoft.graph\n\n{body}\n\n{note}\n```json\n{{}}\n```\n"


def properties(*rows):
    return "\n".join(["## Properties", "|Property|Type|Description|", "|:---|:---|:---|", *rows])


def cell(text):
    return {"a.md": page("a", properties(f"|x|String|{text}|"))}


def spellings(size):
    """So many names that are one in Rust: `x_ao_bo`, `xAo_bo`, `x_aoBo`, `xAoBo`."""
    bits = max(size - 1, 1).bit_length()
    for number in range(size):
        words = (chr(ord("a") + bit) + "o" for bit in range(bits))
        yield "x" + "".join(
            word.capitalize() if number >> bit & 1 else f"_{word}" for bit, word in enumerate(words)
        )


def operation(index, lines):
    request = "\n".join(lines)
    return (
        f"# Op{index}\n\nNamespace: microsoft.graph\n\n## HTTP request\n```http\n{request}\n```\n\n"
        "## Response\nIf successful, this method returns a `200 OK` response code and a "
        "[t0](t0.md) object in the response body.\n"
    )


def rows(size, columns="Property"):
    """The rows of a request body: each second name is that of a property of `t0`."""
    names = (f"{'p' if number % 2 else 'q'}{number}" for number in range(size))
    header = ["", "## Request body", f"|{columns}|Type|Description|", "|:---|:---|:---|"]
    return "\n".join(header + [f"|{name}|String|.|" for name in names])


def sends(line, body):
    page = operation(0, [line])
    return page.replace("\n## Response", f"{body}\n\n## Response")


def chain(size):
    pages = {"t0.md": page("t0", properties("|id|String|Key.|"))}
    for index in range(1, size):
        pages[f"t{index}.md"] = page(f"t{index}", f"Inherits from [t{index - 1}](t{index - 1}.md).")
    return pages


def types(names):
    return {f"t{index}.md": page(name, properties("|id|String|Key.|")) for index, name in enumerate(names)}


# Each makes pages of a size, by their names.
HOSTILE = {
    "opening brackets in a cell": (20_000, lambda n: cell("[" * n)),
    "links within links": (20_000, lambda n: cell("[" * n + "x" + "](a)" * n)),
    "images without an end": (20_000, lambda n: cell("![" * n)),
    "angle brackets": (20_000, lambda n: cell("<" * n + "a<b" * n)),
    "emphasis without an end": (20_000, lambda n: cell("*a _b " * n)),
    "back quotes": (20_000, lambda n: cell("`a ``b " * n)),
    "back quotes of all lengths": (200, lambda n: cell(" ".join("`" * k for k in range(1, n)))),
    "entities": (20_000, lambda n: cell("&amp" * n)),
    "backslashes": (20_000, lambda n: cell("\\" * n)),
    "quotes in quotes": (2_000, lambda n: {"a.md": page("a", ">" * n + " x")}),
    "lists in lists": (500, lambda n: {"a.md": page("a", "- " * n + "x")}),
    "columns": (5_000, lambda n: {"a.md": page("a", "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n")}),
    "rows": (5_000, lambda n: {"a.md": page("a", properties(*(f"|p{k}|String|.|" for k in range(n))))}),
    "rows with one name": (5_000, lambda n: {"a.md": page("a", properties(*("|p|String|.|" for _ in range(n))))}),
    "rows with one description": (
        5_000,
        lambda n: {"a.md": page("a", properties(*(f"|isPart{k}|String|One of the many parts.|" for k in range(n))))},
    ),
    "members of a block without rows": (
        4_000,
        lambda n: {
            "a.md": page("a", properties(*(f"|p{k}|String|.|" for k in range(n)))).replace(
                "{}", "{" + ", ".join(f'"p{k}": "a", "q{k}": true' for k in range(n)) + "}"
            )
        },
    ),
    "headings": (5_000, lambda n: {"a.md": page("a", "## Properties\n" * n)}),
    "pipes without a table": (20_000, lambda n: {"a.md": page("a", "a | b\n" * n)}),
    "comments": (5_000, lambda n: {"a.md": page("a", "<!-- a -->\n" * n + "<!-- ")}),
    "fences": (5_000, lambda n: {"a.md": page("a", "```json\n{}\n```\n" * n)}),
    "JSON in JSON": (20_000, lambda n: {"a.md": page("a", "").replace("{}", '{"a":' * n + "1" + "}" * n)}),
    "collections of collections": (
        5_000,
        lambda n: {"a.md": page("a", properties(f"|x|{'Collection(' * n}String{')' * n}|.|"))},
    ),
    "properties that are one in Rust": (
        4_000,
        lambda n: {"a.md": page("a", properties(*(f"|{name}|String|.|" for name in spellings(n))))},
    ),
    "types that are one in Rust": (1_000, lambda n: types(spellings(n))),
    "members that are one in Rust": (
        4_000,
        lambda n: {
            "a.md": "# e enum type\n\nNamespace: microsoft.graph\n\n## Members\n|Member|Value|Description|\n"
            "|:---|:---|:---|\n" + "\n".join(f"|{name}|{k}|.|" for k, name in enumerate(spellings(n)))
        },
    ),
    "a chain of bases": (500, chain),
    "types": (500, lambda n: types(f"t{k}" for k in range(n))),
    "segments of a URL": (
        1_000,
        lambda n: {**types(["t0"]), "o.md": operation(0, ["GET /a" + "".join(f"/b{k}" for k in range(n))])},
    ),
    "keys in a URL": (1_000, lambda n: {**types(["t0"]), "o.md": operation(0, ["GET /a" + "/b/{id}" * n])}),
    "request lines": (
        1_000,
        lambda n: {**types(["t0"]), "o.md": operation(0, [f"GET /a/b{k}" for k in range(n)])},
    ),
    "operations of one place": (
        500,
        lambda n: {**types(["t0"]), **{f"o{k}.md": operation(k, ["GET /a"]) for k in range(n)}},
    ),
    "a name's letters": (20_000, lambda n: types(["x" * n])),
    "rows of an update": (
        2_000,
        lambda n: {
            "t0.md": page("t0", properties("|id|String|Key.|", *(f"|p{k}|String|.|" for k in range(n)))),
            "o.md": sends("PATCH /t0s/{id}", rows(n)),
        },
    ),
    "parameters of an action": (
        5_000,
        lambda n: {**types(["t0"]), "o.md": sends("POST /t0s/{id}/do", rows(n, "Parameter"))},
    ),
    "misspelt members of a block": (
        2_000,
        lambda n: {
            "a.md": page("a", properties(*(f"|property{k}|String|.|" for k in range(n)))).replace(
                "{}", "{" + ", ".join(f'"porperty{k}": "a"' for k in range(n)) + "}"
            )
        },
    ),
    "misspelt types": (
        1_000,
        lambda n: {
            f"t{k}.md": page(f"someType{k}", properties(f"|x|[someTpye{k}](someTpye{k}.md)|.|")) for k in range(n)
        },
    ),
    "methods without a page": (
        2_000,
        lambda n: {
            "t0.md": page("t0", properties("|id|String|Key.|"))
            + "\n## Methods\n|Method|Return type|Description|\n|:---|:---|:---|\n"
            + "".join(f"|[M{k}](m{k}.md)|[t0](t0.md)|.|\n" for k in range(n)),
            **{f"o{k}.md": operation(k, [f"GET /t0s/{{id}}/x{k}"]) for k in range(n)},
        },
    ),
    "values in a description": (20_000, lambda n: cell("Possible values are: " + ", ".join(f"`v{k}`" for k in range(n)))),
    "front matter": (40_000, lambda n: {"a.md": "---\n" + "".join(f"k{k}: v\n" for k in range(n)) + "---\n"}),
}


def hostile():
    print("hostile pages: at a size and at half of it; minima of time of processors of a run and of lint, bytes of code")
    slow = []
    empty = [min(run_on("empty", round, cell("."))[0] for round in range(rounds))]
    for name, (size, make) in HOSTILE.items():
        figures = []
        for part in (size // 2, size):
            measured = [run_on(f"{name}{part}", round, make(part)) for round in range(max(rounds // 2, 2))]
            figures.append((min(cpu for cpu, _ in measured), measured[0][1]))
        (half, half_bytes), (whole, whole_bytes) = figures
        ratio = (whole - empty[0]) / max(half - empty[0], 5e-3)
        growth = whole_bytes / half_bytes
        mark = "" if ratio <= max(2.0, growth) * 1.3 else "  ← more than linear"
        slow += [name] if mark else []
        print(
            f"    {name:34} {half * 1e3:8.1f} → {whole * 1e3:8.1f} ms ({ratio:5.2f}),"
            f" {half_bytes:9} → {whole_bytes:9} bytes ({growth:4.2f}){mark}"
        )
        sys.stdout.flush()
    print("more than linear:", ", ".join(slow) or "none")


def run_on(name, round, pages):
    """Time of processors of a run and of lint, and the bytes of the code."""
    place = work / "hostile" / re.sub(r"\W+", "-", name) / str(round)
    (place / "docs").mkdir(parents=True)
    # A page of its own beside them, as a run without any type ends with an error.
    for path, text in {**types(["plain"]), **pages}.items():
        (place / "docs" / path).write_text(text)
    _, cpu = run([command, "generate", "--crate", "sample", "--docs", str(place / "docs"), "--out", str(place / "out")])
    cpu += run([command, "lint", "--docs", str(place / "docs")], (0, 1))[1]
    size = sum(file.stat().st_size for file in (place / "out").rglob("*.rs"))
    shutil.rmtree(place)
    return cpu, size


for docs in folders:
    table(pathlib.Path(docs).name, docs)
if os.environ.get("HOSTILE", "1") == "1":
    hostile()
