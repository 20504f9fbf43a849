import CZlib
import WenzeSyntax

/// Unpacks gzip (RFC 1952) a stretch at a time; what stands before a fault is kept.
///
/// Members that follow one another are one content, as for `gunzip`.
final class GzipUnpacker {
  /// What is wrong; nothing more is unpacked then.
  private(set) var problem: GzipProblem?
  private(set) var isAtEnd = false
  /// zlib remembers where its state lies, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let ratio: Int
  /// What is no longer than one document harms nobody, however small it was packed.
  private let harmless: Int
  private var packedCount = 0
  private var unpackedCount = 0
  private var isBetweenMembers = false
  /// Whether zlib holds more than the last stretch had room for.
  private var hasMore = false

  /// How much is unpacked at once.
  private static let stride = 1 << 18

  init(limits: ReadingLimits) {
    ratio = limits.ratio
    harmless = limits.documentBytes
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for the header and check sum of gzip.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib does not begin")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Whether bytes begin as gzip does, packed by deflate.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B, 0x08])
  }

  /// Unpacks from a position on, which moves behind what was used, and appends what comes out.
  func unpack(_ packed: [UInt8], from position: inout Int, to bytes: inout [UInt8]) {
    while !isAtEnd, position < packed.count || hasMore {
      if isBetweenMembers {
        guard startMember(packed, at: &position) else { continue }
      }
      let known = bytes.count
      let status = inflate(packed, from: &position, to: &bytes)
      unpackedCount += bytes.count - known
      switch status {
      case Z_STREAM_END: isBetweenMembers = true
      case Z_OK, Z_BUF_ERROR: break
      default: stop(.damaged(offset: packedCount))
      }
      if unpackedCount > harmless, unpackedCount / ratio > packedCount {
        stop(.tooDense(limit: ratio))
      }
      if bytes.count > known { return }
    }
  }

  /// Says that there is nothing more to unpack.
  func finish() {
    if !isAtEnd, !isBetweenMembers { problem = .truncated(offset: packedCount) }
    isAtEnd = true
  }

  private func stop(_ problem: GzipProblem) {
    self.problem = problem
    isAtEnd = true
  }

  /// Goes on to the member at the position; false where there is none.
  private func startMember(_ packed: [UInt8], at position: inout Int) -> Bool {
    switch packed[position] {
    case 0x1F:
      inflateReset(stream)
      isBetweenMembers = false
      return true
    case 0:
      // Tapes are filled up with zeros.
      position += 1
      packedCount += 1
    default: stop(.followed(offset: packedCount))
    }
    return false
  }

  private func inflate(
    _ packed: [UInt8], from position: inout Int, to bytes: inout [UInt8]
  ) -> Int32 {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: GzipUnpacker.stride))
    var status = Z_OK
    packed.withUnsafeBufferPointer { input in
      bytes.withUnsafeMutableBufferPointer { output in
        guard let from = input.baseAddress, let to = output.baseAddress else { return }
        // zlib only reads there; its header does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: from + position)
        stream.pointee.avail_in = UInt32(clamping: input.count - position)
        stream.pointee.next_out = to + start
        stream.pointee.avail_out = UInt32(GzipUnpacker.stride)
        let available = stream.pointee.avail_in
        status = CZlib.inflate(stream, Z_NO_FLUSH)
        let used = Int(available - stream.pointee.avail_in)
        position += used
        packedCount += used
      }
    }
    hasMore = status == Z_OK && stream.pointee.avail_out == 0
    bytes.removeLast(Int(stream.pointee.avail_out))
    return status
  }
}

/// What is wrong with a compressed file.
package enum GzipProblem: Hashable, Sendable {
  /// It ends too early, after this many bytes.
  case truncated(offset: Int)
  /// It cannot be unpacked further from about this byte on.
  case damaged(offset: Int)
  /// Something that is not gzip follows it.
  case followed(offset: Int)
  /// It unpacks to more than this many times its size.
  case tooDense(limit: Int)
}

// MARK: - Words

extension GzipProblem {
  /// What to tell the user, without a place in a text.
  var diagnostic: Diagnostic {
    switch self {
    case .truncated(let offset):
      Diagnostic(
        "D0111", .error,
        Bilingual(
          "压缩文件不完整，到 \(offset) 字节为止；只读取了前面的内容",
          "the compressed file is cut off after \(offset) bytes; only what stands before is read"),
        at: nil, notes: [Bilingual("重新复制或者下载这个文件", "copy or download the file again")])
    case .damaged(let offset):
      Diagnostic(
        "D0112", .error,
        Bilingual(
          "压缩文件在第 \(offset) 字节附近损坏；只读取了前面的内容",
          "the compressed file is damaged near byte \(offset); only what stands before is read"),
        at: nil,
        notes: [
          Bilingual(
            "用 gzip -t 检查；重新复制或者下载这个文件", "test it with gzip -t; copy or download the file again")
        ])
    case .followed(let offset):
      Diagnostic(
        "D0113", .warning,
        Bilingual(
          "压缩内容在第 \(offset) 字节结束，后面的内容未读取",
          "the compressed content ends at byte \(offset); what follows is not read"), at: nil,
        notes: [Bilingual("检查文件是否拼接有误", "see whether files were joined wrongly")])
    case .tooDense(let limit):
      Diagnostic(
        "D0114", .error,
        Bilingual(
          "压缩文件解开后超过自身的 \(limit) 倍，其余未读取",
          "the compressed file unpacks to more than \(limit) times its size; the rest is not read"),
        at: nil,
        notes: [
          Bilingual(
            "确认文件来源可靠后，用 --limit ratio=N 调高上限",
            "if the file can be trusted, raise the limit with --limit ratio=N")
        ])
    }
  }
}
