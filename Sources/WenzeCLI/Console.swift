import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal and the environment: the one place that prints.
enum Console {
  /// The language of the interface: `--lang`, else the locale, else Chinese.
  ///
  /// It is settled before arguments are parsed, since help is written in it too.
  static let language: Language = {
    let arguments = CommandLine.arguments
    // Of two, the parser takes the last.
    for (index, argument) in arguments.enumerated().reversed() {
      if argument.hasPrefix("--lang="),
        let language = Language(rawValue: String(argument.dropFirst("--lang=".count)))
      {
        return language
      }
      if argument == "--lang", index + 1 < arguments.count,
        let language = Language(rawValue: arguments[index + 1])
      {
        return language
      }
    }
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = environment(variable), !value.isEmpty else { continue }
      if ["C", "POSIX"].contains(value.prefix { $0 != "." }) { return .chinese }
      return value.hasPrefix("zh") ? .chinese : .english
    }
    return .chinese
  }()

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The width of the terminal in columns, or nil where output goes elsewhere.
  ///
  /// `COLUMNS` is what the user wants instead of the width that there is.
  static var width: Int? { width(of: STDOUT_FILENO) }

  /// The same of standard error.
  static var errorWidth: Int? { width(of: STDERR_FILENO) }

  private static func width(of descriptor: Int32) -> Int? {
    guard isatty(descriptor) == 1 else { return nil }
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes to standard output; that a reader went away is no reason to complain.
  static func write(_ text: String) {
    guard let problem = emit(text, to: STDOUT_FILENO), problem != EPIPE else { return }
    let reason = strerror(problem).map { String(cString: $0) } ?? "errno \(problem)"
    complain(say("错误：不能写标准输出：\(reason)", "Error: cannot write standard output: \(reason)"))
    exit(2)
  }

  /// Writes a line to standard error; a report does not fail for want of it.
  static func complain(_ text: String) {
    _ = emit(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Writes the whole of a text; the system's number of what prevented it, or nil.
  static func emit(_ text: String, to descriptor: Int32) -> Int32? {
    emit(Array(text.utf8), to: descriptor)
  }

  /// Writes all bytes; the system's number of what prevented it, or nil.
  static func emit(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        // Another program set the stream not to wait.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// Today's date in the zone of the machine.
  static var today: (year: Int, month: Int, day: Int) {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }

  /// The time in UTC: `SOURCE_DATE_EPOCH` where that holds seconds, else the clock's.
  static var timestamp: String {
    var now = environment("SOURCE_DATE_EPOCH").flatMap { time_t($0) } ?? time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    func padded(_ number: Int32, _ count: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    let day =
      "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    return day + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
  }

  /// Writes to standard error as it is, for what a terminal shows for a moment.
  static func show(_ text: String) {
    _ = emit(text, to: STDERR_FILENO)
  }

  /// The number of processors that the program may use.
  static var processorCount: Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Lets a closed pipe be an error of the write, not the end of the process.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
