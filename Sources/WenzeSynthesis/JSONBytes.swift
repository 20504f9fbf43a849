/// Text in the making, as bytes: JSON or XML that is written piece by piece.
///
/// It owns its memory, since an array asks at every piece whether it is the only owner: with arrays
/// an archive takes twice the time.
struct JSONBytes: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  /// Whether a member or an element of the innermost object or list came before.
  private var needsComma = false

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit {
    start.deallocate()
  }

  /// The bytes so far.
  var bytes: [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// The text between two counts of bytes.
  func text(from begin: Int, to end: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: start + begin, count: end - begin), as: UTF8.self)
  }

  mutating func removeAll() {
    count = 0
  }

  // MARK: - Pieces

  @inline(__always)
  private mutating func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
    if length > capacity - count { grow(by: length) }
    (start + count).update(from: source, count: length)
    count += length
  }

  @inline(never)
  private mutating func grow(by length: Int) {
    capacity = max(capacity * 2, count + length)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func raw(_ text: StaticString) {
    append(text.utf8Start, text.utf8CodeUnitCount)
  }

  @inline(__always)
  mutating func raw(_ text: [UInt8]) {
    text.withUnsafeBufferPointer { text in
      if let first = text.baseAddress { append(first, text.count) }
    }
  }

  // Texts that are not known beforehand have a label, or every literal would be taken for one.
  mutating func raw(string text: String) {
    for byte in text.utf8 { append(byte) }
  }

  mutating func digits(_ number: Int, width: Int = 1) {
    let number = UInt(number)
    var places = 1
    var bound: UInt = 10
    while number >= bound || places < width {
      bound *= 10
      places += 1
    }
    if places > capacity - count { grow(by: places) }
    var rest = number
    for place in stride(from: places - 1, through: 0, by: -1) {
      start[count + place] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
    count += places
  }

  mutating func day(_ day: Day, in calendar: Calendar) {
    let text = calendar.text(of: day)
    if capacity - count < 10 { grow(by: 10) }
    let place = UnsafeMutableRawPointer(start + count)
    place.storeBytes(of: text.yearAndMonth, as: UInt64.self)
    (place + 8).storeBytes(of: text.day, as: UInt16.self)
    count += 10
  }

  // MARK: - JSON

  mutating func open(_ bracket: UInt8) {
    if needsComma { append(0x2C) }
    append(bracket)
    needsComma = false
  }

  mutating func close(_ bracket: UInt8) {
    append(bracket)
    needsComma = true
  }

  mutating func openObject() { open(0x7B) }
  mutating func closeObject() { close(0x7D) }
  mutating func openList() { open(0x5B) }
  mutating func closeList() { close(0x5D) }

  /// Writes the name of a member; its value follows.
  @inline(__always)
  mutating func key(_ name: StaticString) {
    raw(needsComma ? ",\"" : "\"")
    raw(name)
    raw("\":")
    needsComma = false
  }

  mutating func key(string name: String) {
    if needsComma { append(0x2C) }
    quoted(name)
    append(0x3A)
    needsComma = false
  }

  /// Begins a text without marks that want escaping; pieces of it follow.
  @inline(__always)
  mutating func openText() {
    raw(needsComma ? ",\"" : "\"")
  }

  @inline(__always)
  mutating func closeText() {
    append(0x22)
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
  mutating func text(string text: String) {
    if needsComma { append(0x2C) }
    quoted(text)
    needsComma = true
  }

  private mutating func quoted(_ text: String) {
    append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C:
        append(0x5C)
        append(byte)
      case 0x0A: raw("\\n")
      default: append(byte)
      }
    }
    append(0x22)
  }

  mutating func integer(_ number: Int) {
    if needsComma { append(0x2C) }
    if number < 0 { append(0x2D) }
    digits(abs(number))
    needsComma = true
  }

  /// Writes a number with four places behind the point.
  mutating func decimal(_ number: Double) {
    if needsComma { append(0x2C) }
    if number < 0 { append(0x2D) }
    let scaled = Int((abs(number) * 10_000).rounded())
    digits(scaled / 10_000)
    append(0x2E)
    digits(scaled % 10_000, width: 4)
    needsComma = true
  }

  @inline(__always)
  mutating func boolean(_ value: Bool) {
    if needsComma { append(0x2C) }
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
    append(0x0A)
    needsComma = false
  }
}
