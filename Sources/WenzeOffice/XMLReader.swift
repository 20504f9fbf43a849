import CExpat
import WenzeSyntax

/// Reads a text in XML with expat, and hands on what it comes by.
///
/// Office files declare no document type, and entities are what harm is done with: a text that
/// declares one is refused.
///
/// - Parameters:
///   - bytes: the text, in UTF-8 if ranges are to be of use.
///   - handle: called for every event, in the order of the text.
/// - Throws: what is wrong with the text, or whatever `handle` throws.
package func readXML(
  _ bytes: [UInt8], _ handle: (XMLEvent) throws(XMLProblem) -> Void
) throws(XMLProblem) {
  let problem: XMLProblem? = withoutActuallyEscaping(handle) { handle in
    let reader = XMLReader(handle)
    reader.read(bytes)
    return reader.problem
  }
  if let problem { throw problem }
}

/// What stands between expat and a handler of events.
private final class XMLReader {
  private(set) var problem: XMLProblem?
  private let handle: (XMLEvent) throws(XMLProblem) -> Void
  private let parser: XML_Parser?
  /// Text that may go on.
  private var text: [UInt8] = []
  private var textRange: Range<Int>?
  /// Most names are of the namespace of the name before.
  private var namespace = ""

  /// What stands between the parts of a name; no namespace has it.
  private static let separator = UInt8(ascii: "\n")
  /// How much expat is given at once; it counts in 32 bits.
  private static let stride = 1 << 24

  init(_ handle: @escaping (XMLEvent) throws(XMLProblem) -> Void) {
    self.handle = handle
    parser = XML_ParserCreateNS(nil, XML_Char(XMLReader.separator))
  }

  deinit {
    if let parser { XML_ParserFree(parser) }
  }

  func read(_ bytes: [UInt8]) {
    guard let parser else { return stop(Bilingual("内存不足", "there is no memory left")) }
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    setHandlers(of: parser)
    var offset = 0
    repeat {
      let end = min(offset + XMLReader.stride, bytes.count)
      let status = bytes[offset..<end].withUnsafeBytes { part in
        XML_Parse(
          parser, part.bindMemory(to: CChar.self).baseAddress, Int32(part.count),
          end == bytes.count ? 1 : 0)
      }
      if status != XML_STATUS_OK {
        if problem == nil { stop(words(for: XML_GetErrorCode(parser))) }
        return
      }
      offset = end
    } while offset < bytes.count
  }

  private func setHandlers(of parser: XML_Parser) {
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data, let name else { return }
        XMLReader.of(data).start(name, attributes)
      },
      { data, name in
        guard let data, let name else { return }
        XMLReader.of(data).end(name)
      })
    XML_SetCharacterDataHandler(parser) { data, characters, count in
      guard let data, let characters else { return }
      XMLReader.of(data).add(UnsafeBufferPointer(start: characters, count: Int(count)))
    }
    // The marks around unparsed text belong to its range.
    XML_SetCdataSectionHandler(
      parser,
      { data in if let data { XMLReader.of(data).add(UnsafeBufferPointer(start: nil, count: 0)) } },
      { data in if let data { XMLReader.of(data).add(UnsafeBufferPointer(start: nil, count: 0)) } })
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let data else { return }
      XMLReader.of(data).stop(
        Bilingual(
          "有文档类型声明（DOCTYPE），Office 文件不应该有，可能是恶意文件",
          "there is a document type declaration, which office files have none of; it may be made to do harm"
        ))
    }
  }

  private static func of(_ data: UnsafeMutableRawPointer) -> XMLReader {
    Unmanaged<XMLReader>.fromOpaque(data).takeUnretainedValue()
  }

  // MARK: - Events

  /// The bytes that expat is at.
  private var range: Range<Int> {
    guard let parser else { return 0..<0 }
    let start = max(0, Int(XML_GetCurrentByteIndex(parser)))
    return start..<start + max(0, Int(XML_GetCurrentByteCount(parser)))
  }

  private func start(
    _ name: UnsafePointer<XML_Char>,
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) {
    var found: [XMLName: String] = [:]
    var index = 0
    while let name = attributes?[index], let value = attributes?[index + 1] {
      found[self.name(name)] = String(cString: value)
      index += 2
    }
    send(.start(XMLElement(name: self.name(name), attributes: found, range: range)))
  }

  private func end(_ name: UnsafePointer<XML_Char>) {
    send(.end(self.name(name), range: range))
  }

  private func add(_ characters: UnsafeBufferPointer<XML_Char>) {
    let range = range
    textRange = (textRange?.lowerBound ?? range.lowerBound)..<range.upperBound
    text.append(contentsOf: UnsafeRawBufferPointer(characters))
  }

  private func send(_ event: XMLEvent) {
    if let range = textRange {
      let words = String(decoding: text, as: UTF8.self)
      text.removeAll(keepingCapacity: true)
      textRange = nil
      if !words.isEmpty { pass(.text(words, range: range)) }
    }
    pass(event)
  }

  private func pass(_ event: XMLEvent) {
    // Expat may come by something more after it was stopped.
    guard problem == nil else { return }
    do throws(XMLProblem) {
      try handle(event)
    } catch {
      problem = error
      if let parser { XML_StopParser(parser, 0) }
    }
  }

  /// A name as expat writes it: the namespace, if there is one, and the local name.
  private func name(_ written: UnsafePointer<XML_Char>) -> XMLName {
    let bytes = UnsafeRawBufferPointer(start: written, count: length(of: written))
    guard let end = bytes.lastIndex(of: XMLReader.separator) else {
      return XMLName(String(decoding: bytes, as: UTF8.self))
    }
    let prefix = bytes[..<end]
    if !namespace.utf8.elementsEqual(prefix) { namespace = String(decoding: prefix, as: UTF8.self) }
    return XMLName(String(decoding: bytes[(end + 1)...], as: UTF8.self), in: namespace)
  }

  private func length(of text: UnsafePointer<XML_Char>) -> Int {
    var length = 0
    while text[length] != 0 { length += 1 }
    return length
  }

  private func stop(_ message: Bilingual) {
    let line = parser.map { Int(XML_GetCurrentLineNumber($0)) } ?? 1
    let column = parser.map { Int(XML_GetCurrentColumnNumber($0)) } ?? 0
    problem = XMLProblem(message, line: line, column: column + 1)
    if let parser { XML_StopParser(parser, 0) }
  }
}

/// What expat's codes mean.
private func words(for code: XML_Error) -> Bilingual {
  switch code {
  case XML_ERROR_NO_ELEMENTS: Bilingual("没有任何元素", "there is no element")
  case XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR:
    Bilingual("在标记中间结束，可能不完整", "it ends within a tag, and may be cut off")
  case XML_ERROR_TAG_MISMATCH: Bilingual("结束标记与开始标记不符", "an end tag does not match its start")
  case XML_ERROR_DUPLICATE_ATTRIBUTE: Bilingual("属性重复", "an attribute is given twice")
  case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
    Bilingual("根元素之后还有内容", "something follows the root element")
  case XML_ERROR_UNDEFINED_ENTITY: Bilingual("实体没有定义", "an entity is not defined")
  case XML_ERROR_UNBOUND_PREFIX: Bilingual("命名空间前缀没有声明", "a prefix of a namespace is not declared")
  case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING:
    Bilingual("编码不是 UTF-8 或者 UTF-16", "the encoding is neither UTF-8 nor UTF-16")
  case XML_ERROR_NO_MEMORY: Bilingual("内存不足", "there is no memory left")
  default: Bilingual("不是格式正确的 XML", "it is not well-formed XML")
  }
}
