/// Decodes GB18030, its four-byte codes included.
///
/// The mapping is that of Python's `gb18030` codec; see `GB18030Table`. A byte order mark at the
/// start is dropped.
func decodeGB18030(_ bytes: [UInt8]) throws(UndecodableBytes) -> String {
  var utf8: [UInt8] = []
  utf8.reserveCapacity(bytes.count + bytes.count / 2)
  var index = bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) ? 4 : 0
  while index < bytes.count {
    let byte = bytes[index]
    if byte < 0x80 {
      utf8.append(byte)
      index += 1
      continue
    }
    let code = GB18030Code(of: bytes, at: index)
    guard let scalar = code.scalar, let encoded = UTF8.encode(scalar) else {
      throw UndecodableBytes(index..<index + code.length, of: bytes, encoding: .gb18030)
    }
    utf8.append(contentsOf: encoded)
    index += code.length
  }
  return String(decoding: utf8, as: UTF8.self)
}

/// The code of one character beyond ASCII: two or four bytes.
private struct GB18030Code {
  /// How many bytes belong to it, even if they have no meaning.
  var length: Int
  /// Its character; nil if the bytes have none.
  var scalar: Unicode.Scalar?

  init(of bytes: [UInt8], at index: Int) {
    let lead = bytes[index]
    guard lead >= 0x81, lead <= 0xFE, index + 1 < bytes.count else {
      self.init(length: 1, scalar: nil)
      return
    }
    let trail = bytes[index + 1]
    switch trail {
    case 0x30...0x39:
      let length = min(4, bytes.count - index)
      guard length == 4, case 0x81...0xFE = bytes[index + 2],
        case 0x30...0x39 = bytes[index + 3]
      else {
        self.init(length: length, scalar: nil)
        return
      }
      let upper = Int(lead - 0x81) * 10 + Int(trail - 0x30)
      let lower = Int(bytes[index + 2] - 0x81) * 10 + Int(bytes[index + 3] - 0x30)
      self.init(length: 4, scalar: Self.fourByteScalar(upper * 1_260 + lower))
    case 0x40...0x7E, 0x80...0xFE:
      let column = Int(trail) - (trail < 0x7F ? 0x40 : 0x41)
      let unit = Self.twoByteUnits[Int(lead - 0x81) * 190 + column]
      self.init(length: 2, scalar: Unicode.Scalar(unit))
    default:
      self.init(length: 2, scalar: nil)
    }
  }

  private init(length: Int, scalar: Unicode.Scalar?) {
    self.length = length
    self.scalar = scalar
  }

  /// The character of a four-byte code, numbered from 81 30 81 30.
  private static func fourByteScalar(_ number: Int) -> Unicode.Scalar? {
    switch number {
    case 0..<39_420:
      var low = 0
      var high = GB18030Table.fourByteRuns.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(GB18030Table.fourByteRuns[middle] >> 16) <= number {
          low = middle
        } else {
          high = middle
        }
      }
      let run = GB18030Table.fourByteRuns[low]
      return Unicode.Scalar((run & 0xFFFF) + UInt32(number) - (run >> 16))
    case 189_000..<189_000 + 0x10_0000: return Unicode.Scalar(UInt32(number - 189_000 + 0x1_0000))
    default: return nil
    }
  }

  private static let twoByteUnits = [UInt16](
    GB18030Table.twoByte.description.unicodeScalars.map { UInt16($0.value) })
}
