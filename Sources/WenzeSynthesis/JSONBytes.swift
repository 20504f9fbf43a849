/// Text in the making, as bytes: JSON or XML that is written piece by piece.
struct JSONBytes {
  var bytes: [UInt8] = []
  /// Whether a member or an element of the innermost object or list came before.
  private var needsComma = false

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  // MARK: - Pieces

  @inline(__always)
  mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always)
  mutating func raw(_ text: [UInt8]) {
    bytes.append(contentsOf: text)
  }

  mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func digits(_ number: Int, width: Int = 1) {
    var divisor = 1
    var places = 1
    while number / divisor >= 10 || places < width {
      divisor *= 10
      places += 1
    }
    while divisor > 0 {
      bytes.append(0x30 + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  mutating func day(_ day: Day, in calendar: Calendar) {
    let parts = calendar.parts(of: day)
    digits(parts.year, width: 4)
    bytes.append(0x2D)
    digits(parts.month, width: 2)
    bytes.append(0x2D)
    digits(parts.day, width: 2)
  }

  // MARK: - JSON

  mutating func open(_ bracket: UInt8) {
    if needsComma { bytes.append(0x2C) }
    bytes.append(bracket)
    needsComma = false
  }

  mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  mutating func openObject() { open(0x7B) }
  mutating func closeObject() { close(0x7D) }
  mutating func openList() { open(0x5B) }
  mutating func closeList() { close(0x5D) }

  /// Writes the name of a member; its value follows.
  @inline(__always)
  mutating func key(_ name: StaticString) {
    if needsComma { bytes.append(0x2C) }
    bytes.append(0x22)
    raw(name)
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }

  mutating func key(_ name: String) {
    if needsComma { bytes.append(0x2C) }
    quoted(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// Begins a text without marks that want escaping; pieces of it follow.
  @inline(__always)
  mutating func openText() {
    if needsComma { bytes.append(0x2C) }
    bytes.append(0x22)
  }

  @inline(__always)
  mutating func closeText() {
    bytes.append(0x22)
    needsComma = true
  }

  @inline(__always)
  mutating func text(_ text: StaticString) {
    openText()
    raw(text)
    closeText()
  }

  @inline(__always)
  mutating func text(_ text: [UInt8]) {
    openText()
    raw(text)
    closeText()
  }

  /// Writes any text, with its marks escaped.
  mutating func text(_ text: String) {
    if needsComma { bytes.append(0x2C) }
    quoted(text)
    needsComma = true
  }

  private mutating func quoted(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }

  mutating func integer(_ number: Int) {
    if needsComma { bytes.append(0x2C) }
    if number < 0 { bytes.append(0x2D) }
    digits(abs(number))
    needsComma = true
  }

  /// Writes a number with four places behind the point.
  mutating func decimal(_ number: Double) {
    if needsComma { bytes.append(0x2C) }
    if number < 0 { bytes.append(0x2D) }
    let scaled = Int((abs(number) * 10_000).rounded())
    digits(scaled / 10_000)
    bytes.append(0x2E)
    digits(scaled % 10_000, width: 4)
    needsComma = true
  }

  @inline(__always)
  mutating func boolean(_ value: Bool) {
    if needsComma { bytes.append(0x2C) }
    raw(value ? "true" : "false")
    needsComma = true
  }

  @inline(__always)
  mutating func date(_ date: Day, in calendar: Calendar) {
    openText()
    day(date, in: calendar)
    closeText()
  }

  // MARK: - Members

  @inline(__always)
  mutating func member(_ name: StaticString, _ value: StaticString) {
    key(name)
    text(value)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    boolean(value)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    integer(value)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ value: [UInt8]) {
    key(name)
    text(value)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ value: Day, in calendar: Calendar) {
    key(name)
    date(value, in: calendar)
  }

  /// Ends a document of a stream.
  mutating func endLine() {
    bytes.append(0x0A)
    needsComma = false
  }
}
