/// For whom a report is made, by which what tells persons apart is kept out of it.
package enum MaskingProfile: String, Hashable, Sendable, Codable, CaseIterable {
  /// For those who handle the files: names are shown, and of numbers the last four digits.
  case `internal`
  /// For those to whom findings are handed in: names and numbers are masked.
  case submit
  /// For everybody: documents, texts and small groups are left out as well.
  case `public`

  /// How many elements a group has at least that is published, and how much a count is.
  package static let smallestGroup = 5

  package var showsNames: Bool { self == .internal }

  package var isPublic: Bool { self == .public }

  /// A mask as the profile asks for it.
  package func callAsFunction(_ mask: NameMask) -> NameMask { showsNames ? .none : mask }

  /// A count as the profile shows it: a small one might tell who it is about.
  package func text(of count: Int) -> String {
    hides(count) ? "<\(Self.smallestGroup)" : String(count)
  }

  /// Whether a count is too small to be shown.
  package func hides(_ count: Int) -> Bool {
    isPublic && 1..<Self.smallestGroup ~= count
  }
}
