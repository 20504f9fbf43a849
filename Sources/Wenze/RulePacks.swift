import FoundationEssentials
import WenzeRules
package import WenzeSemantics
import WenzeSyntax

/// Where rule packs come from: the executable itself, and folders.
package struct RulePacks: Sendable {
  package private(set) var packs: [PackSource]
  private let builtInPacks: [PackSource]

  private init(builtIn packs: [PackSource]) {
    self.packs = packs
    builtInPacks = packs
  }

  /// The packs that travel inside the executable.
  package static let builtIn = RulePacks(builtIn: packs(of: embeddedRules))

  /// The same without their tests, which are half of their text: for whoever only checks documents.
  package static let builtInWithoutTests = RulePacks(
    builtIn: packs(of: embeddedRules.filter { !$0.path.hasSuffix("-tests.wz") }))

  private static func packs(of files: [EmbeddedFile]) -> [PackSource] {
    Dictionary(grouping: files) { file in
      file.path.split(separator: "/").dropLast().joined(separator: "/")
    }
    .sorted { $0.key < $1.key }
    .map { folder, files in
      PackSource(
        folder: folder,
        files: files.map { Source(path: "rules/\($0.path)", text: $0.text) })
    }
  }

  package static let none = RulePacks(builtIn: [])

  /// The packs that travel inside an executable built of these files, by their paths in `rules`.
  static func builtIn(of files: [(path: String, text: String)], withTests: Bool) -> RulePacks {
    RulePacks(
      builtIn: packs(
        of: files.filter { withTests || !$0.path.hasSuffix("-tests.wz") }
          .map { EmbeddedFile(path: $0.path, text: $0.text) }))
  }

  /// Adds packs; one that has the name of another takes its place.
  ///
  /// Tests over all the packs together hold for those that they came with: where one of these is
  /// replaced they go.
  package mutating func add(_ others: [PackSource]) {
    for pack in others {
      if let name = pack.packName,
        let index = packs.firstIndex(where: { existing in
          existing.packName.map { !$0.isDisjoint(with: name) } ?? false
        })
      {
        packs[index] = pack
        removeBuiltInTests(ifBuiltIn: name)
      } else {
        packs.append(pack)
      }
    }
  }

  private mutating func removeBuiltInTests(ifBuiltIn name: Set<String>) {
    // Worked out only here, since reading all packs once more takes as long as a check.
    guard builtInPacks.contains(where: { !($0.packName?.isDisjoint(with: name) ?? true) }) else {
      return
    }
    let folders = Set(builtInPacks.filter(\.holdsOnlyTests).map(\.folder))
    packs.removeAll { folders.contains($0.folder) }
  }
}

extension PackSource {
  /// Whether the pack declares nothing that could judge a document.
  fileprivate var holdsOnlyTests: Bool {
    files.flatMap { parse($0).declarations }
      .allSatisfy { declaration in
        switch declaration {
        case .pack, .test: true
        default: false
        }
      }
  }

  /// Both spellings of the name that the folder's header declares.
  fileprivate var packName: Set<String>? {
    for file in files {
      for declaration in parse(file).declarations {
        if case .pack(let header) = declaration {
          return Set(header.name.identifiers.map(\.text))
        }
      }
    }
    return nil
  }
}
