import CYaml
import WenzeSyntax

/// One step of a YAML text: something begins, ends or simply stands there.
struct YAMLEvent {
  var kind: Kind
  var range: SourceRange

  enum Kind {
    case documentStart
    case documentEnd
    case scalar(Scalar)
    case alias(String)
    case start(Collection)
    case end
  }

  struct Scalar {
    var text: String
    /// Whether it stands without quotation marks, on one line or folded.
    var isPlain: Bool
    var tag: String?
    var anchor: String?
  }

  struct Collection {
    var isMapping: Bool
    /// Whether it is written in brackets.
    var isFlow: Bool
    var tag: String?
    var anchor: String?
  }
}

/// Why libyaml cannot go on, in its own words.
struct YAMLFailure: Error {
  var problem: String
  var range: SourceRange

  /// Whether there is more nesting than libyaml allows.
  var isTooDeep: Bool { problem.contains("Maximum nesting level") }
}

/// Takes a YAML text apart with libyaml, the parser inside Yams.
struct YAMLEvents {
  private let bytes: [UInt8]
  private let text: Range<Int>
  /// Where the last mark was, in bytes and in Unicode scalars, the unit of libyaml.
  private var offset: Int
  private var scalarIndex = 0

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    text = range
    offset = range.lowerBound
  }

  /// Hands every event to `body`, until the end, a failure, or until `body` returns false.
  ///
  /// The result is the offset at which it stopped; nil at the end.
  mutating func readAll(_ body: (Result<YAMLEvent, YAMLFailure>) -> Bool) -> Int? {
    // The parser keeps pointers to itself and to the text, so that neither may move.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return nil }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    return bytes[text].withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
          let failure = failure(of: parser.pointee)
          _ = body(.failure(failure))
          return failure.range.start
        }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return nil }
        guard let kind = YAMLEvent.Kind(event) else { continue }
        let range = SourceRange(offset(of: event.start_mark), offset(of: event.end_mark))
        guard body(.success(YAMLEvent(kind: kind, range: range))) else { return range.start }
      }
    }
  }

  private mutating func failure(of parser: yaml_parser_t) -> YAMLFailure {
    let place =
      parser.error == YAML_READER_ERROR
      ? min(text.lowerBound + parser.problem_offset, text.upperBound)
      : offset(of: parser.problem_mark)
    let words = [parser.context, parser.problem].compactMap { $0.map { String(cString: $0) } }
    return YAMLFailure(
      problem: words.isEmpty ? "out of memory" : words.joined(separator: ", "),
      range: SourceRange(place, place))
  }

  /// The offset of a mark, reached from the last one, since marks stand close together.
  private mutating func offset(of mark: yaml_mark_t) -> Int {
    while scalarIndex < mark.index, offset < text.upperBound {
      offset += 1
      while offset < text.upperBound, UTF8.isContinuation(bytes[offset]) { offset += 1 }
      scalarIndex += 1
    }
    while scalarIndex > mark.index, offset > text.lowerBound {
      offset -= 1
      while offset > text.lowerBound, UTF8.isContinuation(bytes[offset]) { offset -= 1 }
      scalarIndex -= 1
    }
    return offset
  }
}

extension YAMLEvent.Kind {
  /// The event as libyaml tells it; nil at the beginning of the stream.
  fileprivate init?(_ event: yaml_event_t) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: self = .end
    case YAML_ALIAS_EVENT: self = .alias(string(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      self = .scalar(
        YAMLEvent.Scalar(
          text: String(decoding: bytes, as: UTF8.self),
          isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, tag: string(scalar.tag),
          anchor: string(scalar.anchor)))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      self = .start(
        YAMLEvent.Collection(
          isMapping: false, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE,
          tag: string(sequence.tag), anchor: string(sequence.anchor)))
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      self = .start(
        YAMLEvent.Collection(
          isMapping: true, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE,
          tag: string(mapping.tag), anchor: string(mapping.anchor)))
    default: return nil
    }
  }
}

private func string(_ pointer: UnsafePointer<UInt8>?) -> String? {
  pointer.map { String(cString: $0) }
}

private func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
  string(UnsafePointer(pointer))
}
