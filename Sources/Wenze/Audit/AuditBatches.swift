import WenzeEngine
import WenzeInput

/// What workers turn into a part.
enum AuditBatch: Sendable {
  case input(InputBatch)
  case unreadable(InputError)
  case partial(PartialChunk)

  var byteCount: Int {
    switch self {
    case .input(let batch): batch.byteCount
    case .unreadable: 0
    case .partial(let chunk): chunk.bytes.count
    }
  }
}

/// Gives the batches of an audit in their order.
protocol AuditBatchSource: AnyObject {
  /// The number of bytes that there are in all; nil where only reading tells.
  var byteCount: Int? { get }

  func next() throws -> AuditBatch?
}

/// The batches of documents in files and folders.
final class DocumentBatches: AuditBatchSource {
  let byteCount: Int?
  private let batches: InputBatches
  private var problems: ArraySlice<InputError>

  init(paths: [String], limits: ReadingLimits) {
    let (files, problems) = findInputs(inOrder: paths)
    self.problems = problems[...]
    batches = InputBatches(of: files, limits: limits)
    let sizes = files.map { inputSize(of: $0) }
    byteCount = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  func next() -> AuditBatch? {
    if let problem = problems.popFirst() { return .unreadable(problem) }
    switch batches.next() {
    case .success(let batch): return .input(batch)
    case .failure(let error): return .unreadable(error)
    case nil: return nil
    }
  }
}
