internal import WenzeSyntax

/// How much a reader accepts, so that no file can exhaust the machine.
package struct ReadingLimits: Hashable, Sendable {
  /// How many records and lists may stand inside one another; a document itself is the first.
  package var depth: Int
  /// The size of one text, in bytes of UTF-8.
  package var textBytes: Int
  /// The size of one document, in bytes of UTF-8.
  package var documentBytes: Int
  /// The size of one file that is read whole, in bytes: as it is stored, and as it is unpacked.
  package var fileBytes: Int
  /// How many values the aliases of one YAML file may repeat, counted as if they were written out.
  package var aliasValues: Int
  /// How many times its packed size the content of a compressed file may have.
  package var ratio: Int
  /// How many cells the sheets of one workbook may have, gaps between them counted.
  package var cells: Int
  /// How many problems of one file are told; where documents depend on one another, reading stops.
  package var problems: Int

  package init(
    depth: Int = 64, textBytes: Int = 1 << 20, documentBytes: Int = 16 << 20,
    fileBytes: Int = 4 << 30, aliasValues: Int = 1_000_000, ratio: Int = 250,
    cells: Int = 20_000_000, problems: Int = 100
  ) {
    self.depth = depth
    self.textBytes = textBytes
    self.documentBytes = documentBytes
    self.fileBytes = fileBytes
    self.aliasValues = aliasValues
    self.ratio = ratio
    self.cells = cells
    self.problems = problems
  }
}

extension ReadingLimits {
  /// What users call each limit.
  package enum Name: String, CaseIterable, Sendable {
    case depth, text, document, file, aliases, ratio, cells, problems
  }

  package subscript(name: Name) -> Int {
    get { self[keyPath: path(of: name)] }
    set { self[keyPath: path(of: name)] = newValue }
  }

  private func path(of name: Name) -> WritableKeyPath<ReadingLimits, Int> {
    switch name {
    case .depth: \.depth
    case .text: \.textBytes
    case .document: \.documentBytes
    case .file: \.fileBytes
    case .aliases: \.aliasValues
    case .ratio: \.ratio
    case .cells: \.cells
    case .problems: \.problems
    }
  }
}

// MARK: - Words

extension Diagnostic {
  static func tooDeep(limit: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0401", .error,
      Bilingual(
        "文书嵌套超过 \(limit) 层，未读取", "the document is nested more than \(limit) deep and is not read"
      ), at: range, label: Bilingual("第 \(limit + 1) 层从这里开始", "level \(limit + 1) begins here"),
      notes: [
        Bilingual(
          "减少嵌套，或者用 --limit depth=N 调高上限", "nest less, or raise the limit with --limit depth=N")
      ])
  }

  static func textTooLong(_ count: Int, limit: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0402", .error,
      Bilingual(
        "文字有 \(count) 字节，超过上限 \(limit)，文书未读取",
        "a text has \(count) bytes, more than the limit of \(limit), and the document is not read"),
      at: range,
      notes: [
        Bilingual(
          "缩短文字，或者用 --limit text=N 调高上限",
          "shorten the text, or raise the limit with --limit text=N")
      ])
  }

  static func documentTooLong(limit: Int, at start: Int) -> Self {
    Diagnostic(
      "D0403", .error,
      Bilingual(
        "文书超过 \(limit) 字节，未读取", "the document has more than \(limit) bytes and is not read"),
      at: SourceRange(start, start), label: Bilingual("文书从这里开始", "the document begins here"),
      notes: [
        Bilingual(
          "拆成几件文书，或者用 --limit document=N 调高上限",
          "split the document, or raise the limit with --limit document=N")
      ])
  }

  static func tooManyAliasValues(limit: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0404", .error,
      Bilingual(
        "别名重复的值超过 \(limit) 个，其余未读取",
        "aliases repeat more than \(limit) values, and the rest is not read"), at: range,
      notes: [
        Bilingual(
          "直接写出内容，或者用 --limit aliases=N 调高上限",
          "write the values out, or raise the limit with --limit aliases=N")
      ])
  }

  static func tooManyProblems(limit: Int, readsOn: Bool, at range: SourceRange?) -> Self {
    Diagnostic(
      "D0405", .error,
      readsOn
        ? Bilingual(
          "问题超过 \(limit) 个，其余不再列出",
          "there are more than \(limit) problems, and the rest is not told")
        : Bilingual(
          "问题超过 \(limit) 个，其余未读取", "there are more than \(limit) problems, and the rest is not read"
        ),
      at: range.map { SourceRange($0.start, $0.start) },
      notes: [
        readsOn
          ? Bilingual(
            "没有问题的都已读取；用 --limit problems=N 多列一些",
            "whatever has no problem is read; list more with --limit problems=N")
          : Bilingual("先改正以上问题，再重新检查", "correct the problems above, then check again")
      ])
  }
}
