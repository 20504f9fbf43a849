import FoundationEssentials

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What became of a run of another program.
struct ProgramResult {
  /// The exit status; less than 0 is the signal that ended the program.
  var status: Int32
  var output: [UInt8]
  var errors: String
}

/// That another program could not be run, by the number of the system's reason.
struct ProgramError: Error {
  var number: Int32

  var isMissing: Bool { number == ENOENT }

  var reason: String { strerror(number).map { String(cString: $0) } ?? "errno \(number)" }
}

/// Runs a program of the search path to its end.
///
/// Its streams are files without a name, so that neither side ever waits for the other to read.
func runProgram(
  _ name: String, _ arguments: [String], input: [UInt8] = []
) throws(ProgramError) -> ProgramResult {
  let files = [try ScratchFile(), try ScratchFile(), try ScratchFile()]
  try files[0].fill(with: input)
  #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
  #else
    var actions = posix_spawn_file_actions_t()
  #endif
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (stream, file) in files.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(stream))
  }
  let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
  var process = pid_t()
  let problem = withCStrings([name] + arguments) { arguments in
    withCStrings(environment) { posix_spawnp(&process, name, &actions, nil, arguments, $0) }
  }
  guard problem == 0 else { throw ProgramError(number: problem) }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 {
    guard errno == EINTR else { throw ProgramError(number: errno) }
  }
  let signal = status & 0x7F
  return ProgramResult(
    status: signal == 0 ? (status >> 8) & 0xFF : -signal, output: try files[1].content(),
    errors: String(decoding: try files[2].content(), as: UTF8.self))
}

/// Calls the body with pointers to texts as C has them, ended by a null.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = texts.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress else { preconditionFailure("there is a null at least") }
    return body(start)
  }
}

/// An open file that has no name any more, so that nothing of it stays behind.
private final class ScratchFile {
  let descriptor: Int32

  init() throws(ProgramError) {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var path = Array("\(folder)/wenze-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw ProgramError(number: errno) }
    unlink(path)
    // A program gets its streams and nothing else.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  func fill(with bytes: [UInt8]) throws(ProgramError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { throw ProgramError(number: errno) }
      rest = rest.dropFirst(max(0, count))
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  func content() throws(ProgramError) -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { throw ProgramError(number: errno) }
      if count == 0 { return content }
      content += chunk.prefix(max(0, count))
    }
  }
}
