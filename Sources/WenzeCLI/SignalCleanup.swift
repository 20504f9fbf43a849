#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lets signals that end the program leave no temporary file behind.
///
/// What removes them must not run in a handler: it only tells a thread, which does the rest.
/// Blocking signals would not do, as the main thread of an asynchronous program unblocks all.
enum SignalCleanup {
  /// Starts to wait for signals.
  static func start() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    ends = ends.map(aboveStandardStreams)
    guard ends.allSatisfy({ $0 >= 0 }) else { return }
    handlerPipe = ends[1]
    guard startThread(reading: ends[0]) else { return }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // What the user had ignored, as `nohup` does, stays ignored.
      let former = signal(number, noteSignal)
      if isIgnoring(former) { signal(number, SIG_IGN) }
    }
  }

  /// The same end under another number, if it got that of a standard stream that was closed.
  private static func aboveStandardStreams(_ end: Int32) -> Int32 {
    guard end <= STDERR_FILENO else { return end }
    let other = fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    close(end)
    return other
  }

  private static func startThread(reading end: Int32) -> Bool {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let argument = UnsafeMutableRawPointer(bitPattern: Int(end) + 1)
    return pthread_create(&thread, nil, { SignalCleanup.wait(at: $0) }, argument) == 0
  }

  /// Waits for the number of a signal, and ends the program.
  private static func wait(at argument: UnsafeMutableRawPointer?) -> Never {
    let end = Int32(Int(bitPattern: argument) - 1)
    var number: UInt8 = 0
    while read(end, &number, 1) != 1 {}
    let signal = Int32(number)
    Temporaries.end { die(of: signal) }
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Ends the program as the signal would have.
  private static func die(of number: Int32) -> Never {
    signal(number, SIG_DFL)
    kill(getpid(), number)
    // Another thread may be the one that takes it.
    sleep(1)
    _exit(128 + number)
  }
}

/// Where the handler writes; set once, before there is a handler.
nonisolated(unsafe) private var handlerPipe: Int32 = -1

private func noteSignal(_ number: Int32) {
  let problem = errno
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(handlerPipe, &byte, 1)
  errno = problem
}
