import FoundationEssentials
import WenzeDocuments
import WenzeInput
import WenzeRules
import WenzeSyntax

extension DocumentTemplates {
  /// How large a template may be.
  static let byteLimit = 64 << 20

  /// The templates inside the executable, and those below `documents` in folders of rules.
  static func found(in folders: [String]) throws -> DocumentTemplates {
    var templates = DocumentTemplates(
      builtIn: embeddedDocuments.map { file in
        File(path: String(file.path.dropFirst("documents/".count)), bytes: Array(file.text.utf8))
      })
    for folder in folders {
      let place = folder + "/documents"
      guard isFolder(place) else { continue }
      var files: [File] = []
      for path in try FileManager.default.subpathsOfDirectory(atPath: place).sorted() {
        // Word keeps a file of this name beside one that is open.
        let name = path.split(separator: "/").last ?? ""
        guard DocumentFormat(path: path) != nil, !name.hasPrefix("~$"), !name.hasPrefix(".") else {
          continue
        }
        files.append(File(path: path, bytes: try templateBytes("\(place)/\(path)")))
      }
      templates.add(files, of: folder)
    }
    return templates
  }
}

/// The bytes of a template; those of a page in UTF-8, however it was saved.
func templateBytes(_ path: String) throws -> [UInt8] {
  do throws(InputError) {
    if DocumentFormat(path: path) == .html {
      return Array(try loadFile(path: path).source.text.utf8)
    }
    return try readBytes(path: path, limit: DocumentTemplates.byteLimit)
  } catch {
    throw Refusal(error.diagnostic.message[Console.language])
  }
}
