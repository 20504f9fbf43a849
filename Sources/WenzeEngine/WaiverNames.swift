import WenzeSemantics
import WenzeSyntax

extension Waiver {
  /// The names of persons in the approver and the reason, by their words: a schema marks neither.
  ///
  /// An approver is a person unless the words are those of an organ or a post; in doubt it is
  /// masked. A reason is a sentence, in which a name is told by its surname and its neighbours.
  /// What organs there are beyond those that any office has, the enumerations of the packs say.
  func personalNames(in ruleSet: RuleSet) -> [String] {
    let titles = Titles(in: ruleSet)
    return approver.split { " \u{3000}、，,；;:：/／()（）\n".contains($0) }.reduce(into: []) {
      if $1.utf8.allSatisfy({ $0 < 0x80 }) { return }
      $0 += titles.names(in: String($1))
    } + latinNames(in: approver) + namesInSentence(reason, titles)
  }
}

/// The words that organs, posts and meetings are called by.
private struct Titles {
  /// What the names of organs and posts end with.
  private let words: [String]
  /// What begins like a name and is none.
  private let beginnings: Set<String>

  init(in ruleSet: RuleSet) {
    // One character is too little to tell a word from a part of a name by.
    let named = ruleSet.enums.flatMap { $0.entries.map(\.name.chinese) }.filter { $0.count > 1 }
    words = Vocabulary.titles + named
    beginnings = Vocabulary.commonWords.union(named.map { String($0.prefix(2)) })
  }

  /// Whether the first two characters are those of another word than a name.
  func begin(_ words: String) -> Bool { beginnings.contains(String(words.prefix(2))) }

  /// The name in a title such as `县委书记赵六` or `赵六同志`; none where it names an organ.
  func names(in title: String) -> [String] {
    guard title.isIdeographs || title.contains("·") else { return [] }
    if title.contains("·") { return [title] }
    let isPerson =
      (2...3).contains(title.count) && title.first.map { Vocabulary.surnames.contains($0) } ?? false
    let posts = words.filter { title.hasSuffix($0) }
    // 安监局 begins like a name, and ends like none.
    if title.count == 3, "局部厅处科室院办组".contains(title.suffix(1)) { return [] }
    if isPerson, !posts.contains(where: { $0.count > 1 && $0.count >= title.count - 1 }) {
      return [title]
    }
    if let post = posts.max(by: { $0.count < $1.count }) {
      // What stands before the post is a name only if it begins like one: 赵六书记, but 市委书记.
      let rest = String(title.dropLast(post.count))
      let begins = rest.first.map { Vocabulary.surnames.contains($0) } ?? false
      let isTitled = (2...4).contains(rest.count) && !words.contains { rest.hasSuffix($0) }
      return begins && isTitled || ["同志", "先生", "女士"].contains(post) && isTitled ? [rest] : []
    }
    // Behind the last post stands the name, or nothing of it is a post and all of it is one.
    var rest = Substring(title)
    while let post = words.compactMap({ rest.range(ofPost: $0) }).max(by: {
      $0.upperBound < $1.upperBound
    }) {
      rest = rest[post.upperBound...]
    }
    return (2...4).contains(rest.count) ? [String(rest)] : []
  }
}

extension Substring {
  fileprivate func range(ofPost post: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(post) { return start..<index(start, offsetBy: post.count) }
      start = index(after: start)
    }
    return nil
  }
}

/// A name in Latin letters: two words or more, each with a capital letter, and none for an organ.
private func latinNames(in text: String) -> [String] {
  let words = text.split { $0.isWhitespace || ",;()".contains($0) }
  guard words.count > 1, text.utf8.allSatisfy({ $0 < 0x80 }),
    words.allSatisfy({ $0.first?.isUppercase ?? false })
  else { return [] }
  return words.contains { Vocabulary.latinOrgans.contains(String($0)) }
    ? [] : [words.joined(separator: " ")]
}

// MARK: - Sentences

private func namesInSentence(_ text: String, _ titles: Titles) -> [String] {
  let characters = Array(text)
  var names: [String] = []
  var index = 0
  while index < characters.count {
    defer { index += 1 }
    guard Vocabulary.surnames.contains(characters[index]) else { continue }
    let head = String(characters[..<index])
    let isBounded =
      index == 0 || !String(characters[index - 1]).isIdeographs
      || Vocabulary.before.contains(where: head.hasSuffix)
    guard isBounded else { continue }
    for length in 2...3 where index + length <= characters.count {
      let name = String(characters[index..<index + length])
      let rest = String(characters[(index + length)...].prefix(2))
      guard name.isIdeographs, !titles.begin(name),
        rest.isEmpty || Vocabulary.behind.contains(where: rest.hasPrefix)
      else { continue }
      names.append(name)
      break
    }
  }
  return names
}
