package import WenzeSyntax

/// Why something cannot be read from a git repository.
package struct GitError: Error, Sendable {
  package var message: Bilingual
}

/// The git repository of the working directory, of which nothing is changed.
package struct GitRepository: Sendable {
  package init() {}

  /// The full name of the commit of a revision.
  package func commit(of revision: String) throws(GitError) -> String {
    let result = try git(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"])
    guard result.status == 0 else {
      if !result.errors.isEmpty { throw .failed(result) }
      throw GitError(
        message: Bilingual(
          "git 仓库里没有修订“\(revision)”", "the git repository has no revision `\(revision)`"))
    }
    return result.text
  }

  /// The last commits that changed folders, the newest first.
  package func commits(changing folders: [String], limit: Int) throws(GitError) -> [String] {
    let result = try git(
      ["log", "--format=%H", "-n", String(limit), "HEAD", "--"]
        + folders.map { ":(top,literal)" + $0 })
    guard result.status == 0 else { throw .failed(result) }
    return result.text.split(separator: "\n").map(String.init)
  }

  /// The path of the working directory from the top, with a slash behind it if it is not the top.
  package func prefix() throws(GitError) -> String {
    let result = try git(["rev-parse", "--show-prefix"])
    guard result.status == 0 else { throw .failed(result) }
    return result.text
  }

  /// The files with an extension below a folder of a commit, by their paths from the top, sorted.
  ///
  /// Hidden files and folders are passed over, and so is what is no file.
  package func files(
    below folder: String, of commit: String, withSuffix suffix: String
  ) throws(GitError) -> [(path: String, bytes: [UInt8])] {
    let listing = try git(["ls-tree", "-r", "-z", "--full-tree", commit, "--", folder])
    guard listing.status == 0 else { throw .failed(listing) }
    var entries: [(path: String, object: String)] = []
    for line in listing.output.split(separator: 0) {
      let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      let words = String(decoding: parts[0], as: UTF8.self).split(separator: " ")
      guard parts.count == 2, words.count == 3, words[0].hasPrefix("100"),
        let path = String(validating: parts[1], as: UTF8.self), path.hasSuffix(suffix),
        !path.dropFirst(folder.count).split(separator: "/").contains(where: { $0.hasPrefix(".") })
      else { continue }
      entries.append((path, String(words[2])))
    }
    let contents = try contents(of: entries.map(\.object))
    return zip(entries, contents).map { ($0.path, $1) }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func contents(of objects: [String]) throws(GitError) -> [[UInt8]] {
    if objects.isEmpty { return [] }
    let result = try git(
      ["cat-file", "--batch"], input: Array(objects.map { $0 + "\n" }.joined().utf8))
    guard result.status == 0 else { throw .failed(result) }
    var contents: [[UInt8]] = []
    var rest = result.output[...]
    for _ in objects {
      // A head with the object's name, kind and size, the content, and a line break.
      guard let end = rest.firstIndex(of: 0x0A),
        let size = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").last
          .flatMap({ Int($0) }), rest.endIndex - end > size
      else { throw .failed(result) }
      contents.append(Array(rest[(end + 1)..<(end + 1 + size)]))
      rest = rest[(end + 1 + size)...].dropFirst()
    }
    return contents
  }

  private func git(_ arguments: [String], input: [UInt8] = []) throws(GitError) -> ProgramResult {
    do throws(ProgramError) {
      return try runProgram("git", arguments, input: input)
    } catch {
      throw GitError(
        message: error.isMissing
          ? Bilingual(
            "没有找到 git：读取修订要用它，请安装，或者改用文件夹",
            "git is not there, and revisions are read with it: install it, or name a folder")
          : Bilingual("不能运行 git：\(error.reason)", "git cannot be run: \(error.reason)"))
    }
  }
}

extension ProgramResult {
  /// The output as text without its last line break.
  fileprivate var text: String {
    var text = String(decoding: output, as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}

extension GitError {
  fileprivate static func failed(_ result: ProgramResult) -> GitError {
    let line = result.errors.split(separator: "\n").first.map(String.init) ?? "\(result.status)"
    return GitError(message: Bilingual("git 出错：\(line)", "git failed: \(line)"))
  }
}
