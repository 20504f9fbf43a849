#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lets signals that end the program leave no temporary file behind.
enum SignalCleanup {
  /// Starts to wait for signals; called before any other thread is started.
  ///
  /// A thread of its own takes them, so that it may do what a handler must not.
  static func start() {
    var signals = endingSignals()
    // Other threads inherit that they do not get them.
    guard pthread_sigmask(SIG_BLOCK, &signals, nil) == 0 else { return }
    let code = startThread()
    if code != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
  }

  private static func startThread() -> Int32 {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    return pthread_create(&thread, nil, { _ in SignalCleanup.wait() }, nil)
  }

  /// Waits for a signal, and ends the program.
  private static func wait() -> Never {
    var signals = endingSignals()
    var number: Int32 = 0
    while sigwait(&signals, &number) != 0 {}
    let signal = number
    Temporaries.end { die(of: signal) }
  }

  private static func endingSignals() -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // What the user had ignored, as `nohup` does, stays ignored.
      var action = sigaction()
      if sigaction(number, nil, &action) == 0, isIgnored(action) { continue }
      sigaddset(&signals, number)
    }
    return signals
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #else
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #endif
  }

  /// Ends the program as the signal would have.
  private static func die(of number: Int32) -> Never {
    signal(number, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    pthread_kill(pthread_self(), number)
    _exit(128 + number)
  }
}
