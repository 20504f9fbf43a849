import Testing
import WenzeOffice
import WenzeSyntax

/// XML is read with the bytes that each part of it stands in.
@Suite struct XMLReaderTests {
  private func events(of text: String) throws(XMLProblem) -> [XMLEvent] {
    var events: [XMLEvent] = []
    try readXML(Array(text.utf8)) { events.append($0) }
    return events
  }

  private func fault(of text: String) -> XMLProblem? {
    do throws(XMLProblem) {
      _ = try events(of: text)
      return nil
    } catch {
      return error
    }
  }

  @Test func tellsWhereEverythingStands() throws {
    let text = """
      <?xml version="1.0"?>
      <行 r="1" x:id='é' xmlns="u" xmlns:x="v"><x:格/>甲&amp;乙<!-- 注 --><![CDATA[<丙>]]>
      丁</行>
      """
    let bytes = Array(text.utf8)
    func written(_ event: XMLEvent) -> String {
      String(decoding: bytes[event.range], as: UTF8.self)
    }
    let events = try events(of: text)
    #expect(
      events.map(written) == [
        "<行 r=\"1\" x:id='é' xmlns=\"u\" xmlns:x=\"v\">", "<x:格/>", "",
        "甲&amp;乙<!-- 注 --><![CDATA[<丙>]]>\n丁", "</行>",
      ])
    let element = try #require(
      events.compactMap { event in
        if case .start(let element) = event { element } else { nil }
      }.first)
    #expect(element.name == XMLName("行", in: "u"))
    #expect(element["r"] == "1")
    #expect(element["v", "id"] == "é")
    #expect(element["id"] == nil)
    guard case .text(let words, _) = events[3], case .end(let name, _) = events[2] else {
      Issue.record("no text or no end: \(events)")
      return
    }
    #expect(words == "甲&乙<丙>\n丁")
    #expect(name == XMLName("格", in: "v"))
  }

  @Test(arguments: [
    ("", 1, 1, "there is no element"),
    ("<a>\n<b></a>", 2, 6, "an end tag does not match its start"),
    ("<a>&x;</a>", 1, 4, "an entity is not defined"),
    ("<a b='1' b='2'/>", 1, 10, "an attribute is given twice"),
    ("<x:a/>", 1, 1, "a prefix of a namespace is not declared"),
    ("<a/><a/>", 1, 5, "something follows the root element"),
    ("<a", 1, 1, "it ends within a tag, and may be cut off"),
    ("<a>\u{1}</a>", 1, 4, "it is not well-formed XML"),
  ]) func tellsWhatIsWrong(text: String, line: Int, column: Int, english: String) throws {
    let problem = try #require(fault(of: text))
    #expect(problem.message.english == english)
    #expect(problem.line == line)
    #expect(problem.column == column)
  }

  @Test(arguments: [
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a>&y;</a>",
    "<!DOCTYPE a SYSTEM 'a.dtd'><a/>",
  ]) func refusesDocumentTypes(text: String) throws {
    let problem = try #require(fault(of: text))
    #expect(problem.message.english.hasPrefix("there is a document type declaration"))
    #expect(problem.line == 1)
  }

  @Test func stopsWhereTheHandlerDoes() {
    var count = 0
    let mine = XMLProblem(Bilingual("够了", "enough"), line: 7, column: 9)
    #expect(throws: mine) {
      try readXML(Array("<a><b/><c/></a>".utf8)) { (event) throws(XMLProblem) in
        count += 1
        if case .start(let element) = event, element.name.local == "b" { throw mine }
      }
    }
    #expect(count == 2)
  }

  @Test func readsWhatIsLongerThanAStretch() throws {
    let text = "<a>" + String(repeating: "<b>问责</b>", count: 1 << 20) + "</a>"
    let bytes = Array(text.utf8)
    var words = 0
    var isRight = true
    try readXML(bytes) { event in
      guard case .text(let text, let range) = event else { return }
      words += 1
      if String(decoding: bytes[range], as: UTF8.self) != text { isRight = false }
    }
    #expect(words == 1 << 20)
    #expect(isRight)
  }
}
