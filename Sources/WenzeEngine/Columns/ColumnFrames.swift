/// The rows of the frames of a program over one batch.
struct ColumnFrames {
  private let program: ColumnProgram
  private let batch: ColumnBatch
  private(set) var rows: [FrameRows?]

  /// The rows of a frame.
  struct FrameRows {
    var count: Int
    /// The row of the parent that each stands below.
    var parents: [Int32]
    /// The element that each is; −1 for one that the document may have.
    var elements: [Int32]
    /// Where the rows of each row of the parent begin, and where those of the last end.
    var offsets: [Int32]
    /// Whether each row is the row of that number of its table, and stands below the row of the
    /// table above that has it.
    var isWholeTable: Bool
  }

  init(program: ColumnProgram, batch: ColumnBatch) {
    self.program = program
    self.batch = batch
    rows = program.frames.map { _ in nil }
    rows[0] = FrameRows(
      count: batch.count, parents: [], elements: [], offsets: [], isWholeTable: true)
  }

  /// The rows of a frame, made when first asked for.
  mutating func rows(of frame: Int) -> FrameRows {
    if let known = rows[frame] { return known }
    let made = makeRows(of: program.frames[frame])
    rows[frame] = made
    return made
  }

  private mutating func makeRows(of frame: ColumnProgram.Frame) -> FrameRows {
    let parent = frame.parent ?? 0
    let above = rows(of: parent)
    let owners = elements(of: frame.owner, from: parent)
    let table = batch.tables[frame.table]
    var result = FrameRows(
      count: 0, parents: [], elements: [], offsets: [0], isWholeTable: false)
    var isWhole = frame.owner == parent && above.isWholeTable
    for row in 0..<above.count {
      let owner = owners.map { Int($0[row]) } ?? row
      if owner >= 0 {
        for element in table.offsets[owner]..<table.offsets[owner + 1] {
          result.parents.append(Int32(row))
          result.elements.append(element)
        }
      }
      if mayLackElements(owner, in: table, frame.hypothetical) {
        result.parents.append(Int32(row))
        result.elements.append(-1)
        isWhole = false
      }
      result.offsets.append(Int32(result.parents.count))
    }
    result.count = result.parents.count
    result.isWholeTable = isWhole
    return result
  }

  /// Whether a list has a row for an element that it may have.
  private func mayLackElements(
    _ owner: Int, in table: ColumnBatch.Rows,
    _ hypothetical: ColumnProgram.Frame.Hypothetical
  ) -> Bool {
    if hypothetical == .never { return false }
    guard owner >= 0 else { return true }
    return table.isMarkedOpen[owner]
      || table.isOpen[owner]
        && (hypothetical == .whereOpen || table.offsets[owner] == table.offsets[owner + 1])
  }

  /// For each row of a frame the element that the row of a frame above it is; nil where each is its
  /// own number.
  mutating func elements(of ancestor: Int, from frame: Int) -> [Int32]? {
    let below = rows(of: ancestor)
    guard let up = ancestors(ancestor, from: frame) else {
      return below.isWholeTable ? nil : below.elements
    }
    return below.isWholeTable ? up : up.map { below.elements[Int($0)] }
  }

  /// For each row of a frame the row of a frame above it; nil where the two are the same.
  mutating func ancestors(_ ancestor: Int, from frame: Int) -> [Int32]? {
    if ancestor == frame { return nil }
    let here = rows(of: frame)
    guard let parent = program.frames[frame].parent, parent != ancestor else { return here.parents }
    guard let above = ancestors(ancestor, from: parent) else { return here.parents }
    return here.parents.map { above[Int($0)] }
  }

  /// Whether the list of each row of a frame's parent may have elements that are not recorded.
  mutating func openness(of frame: Int) -> [Bool] {
    let spec = program.frames[frame]
    let parent = spec.parent ?? 0
    let table = batch.tables[spec.table]
    guard let owners = elements(of: spec.owner, from: parent) else { return table.isOpen }
    return owners.map { $0 < 0 || table.isOpen[Int($0)] }
  }
}
