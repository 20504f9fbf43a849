#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written from its beginning; `-` is standard output.
struct OutputFile {
  private let path: String
  private let descriptor: Int32

  init(path: String) throws(OutputError) {
    self.path = path
    descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw OutputError(path) }
  }

  func write(_ bytes: [UInt8]) throws(OutputError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        all.baseAddress.map { systemWrite(descriptor, $0 + done, all.count - done) } ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputError(path) }
      done += count
    }
  }

  func close() throws(OutputError) {
    guard descriptor == 1 || systemClose(descriptor) == 0 else { throw OutputError(path) }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let file = try OutputFile(path: path)
    try file.write(bytes)
    try file.close()
  }
}

/// A file that could not be written.
struct OutputError: Error, CustomStringConvertible {
  let description: String

  /// Says what the system says of its last call.
  init(_ path: String) {
    let reason = strerror(errno).map { String(cString: $0) } ?? "errno \(errno)"
    description = "cannot write `\(path)`: \(reason)"
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}

private func systemClose(_ file: Int32) -> Int32 {
  close(file)
}
