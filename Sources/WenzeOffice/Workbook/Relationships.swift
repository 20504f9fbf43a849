/// What one part of an office file says of others, by what it calls them.
struct Relationships: Sendable {
  struct Target: Hashable, Sendable {
    var id: String
    /// The last word of its type, such as `worksheet`: the start is other in strict files.
    var type: String
    /// The name of the part; nil for what is outside of the file.
    var part: String?
  }

  private(set) var targets: [Target] = []

  /// Reads the list of a part; there is none where it needs no other.
  init(of part: String, in archive: ZipArchive) throws(WorkbookProblem) {
    let name = Relationships.name(for: part)
    guard let bytes = try contents(of: name, in: archive) else { return }
    var targets: [Target] = []
    try readPart(bytes, name) { event in
      guard case .start(let element) = event, element.name.local == "Relationship",
        let id = element["Id"], let type = element["Type"], let target = element["Target"]
      else { return }
      let isOutside = element["TargetMode"] == "External"
      targets.append(
        Target(
          id: id, type: type.split(separator: "/").last.map(String.init) ?? type,
          part: isOutside ? nil : Relationships.resolve(target, from: part)))
    }
    self.targets = targets
  }

  func first(_ type: String) -> Target? { targets.first { $0.type == type && $0.part != nil } }

  func part(of id: String) -> String? { targets.first { $0.id == id }?.part }

  /// The part in which the relationships of a part stand; of the file itself, if its name is empty.
  static func name(for part: String) -> String {
    let (folder, name) = split(part)
    return folder + "_rels/" + name + ".rels"
  }

  /// The folder with its slash, and the name in it.
  static func split(_ part: String) -> (folder: String, name: String) {
    guard let slash = part.lastIndex(of: "/") else { return ("", part) }
    return (String(part[...slash]), String(part[part.index(after: slash)...]))
  }

  /// The name of a part that another names in relation to itself.
  private static func resolve(_ target: String, from part: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var folders = split(part).folder.split(separator: "/").map(String.init)
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": _ = folders.popLast()
      default: folders.append(String(step))
      }
    }
    return folders.joined(separator: "/")
  }
}

/// The bytes of a part; nil if there is none.
///
/// Programs differ in the case of names.
func contents(of part: String, in archive: ZipArchive) throws(WorkbookProblem) -> [UInt8]? {
  do throws(ArchiveProblem) {
    if let bytes = try archive.contents(of: part) { return bytes }
    let folded = part.lowercased()
    guard let name = archive.names.first(where: { $0.lowercased() == folded }) else { return nil }
    return try archive.contents(of: name)
  } catch {
    throw .archive(error)
  }
}

/// Reads a part in XML.
func readPart(
  _ bytes: [UInt8], _ name: String, _ handle: (XMLEvent) throws(XMLProblem) -> Void
) throws(WorkbookProblem) {
  do throws(XMLProblem) {
    try readXML(bytes, handle)
  } catch {
    throw .unreadable(part: name, error)
  }
}
