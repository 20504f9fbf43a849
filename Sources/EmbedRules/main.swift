// Writes the texts of the packs under `rules/`, and of the templates under `rules/documents`, into one
// Swift file, so that they travel inside the executable. Run by the plugin beside it at every build, so that `rules/` stays the one source.
//
// Usage: EmbedRules RULES-FOLDER OUTPUT.swift

import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: EmbedRules RULES-FOLDER OUTPUT.swift\n".utf8))
  exit(2)
}
let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
let output = URL(fileURLWithPath: arguments[2])

do {
  let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
  func list(_ names: [String]) throws -> String {
    var code = "[\n"
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      code += "  EmbeddedFile(path: #\"\(name)\"#, text: ####\"\"\"\n\(text)\n\"\"\"####),\n"
    }
    return code + "]\n"
  }
  var code = "/// The packs of `rules/`, as they were when the executable was built.\n"
  code += "package let embeddedRules: [EmbeddedFile] = "
  code += try list(names.filter { $0.hasSuffix(".wz") })
  code += "\n/// The templates of documents that stand there.\n"
  code += "package let embeddedDocuments: [EmbeddedFile] = "
  code += try list(
    names.filter { name in
      name.hasPrefix("documents/") && [".html", ".xml", ".rels"].contains { name.hasSuffix($0) }
    })
  try code.write(to: output, atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("EmbedRules: \(error)\n".utf8))
  exit(1)
}
