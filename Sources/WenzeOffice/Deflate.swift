import CZlib

/// Packs and unpacks with deflate (RFC 1951), as the parts of archives are.
enum Deflate {
  /// Unpacks into no more than a number of bytes; nil if the bytes are not packed so, or do not end
  /// as they should, or unpack to another size.
  static func unpacked(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
    // An empty buffer has no address to write to.
    var bytes = [UInt8](repeating: 0, count: max(1, count))
    var stream = z_stream()
    guard
      inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    let status = run(&stream, packed, into: &bytes) { inflate($0, Z_NO_FLUSH) }
    guard status == Z_STREAM_END, stream.total_out == count else { return nil }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Packs, the same bytes always into the same; nil for what no archive can hold.
  static func packed(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count < UInt32.max else { return nil }
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let status = run(&stream, bytes[...], into: &packed) { deflate($0, Z_FINISH) }
    guard status == Z_STREAM_END else { return nil }
    packed.removeLast(packed.count - Int(stream.total_out))
    return packed
  }

  /// The check sum of archives.
  static func checkSum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }

  /// Runs a stream from some bytes into others, in stretches that zlib can count.
  private static func run(
    _ stream: inout z_stream, _ input: ArraySlice<UInt8>, into output: inout [UInt8],
    _ step: (UnsafeMutablePointer<z_stream>) -> Int32
  ) -> Int32 {
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var status = Z_OK
        var read = 0
        var written = 0
        while status == Z_OK {
          // zlib only reads there; its header does not say so.
          stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + read })
          stream.avail_in = UInt32(clamping: input.count - read)
          stream.next_out = output.baseAddress.map { $0 + written }
          stream.avail_out = UInt32(clamping: output.count - written)
          let (offered, room) = (stream.avail_in, stream.avail_out)
          status = withUnsafeMutablePointer(to: &stream) { step($0) }
          read += Int(offered - stream.avail_in)
          written += Int(room - stream.avail_out)
          if offered == stream.avail_in, room == stream.avail_out { break }
        }
        return status
      }
    }
  }
}
