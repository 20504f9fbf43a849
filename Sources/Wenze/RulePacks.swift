import FoundationEssentials
import WenzeRules
package import WenzeSemantics
import WenzeSyntax

/// Where rule packs come from: the executable itself, and folders.
package struct RulePacks: Sendable {
  package private(set) var packs: [PackSource]
  /// The names of the packs that came with the program, and the folders of those that only test
  /// the others.
  private let builtIn: (names: Set<String>, testFolders: Set<String>)

  private init(builtIn packs: [PackSource]) {
    self.packs = packs
    builtIn = (
      packs.reduce(into: []) { $0.formUnion($1.packName ?? []) },
      Set(packs.filter(\.holdsOnlyTests).map(\.folder))
    )
  }

  /// The packs that travel inside the executable.
  package static let builtIn = RulePacks(
    builtIn: Dictionary(grouping: embeddedRules) { file in
      file.path.split(separator: "/").dropLast().joined(separator: "/")
    }
    .sorted { $0.key < $1.key }
    .map { folder, files in
      PackSource(
        folder: folder,
        files: files.map { Source(path: "rules/\($0.path)", text: $0.text) })
    })

  package static let none = RulePacks(builtIn: [])

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
        if !builtIn.names.isDisjoint(with: name) {
          packs.removeAll { builtIn.testFolders.contains($0.folder) }
        }
      } else {
        packs.append(pack)
      }
    }
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
