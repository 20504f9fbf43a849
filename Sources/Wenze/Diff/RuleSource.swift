import WenzeInput
import WenzeSemantics
import WenzeSyntax

/// Where rules come from, as users name it.
package enum RuleSource: Hashable, Sendable {
  /// The packs inside the program.
  case builtIn
  case folder(String)
  /// A folder of a git revision, by its path from the top of the repository.
  case revision(String, folder: String)

  /// The folder of packs of a revision where none is named.
  package static let usualFolder = "rules"

  /// Reads `built-in`, the path of a folder, `REV` or `REV:FOLDER`.
  package init(_ text: String) {
    if text == "built-in" || text == "自带" {
      self = .builtIn
      return
    }
    if isFolder(text) {
      self = .folder(text)
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var folder = parts.count > 1 ? parts[1] : ""
    while folder.hasPrefix("./") { folder = folder.dropFirst(2) }
    while folder.hasSuffix("/") { folder = folder.dropLast() }
    self = .revision(String(parts[0]), folder: folder.isEmpty ? Self.usualFolder : String(folder))
  }

  /// Reads the packs, with what is wrong with them.
  func packs() throws(GitError) -> (packs: [PackSource], problems: [LocatedDiagnostic]) {
    switch self {
    case .builtIn: return (RulePacks.builtInWithoutTests.packs, [])
    case .folder(let folder): return readPacks(in: folder)
    case .revision(let revision, let folder):
      let repository = GitRepository()
      guard !revision.isEmpty, !revision.hasPrefix("-") else {
        throw GitError(
          message: Bilingual(
            "“\(revision)”不是文件夹，也不是 git 修订",
            "`\(revision)` is neither a folder nor a git revision"))
      }
      return try readPacks(
        in: folder, of: try repository.commit(of: revision), revision, repository)
    }
  }
}

/// Reads the packs of a folder of a commit.
func readPacks(
  in folder: String, of commit: String, _ revision: String, _ repository: GitRepository
) throws(GitError) -> (packs: [PackSource], problems: [LocatedDiagnostic]) {
  let files = try repository.files(below: folder, of: commit, withSuffix: ".wz")
  var problems: [LocatedDiagnostic] = []
  var sources: [Source] = []
  for file in files {
    do throws(InputError) {
      sources.append(
        try decodeFile(path: file.path, file.bytes, limits: ReadingLimits()).source)
    } catch {
      problems.append(LocatedDiagnostic(path: "\(revision):\(error.path)", error.diagnostic))
    }
  }
  if files.isEmpty {
    let path = "\(revision):\(folder)"
    problems.append(LocatedDiagnostic(path: path, .folderWithoutPacks(path)))
  }
  return (packs(of: sources), problems)
}

extension NamedRules {
  /// Loads the packs of a source, over those of others: a pack takes the place of one of its name.
  package init(
    _ text: String, over bases: [String] = [], parameters: [(name: String, value: String)] = []
  ) throws(GitError) {
    var packs = RulePacks.none
    var problems: [LocatedDiagnostic] = []
    for source in bases + [text] {
      let (found, diagnostics) = try RuleSource(source).packs()
      packs.add(found)
      problems += diagnostics
    }
    self.init(text, LoadedRules(packs, problems: problems, parameters: parameters))
  }
}
