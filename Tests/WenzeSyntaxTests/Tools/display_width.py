#!/usr/bin/env python3
"""Writes Sources/WenzeSyntax/DisplayWidthTable.swift from Python's Unicode tables.

Run it from the root of the package: python3 Tests/WenzeSyntaxTests/Tools/display_width.py
"""

import sys
import unicodedata

TARGET = "Sources/WenzeSyntax/DisplayWidthTable.swift"


def width(code):
    character = chr(code)
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def ranges(wanted):
    """The inclusive ranges of the scalars that have a width, surrogates left out."""
    found = []
    for code in range(0xA0, 0x110000):
        if 0xD800 <= code <= 0xDFFF or width(code) != wanted:
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def table(name, comment, wanted):
    lines = [f"/// {comment}", f"let {name}: [UInt32] = ["]
    line = " "
    for first, last in ranges(wanted):
        pair = f" 0x{first:04X}, 0x{last:04X},"
        if len(line + pair) > 100:
            lines.append(line)
            line = " "
        line += pair
    return lines + [line, "]"]


def main():
    lines = [
        "// Written by Tests/WenzeSyntaxTests/Tools/display_width.py"
        f" from Unicode {unicodedata.unidata_version}.",
        "",
        *table("zeroWidthRanges", "The first and last scalars of each run that takes no column.", 0),
        "",
        *table("doubleWidthRanges", "The first and last scalars of each run that takes two columns.", 2),
        "",
    ]
    with open(TARGET, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
