import WenzeReport
import WenzeSyntax

/// How a report is written: as text, a piece at a time, or as a file of an office program.
enum OutputFormat {
  case text(any ReportFormat.Type)
  case file(any FileFormat.Type)

  init?(named name: String) {
    if let type = reportFormats.first(where: { $0.name == name }) {
      self = .text(type)
    } else if let type = fileFormats.first(where: { $0.name == name }) {
      self = .file(type)
    } else {
      return nil
    }
  }

  static var names: [String] { reportFormats.map { $0.name } + fileFormats.map { $0.name } }

  var name: String {
    switch self {
    case .text(let type): type.name
    case .file(let type): type.name
    }
  }

  var isFile: Bool {
    if case .file = self { true } else { false }
  }

  /// What to say where it would go to the screen or a pipe.
  var needsFile: String {
    say(
      "\(name) 不是文字，不能写到屏幕；请用 --output 文件.\(name)",
      "\(name) is no text and cannot be shown; give --output FILE.\(name)")
  }
}
