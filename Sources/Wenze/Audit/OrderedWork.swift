/// How many batches, for each job, may wait for an earlier one.
private let window = 4

/// Works on batches side by side, and takes the results in the order of the batches.
///
/// - Parameters:
///   - jobs: how many batches are worked on at a time.
///   - next: gives the batches; it is called by one task only.
///   - work: what is done with a batch, on any thread.
///   - take: what is done with each result; it is called by the same task as `next`.
///   - progress: called whenever a batch is done.
/// - Throws: what any of them throws; work that was begun is cancelled.
nonisolated(nonsending) func inOrder<Batch: Sendable, Result: Sendable>(
  jobs: Int, next: () throws -> Batch?, work: @escaping @Sendable (Batch) throws -> Result,
  take: (Result) throws -> Void, progress: () -> Void = {}
) async throws {
  try await withThrowingTaskGroup(of: (Int, Result).self) { tasks in
    var started = 0
    var finished = 0
    var written = 0
    var waiting: [Int: Result] = [:]
    /// Takes the next result, and hands on all whose turn it is.
    func collect() async throws {
      guard let (number, result) = try await tasks.next() else { return }
      finished += 1
      waiting[number] = result
      while let next = waiting.removeValue(forKey: written) {
        try take(next)
        written += 1
      }
      progress()
    }
    while let batch = try next() {
      while started - finished >= jobs || started - written >= jobs * window {
        try await collect()
      }
      let number = started
      tasks.addTask { (number, try work(batch)) }
      started += 1
    }
    while finished < started { try await collect() }
  }
}
