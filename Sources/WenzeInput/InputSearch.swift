import WenzeSyntax

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The files that the user's paths stand for, sorted by the bytes of their paths, each once.
///
/// A named file is taken whatever its extension, and so is `-`, standard input. A folder stands for
/// the files in it, at any depth, that have an extension of ``InputFormat``; hidden files and
/// folders are passed over.
package func findInputs(in paths: [String]) -> (files: [String], problems: [InputError]) {
  var search = InputSearch()
  for path in paths { search.add(path) }
  let files = search.files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  return (files, search.problems)
}

/// The files that the user's paths stand for, in the order of these, each once; those of a folder
/// are sorted.
package func findInputs(inOrder paths: [String]) -> (files: [String], problems: [InputError]) {
  var files: [String] = []
  var problems: [InputError] = []
  var seen: Set<String> = []
  for path in paths {
    let found = findInputs(in: [path])
    files += found.files.filter { seen.insert($0).inserted }
    problems += found.problems
  }
  return (files, problems)
}

/// The size of a file in bytes; nil where only reading tells.
package func inputSize(of path: String) -> Int? {
  var status = stat()
  guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    return nil
  }
  return Int(status.st_size)
}

/// Whether there is a folder of that path.
package func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Gathers the files below folders.
private struct InputSearch {
  private(set) var files: Set<String> = []
  private(set) var problems: [InputError] = []

  /// A folder's identity, which symbolic links cannot hide.
  private struct Identity: Hashable {
    var device: UInt64
    var number: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  private enum Entry {
    case folder(Identity)
    case file
    case other
  }

  mutating func add(_ path: String) {
    guard path != "-" else {
      files.insert(path)
      return
    }
    switch entry(at: path) {
    case .failure(let error): problems.append(error)
    case .success(.folder(let identity)): addFolder(path, identity)
    case .success(.file), .success(.other): files.insert(path)
    }
  }

  private mutating func addFolder(_ root: String, _ identity: Identity) {
    var hasInputs = false
    let knownProblems = problems.count
    var seen: Set = [identity]
    var folders = [root]
    while let folder = folders.popLast() {
      for name in names(in: folder) where !name.hasPrefix(".") {
        let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
        switch entry(at: path) {
        case .success(.folder(let identity)):
          // A folder that was met before is below itself, or will be met under its other name.
          if seen.insert(identity).inserted { folders.append(path) }
        case .success(.file) where InputFormat(path: path) != nil:
          hasInputs = true
          files.insert(path)
        case .failure(let error) where InputFormat(path: path) != nil:
          problems.append(error)
        case .success, .failure: break
        }
      }
    }
    if !hasInputs, problems.count == knownProblems {
      problems.append(InputError(path: root, reason: .noInputs))
    }
  }

  private func entry(at path: String) -> Result<Entry, InputError> {
    var status = stat()
    guard stat(path, &status) == 0 else { return .failure(InputError(path: path, code: errno)) }
    return switch status.st_mode & S_IFMT {
    case S_IFDIR: .success(.folder(Identity(status)))
    case S_IFREG: .success(.file)
    default: .success(.other)
    }
  }

  /// The names in a folder, sorted, so that the first of two links to a folder is always the same.
  private mutating func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else {
      problems.append(InputError(path: folder, code: errno))
      return []
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if let text = String(validating: name, as: UTF8.self) {
        names.append(text)
      } else {
        let shown = String(decoding: name, as: UTF8.self)
        problems.append(InputError(path: folder + "/" + shown, reason: .nameNotUTF8))
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

// MARK: - Words

extension Diagnostic {
  static func noInputs(_ path: String) -> Self {
    Diagnostic(
      "D0108", .error,
      Bilingual("文件夹“\(path)”里没有可检查的文件", "the folder `\(path)` has nothing to check"),
      at: nil,
      notes: [
        Bilingual(
          "文书的扩展名是“.wz”“.json”“.jsonl”“.ndjson”“.yaml”“.yml”，台账是“.csv”“.xlsx”，事件日志是“.xes”",
          "documents have the extension `.wz`, `.json`, `.jsonl`, `.ndjson`, `.yaml` or `.yml`, "
            + "ledgers `.csv` or `.xlsx`, event logs `.xes`")
      ])
  }
}
