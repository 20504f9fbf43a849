import Foundation
import Testing
import WenzeInput
import WenzeModel
import WenzeSemantics
import WenzeSyntax

@testable import Wenze

/// A line that is decoded without a tree comes to the same document, with the same places.
@Suite struct LineDecoderTests {
  private static let ruleSet = Repository.rules.ruleSet

  private static func documents(
    of line: String, asComplete: Bool
  ) throws -> (quick: Document?, usual: Document?) {
    let dossier = try #require(ruleSet.dossier(named: "案件"))
    var decoder = LineDecoder(
      ruleSet, dossier: dossier, asComplete: asComplete, textLimit: 1 << 20, depthLimit: 64)
    let written = readJSONLines(Source(path: "x.jsonl", text: line)).documents.first
    return (
      decoder.document(in: line),
      written.flatMap { ruleSet.decode($0, asComplete: asComplete).document }
    )
  }

  @Test(arguments: [false, true])
  func linesOfAnArchive(asComplete: Bool) throws {
    let archive = try String(
      contentsOfFile: Repository.root + "fixtures/archives/one-year.jsonl", encoding: .utf8)
    for line in archive.split(separator: "\n") {
      let (quick, usual) = try Self.documents(of: String(line), asComplete: asComplete)
      #expect(quick == (line.contains("\"//\"") ? nil : usual), "\(line.prefix(60))")
    }
  }

  static let inOrder = [
    #"{"编号": "甲", "启动": {"日期": "2023-05", "主体": {"类型": "督导组"}}}"#,
    " { \"编号\" :\t\"甲\" , \"卷宗完整\" : true , \"启动\" : { } }\r",
    #"{"编号":"甲","卷宗完整":"是","启动":{"日期":null,"方式":"不详","依据":"无"}}"#,
    #"{"编号":"甲","卷宗完整":false,"调查":{"人数":3,"成员":["张三","𠮷野"],"组长":" 李四 "}}"#,
    #"{"编号":"甲","对象":[{"代号":"S1","离任日期":"无"},{"代号":"S2"}],"事实":[]}"#,
    #"{"id":"甲","启动":{"date":"２０２３-05-01"},"对象":"无"}"#,
  ]

  @Test(arguments: inOrder)
  func linesInOrder(line: String) throws {
    for asComplete in [false, true] {
      let (quick, usual) = try Self.documents(of: line, asComplete: asComplete)
      #expect(quick == usual)
    }
  }

  static let outOfOrder = [
    "", "{", "[]", "{}x", #"{"编号":"甲"}"#, #"{"编号":"甲","编号":"乙"}"#, #"{"编号":"甲","无此":1}"#,
    #"{"编号":"甲","//":"注"}"#, #"{"编号":"a\u4e00","启动":{}}"#, #"{"编号":"甲","启动":{},}"#,
    #"{"编号":"甲","启动":{"日期":"2023-02-30"}}"#, #"{"编号":"甲","启动":[]}"#, #"{"编号":"甲","启动":{}"#,
    #"{"编号":"甲","调查":{"成员":["张三","等"]}}"#, #"{"编号":"甲","调查":{"成员":["张三",]}}"#,
    #"{"编号":"甲","调查":{"人数":03}}"#, #"{"编号":"甲","调查":{"人数":-3}}"#, #"{"编号":"甲","事实":[null]}"#,
    #"{"编号":"甲","豁免":[],"启动":{}}"#, #"{"案件":{"编号":"甲"}}"#, "{\"编号\":\"甲\u{1}\",\"启动\":{}}",
  ]

  /// Whatever is out of the ordinary is left to those who know it.
  @Test(arguments: outOfOrder)
  func linesOutOfOrder(line: String) throws {
    #expect(try Self.documents(of: line, asComplete: false).quick == nil)
  }

  /// Completeness may be claimed behind the fields whose absence it gives a meaning.
  @Test func whatOneDocumentClaimsIsNotForTheNext() throws {
    let dossier = try #require(Self.ruleSet.dossier(named: "案件"))
    var decoder = LineDecoder(
      Self.ruleSet, dossier: dossier, asComplete: false, textLimit: 1 << 20, depthLimit: 64)
    for line in [
      #"{"编号":"甲","启动":{},"卷宗完整":true}"#, #"{"编号":"乙","启动":{}}"#,
      #"{"编号":"丙","启动":{},"卷宗完整":true}"#, #"{"编号":"丁","启动":{},"卷宗完整":true}"#,
    ] {
      let written = try #require(readJSONLines(Source(path: "x", text: line)).documents.first)
      #expect(decoder.document(in: line) == Self.ruleSet.decode(written).document)
    }
  }

  @Test func limitsHold() throws {
    let dossier = try #require(Self.ruleSet.dossier(named: "案件"))
    let line = #"{"编号":"甲","启动":{"主体":{"名称":"某督导组"}}}"#
    for (text, depth, isRead) in [(12, 3, true), (11, 3, false), (12, 2, false)] {
      var decoder = LineDecoder(
        Self.ruleSet, dossier: dossier, asComplete: false, textLimit: text, depthLimit: depth)
      #expect((decoder.document(in: line) != nil) == isRead)
    }
  }
}
