import WenzeInput
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Looks through a git repository for the rules that a report was made with.
package struct RevisionSearch: Sendable {
  private let repository = GitRepository()
  private let origin: RunRecord.Rules
  private let digest: String
  /// The folders that come from the repository: as the report names them, and from the top.
  private let folders: [(written: String, path: String)]

  /// The folder of which the packs inside the program are made.
  private static let builtInFolder = RuleSource.usualFolder

  package init(for report: RecordedReport) throws(GitError) {
    origin = report.run.rules
    digest = report.ruleDigest
    let prefix = try repository.prefix()
    folders = origin.folders.filter { !$0.hasPrefix("/") && !$0.hasPrefix("../") }
      .map { folder in
        var path = Substring(folder)
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        while path.hasSuffix("/") { path = path.dropLast() }
        return (folder, prefix + path)
      }
  }

  /// The last revisions in which the rules changed, the newest first.
  package func history(limit: Int) throws(GitError) -> [String] {
    try repository.commits(
      changing: (origin.builtIn ? [Self.builtInFolder] : []) + folders.map(\.path), limit: limit)
  }

  /// The first of some revisions whose rules have the digest of the report, with these rules.
  package func first(
    of revisions: [String]
  ) throws(GitError) -> (revision: String, rules: LoadedRules)? {
    for revision in revisions {
      let packs = try packs(at: try repository.commit(of: revision))
      let sources = packs.packs.flatMap(\.files)
      guard LoadedRules.digest(of: sources, parameters: origin.parameters) == digest else {
        continue
      }
      let parameters = origin.parameters.map { parameter in
        let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
      }
      return (revision, LoadedRules(packs, problems: [], parameters: parameters))
    }
    return nil
  }

  /// The rules of a commit, from the places where the report had them.
  private func packs(at commit: String) throws(GitError) -> RulePacks {
    var packs = RulePacks.none
    if origin.builtIn {
      let files = try repository.files(
        below: Self.builtInFolder, of: commit, withSuffix: ".wz")
      packs = .builtIn(
        of: files.map {
          (
            String($0.path.dropFirst(Self.builtInFolder.count + 1)),
            String(decoding: $0.bytes, as: UTF8.self)
          )
        }, withTests: origin.tests)
    }
    for folder in origin.folders {
      if let known = folders.first(where: { $0.written == folder }) {
        packs.add(try self.packs(in: known, of: commit))
      } else {
        // What is outside of the repository has no revisions.
        packs.add(readPacks(in: folder).packs)
      }
    }
    return packs
  }

  private func packs(
    in folder: (written: String, path: String), of commit: String
  ) throws(GitError) -> [PackSource] {
    let files = try repository.files(below: folder.path, of: commit, withSuffix: ".wz")
    let start = folder.written.hasSuffix("/") ? folder.written : folder.written + "/"
    return Wenze.packs(
      of: files.compactMap { file in
        let path = start + file.path.dropFirst(folder.path.count + 1)
        return try? decodeFile(path: path, file.bytes, limits: ReadingLimits()).source
      })
  }
}
