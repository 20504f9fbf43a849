import WenzeInput
import WenzeSemantics
import WenzeSyntax

/// Reads the packs of a folder: the folder itself if it holds `.wz` files, and those below it.
func readPacks(in folder: String) -> (packs: [PackSource], problems: [LocatedDiagnostic]) {
  let (files, problems) = findInputs(in: [folder])
  var located = problems.filter { $0.reason != .noInputs }
    .map { LocatedDiagnostic(path: $0.path, $0.diagnostic) }
  var sources: [Source] = []
  for file in files where file.hasSuffix(".wz") {
    do throws(InputError) {
      sources.append(try loadFile(path: file).source)
    } catch {
      located.append(LocatedDiagnostic(path: error.path, error.diagnostic))
    }
  }
  // A unit may have templates of documents, and no rules of its own.
  if sources.isEmpty, located.isEmpty, !isFolder(folder + "/documents") {
    located.append(LocatedDiagnostic(path: folder, .folderWithoutPacks(folder)))
  }
  return (packs(of: sources), located)
}

/// The packs that files make, which are those of a folder each, in the order of their first files.
func packs(of sources: [Source]) -> [PackSource] {
  var packs: [String: [Source]] = [:]
  var order: [String] = []
  for source in sources {
    let folder = source.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    if packs[folder] == nil { order.append(folder) }
    packs[folder, default: []].append(source)
  }
  return order.map { PackSource(folder: $0, files: packs[$0] ?? []) }
}

extension Diagnostic {
  static func folderWithoutPacks(_ folder: String) -> Self {
    Diagnostic(
      "E0702", .error,
      Bilingual("“\(folder)”里没有规则包", "there are no packs in `\(folder)`"), at: nil,
      notes: [
        Bilingual("规则包是放有 .wz 文件的文件夹", "a pack is a folder with .wz files")
      ])
  }
}
