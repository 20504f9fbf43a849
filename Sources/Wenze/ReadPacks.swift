import FoundationEssentials
import WenzeInput
import WenzeSemantics
import WenzeSyntax

struct ReadFile { var source: Source; var format: InputFormat }
func findInputs(in paths: [String]) -> ([String], [LocatedDiagnostic]) { (paths, []) }
func read(_ path: String) -> Result<(ReadFile, [UInt8]), P> {
  guard let d = FileManager.default.contents(atPath: path), let s = String(bytes: d, encoding: .utf8) else { return .failure(P(d: LocatedDiagnostic(path: path, Diagnostic("D0101", .error, Bilingual("读不了", "x"), at: nil)))) }
  return .success((ReadFile(source: Source(path: path, text: s), format: .wenze), Array(d)))
}
struct P: Error { var d: LocatedDiagnostic }
func readPacks(in folder: String) -> ([PackSource], [LocatedDiagnostic]) { ([], []) }
func problemText_() {}
