import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether no permission is ever refused.
let isRoot = geteuid() == 0

/// Whether there is a device that takes nothing.
let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

/// Whether there is a program of that name to run.
func isInstalled(_ program: String) -> Bool {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
}

/// What became of one run of a program.
struct RunResult: Hashable, Sendable {
  /// The exit status; less than 0 is the signal that ended the program.
  var status: Int32
  var output: String
  var errors: String

  init(_ status: Int32, _ output: String, errors: String = "") {
    self.status = status
    self.output = output
    self.errors = errors
  }
}

/// A folder of its own in which one test runs the program, removed with the value.
struct Sandbox: ~Copyable {
  private let folder: URL
  /// Holds what the runs write, so that it is not among the files of the test.
  private let captures: URL

  /// Makes a folder that holds files with these texts, by path.
  init(_ files: [String: String] = [:]) throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "wenze-\(UUID().uuidString)")
    folder = root.appending(path: "work")
    captures = root.appending(path: "captures")
    for made in [folder, captures] {
      try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    }
    for (path, text) in files { try write(text, to: path) }
  }

  deinit {
    try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
  }

  // MARK: Files

  func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  func write(_ data: Data, to path: String) throws {
    let url = url(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(at: url(path), withIntermediateDirectories: true)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: url(path).path(percentEncoded: false), withDestinationPath: target)
  }

  func text(of path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }

  func data(of path: String) throws -> Data { try Data(contentsOf: url(path)) }

  /// Where a link leads; nil if it is none.
  func target(ofLink path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(
      atPath: url(path).path(percentEncoded: false))
  }

  func permissions(of path: String) throws -> Int? {
    let path = url(path).path(percentEncoded: false)
    return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  func setPermissions(_ permissions: Int, of path: String) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: permissions], ofItemAtPath: url(path).path(percentEncoded: false))
  }

  /// The names in a folder, sorted.
  func names(in path: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url(path).path(percentEncoded: false))
      .sorted()
  }

  private func url(_ path: String) -> URL { folder.appending(path: path) }

  // MARK: Runs

  /// Runs `wenze` in the folder; `input` is its standard input, nothing by default.
  func wenze(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) async throws -> RunResult {
    try await run(try builtProgram(), arguments, input: input, environment: environment)
  }

  /// Runs a script of the shell, to which `"$WENZE"` is the program.
  func shell(_ script: String) async throws -> RunResult {
    let program = try builtProgram().path(percentEncoded: false)
    return try await run(
      URL(filePath: "/bin/sh"), ["-c", script], input: nil, environment: ["WENZE": program])
  }

  private func run(
    _ program: URL, _ arguments: [String], input: String?, environment: [String: String]
  ) async throws -> RunResult {
    // Files take any amount of output, where a pipe that nobody reads would fill up.
    let output = try capture()
    let process = process(program, arguments, environment)
    process.standardInput = try self.input(input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    let errors = try capture()
    process.standardError = try FileHandle(forWritingTo: errors)
    let status = try await status(of: process)
    return RunResult(status, try read(output), errors: try read(errors))
  }

  /// Runs `wenze` with a terminal of that width as its standard output.
  func wenzeOnTerminal(
    columns: Int, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> RunResult {
    let terminal = try PseudoTerminal(columns: columns)
    let process = process(try builtProgram(), arguments, environment)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = terminal.program
    let errors = try capture()
    process.standardError = try FileHandle(forWritingTo: errors)
    async let output = terminal.text()
    let status = try await status(of: process)
    // The reading ends when nobody holds the terminal open any more.
    try terminal.program.close()
    return RunResult(status, await output, errors: try read(errors))
  }

  private func process(
    _ program: URL, _ arguments: [String], _ environment: [String: String]
  ) -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let ofUser = ["LANG", "LANGUAGE", "COLUMNS", "LINES", "NO_COLOR"]
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("LC_") && !ofUser.contains($0.key) }
      .merging(environment) { $1 }
    return process
  }

  private func status(of process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let status = ended.terminationStatus
        continuation.resume(returning: ended.terminationReason == .exit ? status : -status)
      }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  private func input(_ text: String?) throws -> FileHandle {
    guard let text else { return .nullDevice }
    let file = try capture()
    try Data(text.utf8).write(to: file)
    return try FileHandle(forReadingFrom: file)
  }

  private func read(_ capture: URL) throws -> String {
    String(decoding: try Data(contentsOf: capture), as: UTF8.self)
  }

  /// A new empty file.
  private func capture() throws -> URL {
    let file = captures.appending(path: UUID().uuidString)
    try Data().write(to: file)
    return file
  }
}

/// The program, which is built into the folder of the test bundle.
private func builtProgram() throws -> URL {
  let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
  let places =
    (bundles + CommandLine.arguments.prefix(1).map { URL(filePath: $0) })
    .map { $0.deletingLastPathComponent() } + [Bundle.main.bundleURL]
  for place in places {
    let program = place.appending(path: "wenze")
    if FileManager.default.isExecutableFile(atPath: program.path(percentEncoded: false)) {
      return program.absoluteURL
    }
  }
  throw MissingProgram(places: places.map { $0.path(percentEncoded: false) })
}

/// Nowhere near the tests is there a program to test.
private struct MissingProgram: Error {
  var places: [String]
}

/// A terminal that nobody looks at: a program writes at one end, and the test reads at the other.
private struct PseudoTerminal: Sendable {
  let program: FileHandle
  private let reader: FileHandle

  init(columns: Int) throws {
    let reading = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard reading >= 0 else { throw POSIXError(.ENXIO) }
    reader = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
    guard let name = programName(ofTerminal: reading) else { throw POSIXError(.ENXIO) }
    let writing = open(name, O_RDWR | O_NOCTTY)
    guard writing >= 0 else { throw POSIXError(.ENXIO) }
    program = FileHandle(fileDescriptor: writing, closeOnDealloc: true)
    var size = winsize()
    size.ws_row = 24
    size.ws_col = UInt16(columns)
    guard ioctl(writing, UInt(TIOCSWINSZ), &size) == 0 else { throw POSIXError(.ENXIO) }
  }

  /// All that is written until the program's end is closed, with plain line breaks.
  func text() async -> String {
    // A thread of its own may wait, where those that run the tests may not.
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: readAll()) }
    }
  }

  private func readAll() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(reader.fileDescriptor, &buffer, buffer.count)
      // Linux tells the end as an error.
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}

/// The path of the end at which a program writes, unlocked.
private func programName(ofTerminal descriptor: Int32) -> String? {
  #if os(Linux)
    // TIOCSPTLCK and TIOCGPTN: Swift does not see the functions that hide them.
    var isLocked: Int32 = 0
    var number: UInt32 = 0
    guard ioctl(descriptor, 0x4004_5431, &isLocked) == 0,
      ioctl(descriptor, 0x8004_5430, &number) == 0
    else { return nil }
    return "/dev/pts/\(number)"
  #else
    guard grantpt(descriptor) == 0, unlockpt(descriptor) == 0 else { return nil }
    return ptsname(descriptor).map { String(cString: $0) }
  #endif
}
