/// A word with a meaning of its own in the language, in two spellings.
///
/// Keywords are contextual: the lexer marks the words that spell one, and the parser decides by
/// their position whether they act as one.
package enum Keyword: UInt8, Hashable, Sendable, CaseIterable {
  // Declarations.
  case pack
  case law
  case enumeration
  case set
  case list
  case record
  case dossier
  case parameter
  case define
  case table
  case rule
  case procedure
  case exception
  case adjust
  case aggregate
  case mapping
  case scoreSheet
  case chart
  case test

  // Clauses and modifiers.
  case version
  case title
  case depends
  case documentation
  case issuer
  case effective
  case repealed
  case articles
  case paragraphs
  case items
  case replaces
  case unchecked
  case kind
  case reference
  case ordered
  case open
  case catchAll
  case absentMeans
  case absent
  case means
  case personal
  case when
  case key
  case complete
  case exhaustive
  case asOf
  case from
  case any
  case otherwise
  case first
  case unique
  case cites
  case forEach
  case applies
  case unless
  case must
  case mustNot
  case error
  case warning
  case note
  case fix
  case step
  case deadline
  case population
  case groupBy
  case beside
  case matching
  case figure
  case each
  case severity
  case disable
  case reason
  case today
  case expect
  case violation
  case undetermined
  case compliant
  case notApplicable
  case missing
  case only
  case fullScore
  case unit
  case scoreGroup
  case deduct
  case because
  case eachTime
  case atMost
  case repeated
  case grades
  case veto
  case mix
  case distribution
  case waive
  case approver
  case until
  case andSoOn
  case article
  case paragraph
  case item

  // Operators.
  case orElse
  case or
  case and
  case not
  case has
  case nothing
  case no
  case exists
  case notExists
  case every
  case over
  case memberOf
  case notMemberOf
  case `in`
  case `where`
  case satisfies
  case take
  case `is`
  case `as`
  case contains
  case before
  case after
  case notBefore
  case notAfter
  case precedes
  case within
  case at
  case behind
  case ahead
  case inside
  case isKnown
  case isUnknown
  case known
  case unknown
  case recorded
  case yes
  case `false`

  // Types.
  case text
  case integer
  case decimal
  case percent
  case boolean
  case date
  case duration
  case listOf
  case of
}

extension Keyword {
  /// How the keyword is written in each language; nil where the language says it in several words.
  package var spellings: (chinese: String?, english: String?) {
    switch self {
    case .pack: ("规则包", "pack")
    case .law: ("法规", "law")
    case .enumeration: ("枚举", "enum")
    case .set: ("集合", "set")
    case .list: ("清单", "list")
    case .record: ("结构", "record")
    case .dossier: ("档案", "dossier")
    case .parameter: ("参数", "param")
    case .define: ("定义", "define")
    case .table: ("表", "table")
    case .rule: ("规则", "rule")
    case .procedure: ("程序", "procedure")
    case .exception: ("例外", "exception")
    case .adjust: ("调整", "adjust")
    case .aggregate: ("统计", "aggregate")
    case .mapping: ("映射", "mapping")
    case .scoreSheet: ("评分表", "score_sheet")
    case .chart: ("图表", "chart")
    case .test: ("测试", "test")
    case .version: ("版本", "version")
    case .title: ("标题", "title")
    case .depends: ("依赖", "depends")
    case .documentation: ("说明", "doc")
    case .issuer: ("发布", "issuer")
    case .effective: ("施行", "effective")
    case .repealed: ("废止", "repealed")
    case .articles: ("条数", "articles")
    case .paragraphs: ("款数", "paragraphs")
    case .items: ("项数", "items")
    case .replaces: ("取代", "replaces")
    case .unchecked: ("不查", "unchecked")
    case .kind: ("种类", "kind")
    case .reference: ("参考", "reference")
    case .ordered: ("有序", "ordered")
    case .open: ("开放", "open")
    case .catchAll: ("兜底", "catch_all")
    case .absentMeans: ("缺则", nil)
    case .absent: (nil, "absent")
    case .means: (nil, "means")
    case .personal: ("人名", "personal")
    case .when: ("当", "when")
    case .key: ("键", "key")
    case .complete: ("完整", "complete")
    case .exhaustive: ("列全", "exhaustive")
    case .asOf: ("时点", "as_of")
    case .from: ("自", "from")
    case .any: ("任意", "any")
    case .otherwise: ("其余", "otherwise")
    case .first: ("首个", "first")
    case .unique: ("唯一", "unique")
    case .cites: ("依据", "cites")
    case .forEach: ("针对", "for")
    case .applies: ("适用", "applies")
    case .unless: ("除非", "unless")
    case .must: ("应当", "must")
    case .mustNot: ("不得", "must_not")
    case .error: ("错误", "error")
    case .warning: ("警告", "warning")
    case .note: ("提示", "note")
    case .fix: ("整改", "fix")
    case .step: ("步骤", "step")
    case .deadline: ("限期", "deadline")
    case .population: ("对象", "over")
    case .groupBy: ("分组", "by")
    case .beside: ("参照", "beside")
    case .matching: ("对应", "matching")
    case .figure: ("令", "let")
    case .each: ("逐件", "each")
    case .severity: ("严重性", "severity")
    case .disable: ("停用", "disable")
    case .reason: ("理由", "reason")
    case .today: ("今天", "today")
    case .expect: ("期望", "expect")
    case .violation: ("违规", "violation")
    case .undetermined: ("存疑", "undetermined")
    case .compliant: ("合规", "compliant")
    case .notApplicable: ("不适用", "not_applicable")
    case .missing: ("缺", "missing")
    case .only: ("仅", "only")
    case .fullScore: ("满分", "full_score")
    case .unit: ("单位", "unit")
    case .scoreGroup: ("组", "group")
    case .deduct: ("扣", "deduct")
    case .because: ("因", "because")
    case .eachTime: ("每处", "each_time")
    case .atMost: ("最多", "at_most")
    case .repeated: ("重犯加", "repeated_adds")
    case .grades: ("等次", "grades")
    case .veto: ("一票否决", "veto")
    case .mix: ("构成", "mix")
    case .distribution: ("分布", "distribution")
    case .waive: ("豁免", "waive")
    case .approver: ("批准人", "approver")
    case .until: ("至", "until")
    case .andSoOn: ("等", "etc")
    case .article: (nil, "article")
    case .paragraph: (nil, "paragraph")
    case .item: (nil, "item")
    case .orElse: ("否则", "else")
    case .or: ("或", "or")
    case .and: ("且", "and")
    case .not: ("非", "not")
    case .has: ("有", "has")
    case .nothing: ("无", "none")
    case .no: (nil, "no")
    case .exists: ("存在", "exists")
    case .notExists: ("不存在", nil)
    case .every: ("每个", "every")
    case .over: ("于", nil)
    case .memberOf: ("属于", nil)
    case .notMemberOf: ("不属于", nil)
    case .in: (nil, "in")
    case .where: ("使", "where")
    case .satisfies: ("均", "satisfies")
    case .take: ("取", "take")
    case .is: ("为", "is")
    case .as: (nil, "as")
    case .contains: ("包含", "contains")
    case .before: ("早于", "before")
    case .after: ("晚于", "after")
    case .notBefore: ("不早于", nil)
    case .notAfter: ("不晚于", nil)
    case .precedes: ("先于", "precedes")
    case .within: (nil, "within")
    case .at: ("在", nil)
    case .behind: ("后", nil)
    case .ahead: ("前", nil)
    case .inside: ("内", nil)
    case .isKnown: ("已知", nil)
    case .isUnknown: ("不详", nil)
    case .known: (nil, "known")
    case .unknown: (nil, "unknown")
    case .recorded: ("已记", "recorded")
    case .yes: ("是", "true")
    case .false: ("否", "false")
    case .text: ("文本", "text")
    case .integer: ("整数", "integer")
    case .decimal: ("小数", "decimal")
    case .percent: ("百分比", "percent")
    case .boolean: ("是否", "boolean")
    case .date: ("日期", "date")
    case .duration: ("期限", "duration")
    case .listOf: ("列表", nil)
    case .of: (nil, "of")
    }
  }

  /// The word in a language, or the other language's where this one has no single word for it.
  package func spelling(_ language: Language) -> String {
    let (chinese, english) = spellings
    let preferred = language == .chinese ? chinese : english
    return preferred ?? chinese ?? english ?? ""
  }

  /// The keyword that a word spells.
  package init?(_ word: String) {
    let bytes = Array(word.utf8)
    self.init(bytes, from: 0, to: bytes.count)
  }

  /// The keyword that a piece of UTF-8 spells.
  init?(_ bytes: [UInt8], from start: Int, to end: Int) {
    guard let packed = PackedWord(bytes, from: start, to: end) else { return nil }
    var slot = packed.hash
    while let entry = Keyword.slots[slot] {
      if entry.word == packed {
        self = entry.keyword
        return
      }
      slot = (slot + 1) % PackedWord.slots
    }
    return nil
  }

  /// Every spelling, hashed with open addressing: the lexer asks for each word of a text.
  private static let slots: [(word: PackedWord, keyword: Keyword)?] = {
    var table = [(word: PackedWord, keyword: Keyword)?](repeating: nil, count: PackedWord.slots)
    func add(_ spelling: String, _ keyword: Keyword) {
      let bytes = Array(spelling.utf8)
      guard let word = PackedWord(bytes, from: 0, to: bytes.count) else {
        preconditionFailure("the keyword \(spelling) is too long for the table")
      }
      var slot = word.hash
      while table[slot] != nil { slot = (slot + 1) % PackedWord.slots }
      table[slot] = (word, keyword)
    }
    add("yes", .yes)
    for keyword in Keyword.allCases {
      if let chinese = keyword.spellings.chinese { add(chinese, keyword) }
      if let english = keyword.spellings.english { add(english, keyword) }
    }
    return table
  }()
}

/// A word of up to sixteen bytes, as two machine words.
private struct PackedWord: Equatable {
  /// The number of slots in the table of keywords: a power of two, some four times their number.
  static let slots = 1024

  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init?(_ bytes: [UInt8], from start: Int, to end: Int) {
    guard end - start <= 16 else { return nil }
    for offset in start..<min(end, start + 8) { low = low << 8 | UInt64(bytes[offset]) }
    for offset in min(end, start + 8)..<end { high = high << 8 | UInt64(bytes[offset]) }
  }

  var hash: Int {
    let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
    return Int(mixed >> 54)
  }
}

/// The functions of the language.
package enum Function: String, Hashable, Sendable, CaseIterable {
  case count
  case distinct
  case sum
  case earliest
  case latest
  case max
  case min
  case mode
  case year
  case difference
  case all
  case similarity
  case share
  case mean
  case median
  case quantile
  case largestShare = "largest_share"
  case entropy
  case first
  case last
  case nearDuplicateShare = "near_duplicate_share"
  case values
  case previous
  case whole
  case beside
  case poissonBound = "poisson_bound"

  package var chinese: String {
    switch self {
    case .count: "计数"
    case .distinct: "种数"
    case .sum: "求和"
    case .earliest: "最早"
    case .latest: "最晚"
    case .max: "最大"
    case .min: "最小"
    case .mode: "众数"
    case .year: "年度"
    case .difference: "差集"
    case .all: "全部"
    case .similarity: "相似度"
    case .share: "占比"
    case .mean: "平均"
    case .median: "中位数"
    case .quantile: "分位数"
    case .largestShare: "最大占比"
    case .entropy: "熵"
    case .first: "首个"
    case .last: "最后"
    case .nearDuplicateShare: "雷同占比"
    case .values: "各值"
    case .previous: "上期"
    case .whole: "全体"
    case .beside: "参照"
    case .poissonBound: "泊松上限"
    }
  }

  package init?(word: String) {
    guard let function = Function.bySpelling[word] else { return nil }
    self = function
  }

  private static let bySpelling: [String: Function] = {
    var table: [String: Function] = [:]
    for function in Function.allCases {
      table[function.chinese] = function
      table[function.rawValue] = function
    }
    return table
  }()
}
