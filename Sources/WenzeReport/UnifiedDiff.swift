/// The unified diff of two texts, as `diff -u` and `git diff` write it.
///
/// It is empty where the texts are the same.
package func unifiedDiff(
  from old: String, to new: String, path: String, isColored: Bool = false
) -> String {
  guard !old.utf8.elementsEqual(new.utf8) else { return "" }
  let paint = Paint(isEnabled: isColored)
  var text = paint("--- \(path)", "1") + "\n" + paint("+++ \(path)", "1") + "\n"
  for hunk in hunks(of: edits(from: lines(of: old), to: lines(of: new))) {
    text += paint(hunk.heading, "36") + "\n"
    for edit in hunk.edits {
      switch edit {
      case .kept(let line): text += " \(line)\n"
      case .removed(let line): text += paint("-\(line)", "31") + "\n"
      case .added(let line): text += paint("+\(line)", "32") + "\n"
      }
    }
  }
  return text
}

private struct Paint {
  let isEnabled: Bool

  func callAsFunction(_ text: String, _ code: String) -> String {
    isEnabled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

private enum Edit {
  case kept(String)
  case removed(String)
  case added(String)

  var isChange: Bool { if case .kept = self { false } else { true } }
}

/// Lines as `diff` counts them; what follows the last line break is told to have none.
private func lines(of text: String) -> [String] {
  // By bytes: of characters, a carriage return and a line feed are one.
  var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  if lines.last == "" {
    lines.removeLast()
  } else {
    lines[lines.count - 1] += "\n\\ No newline at end of file"
  }
  return lines
}

private func edits(from old: [String], to new: [String]) -> [Edit] {
  var removed: Set<Int> = []
  var added: Set<Int> = []
  // By bytes too: texts that are canonically equivalent differ.
  let changes = new.difference(from: old) { $0.utf8.elementsEqual($1.utf8) }
  for change in changes {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): added.insert(offset)
    }
  }
  var edits: [Edit] = []
  var (left, right) = (0, 0)
  while left < old.count || right < new.count {
    if removed.contains(left) {
      edits.append(.removed(old[left]))
      left += 1
    } else if added.contains(right) {
      edits.append(.added(new[right]))
      right += 1
    } else {
      edits.append(.kept(old[left]))
      (left, right) = (left + 1, right + 1)
    }
  }
  return edits
}

private struct Hunk {
  var heading: String
  var edits: ArraySlice<Edit>
}

/// The changes with three lines around them, neighbours together.
private func hunks(of edits: [Edit]) -> [Hunk] {
  let context = 3
  var ranges: [Range<Int>] = []
  for (index, edit) in edits.enumerated() where edit.isChange {
    let range = max(0, index - context)..<min(edits.count, index + context + 1)
    if let last = ranges.last, last.upperBound >= range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }
  var (old, new, position) = (0, 0, 0)
  return ranges.map { range in
    // Between hunks nothing changes.
    let skipped = range.lowerBound - position
    (old, new) = (old + skipped, new + skipped)
    let (oldStart, newStart) = (old, new)
    for edit in edits[range] {
      switch edit {
      case .kept: (old, new) = (old + 1, new + 1)
      case .removed: old += 1
      case .added: new += 1
      }
    }
    position = range.upperBound
    let heading =
      "@@ -\(place(oldStart, old - oldStart)) +\(place(newStart, new - newStart)) @@"
    return Hunk(heading: heading, edits: edits[range])
  }
}

private func place(_ start: Int, _ count: Int) -> String {
  // An empty stretch is named by the line before it.
  let first = count == 0 ? start : start + 1
  return count == 1 ? "\(first)" : "\(first),\(count)"
}
