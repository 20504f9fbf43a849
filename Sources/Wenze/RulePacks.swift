import FoundationEssentials
import WenzeRules
package import WenzeSemantics
import WenzeSyntax

/// Where rule packs come from: the executable itself, and folders.
package struct RulePacks: Sendable {
  package private(set) var packs: [PackSource]

  /// The packs that travel inside the executable.
  package static let builtIn = RulePacks(
    packs: Dictionary(grouping: embeddedRules) { file in
      file.path.split(separator: "/").dropLast().joined(separator: "/")
    }
    .sorted { $0.key < $1.key }
    .map { folder, files in
      PackSource(
        folder: folder,
        files: files.map { Source(path: "rules/\($0.path)", text: $0.text) })
    })

  package static let none = RulePacks(packs: [])

  /// Adds packs; one that has the name of another takes its place.
  package mutating func add(_ others: [PackSource]) {
    for pack in others {
      if let name = pack.packName,
        let index = packs.firstIndex(where: { existing in
          existing.packName.map { !$0.isDisjoint(with: name) } ?? false
        })
      {
        packs[index] = pack
      } else {
        packs.append(pack)
      }
    }
  }
}

extension PackSource {
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
