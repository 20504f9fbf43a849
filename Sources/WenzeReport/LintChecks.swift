import WenzeSyntax

/// Something that is checked of rule packs, as reports for machines describe it.
struct LintCheck: Sendable {
  var code: String
  /// What SARIF calls it: words without spaces.
  var name: String
  /// What is wrong, and what to do about it.
  var title: Bilingual
  var cure: Bilingual

  fileprivate init(_ code: String, _ name: String, _ title: Bilingual, cure: Bilingual) {
    self.code = code
    self.name = name
    self.title = title
    self.cure = cure
  }

  /// The check with a code; what the loader tells has no check of its own.
  static func named(_ code: String) -> LintCheck {
    lintChecks.first { $0.code == code }
      ?? LintCheck(
        code, "MistakeInPack",
        Bilingual("规则包写错了", "a mistake in a rule pack"),
        cure: Bilingual(
          "每个命令都会说明这一错误；改正后规则才能使用",
          "every command tells it; the rules cannot be used before it is corrected"))
  }
}

/// Every check of lint, in the order of codes.
let lintChecks: [LintCheck] = [
  LintCheck(
    "L0101", "UnusedName", Bilingual("名称没有用到", "a name that nothing uses"),
    cure: Bilingual("删去它，或者检查该用它的地方是不是写错了", "remove it, or see what should use it")),
  LintCheck(
    "L0102", "UnusedEntry", Bilingual("清单的条目没有用到", "an entry of a list that nothing names"),
    cure: Bilingual("用规则检查它，至少写一个测试", "check it by a rule, or have it in a test at least")),
  LintCheck(
    "L0103", "UnusedArgument",
    Bilingual("定义没有用到它的参数", "a definition that does not use an argument"),
    cure: Bilingual("删去它，或者检查定义是不是写漏了", "remove it, or see what the definition lacks")),
  LintCheck(
    "L0104", "UnusedElement",
    Bilingual("逐个检查元素而没有用到它", "a rule for each element that never looks at it"),
    cure: Bilingual(
      "删去“针对”，或者检查条件是不是写漏了", "remove `for`, or see what the condition lacks")),
  LintCheck(
    "L0105", "IdleColumn", Bilingual("表的一列不起作用", "a column of a table that decides nothing"),
    cure: Bilingual("删去这一列", "remove the column")),
  LintCheck(
    "L0106", "UnusedVariable",
    Bilingual("条件没有用到它的变量", "a condition that does not look at its variable"),
    cure: Bilingual("检查条件是不是写漏了", "see what the condition lacks")),
  LintCheck(
    "L0201", "CitationOutOfForce",
    Bilingual(
      "引用的法规与规则首先引用的法规从不同时有效",
      "a citation of a law that is never in force together with that of the rule"),
    cure: Bilingual("改引同一时期有效的法规", "cite what is in force at the same time")),
  LintCheck(
    "L0202", "ExceptionOutOfForce",
    Bilingual(
      "例外依据的法规与规则的法规从不同时有效",
      "an exception by a law that is never in force together with that of the rule"),
    cure: Bilingual("删去例外，或者改正它的依据", "remove the exception, or correct its law")),
  LintCheck(
    "L0301", "SharedRuleName",
    Bilingual("两条代码不同的规则同名", "two rules of different codes with one name"),
    cure: Bilingual("改一个名称", "rename one")),
  LintCheck(
    "L0302", "SharedTestTitle",
    Bilingual("一个包里有两个同名的测试", "two tests of a pack with one title"),
    cure: Bilingual("改一个名称", "rename one")),
  LintCheck(
    "L0303", "RepeatedCitation",
    Bilingual("同一条款引用了两次", "a provision that is cited twice"),
    cure: Bilingual("删去一个", "remove one of them")),
  LintCheck(
    "L0304", "RepeatedMember",
    Bilingual("集合里同一项写了两次", "a member that is in a set twice"),
    cure: Bilingual("删去一个", "remove one of them")),
  LintCheck(
    "L0305", "RepeatedDay",
    Bilingual("参数自同一天起有两个值", "a parameter with two values from one day"),
    cure: Bilingual("删去一个", "remove one of them")),
  LintCheck(
    "L0401", "UntestedRule",
    Bilingual(
      "规则缺少违规、合规或者存疑的测试",
      "a rule without a test of a violation, of compliance, or of undetermined"),
    cure: Bilingual("补上测试", "add the test")),
  LintCheck(
    "L0501", "NameWithoutEnglish", Bilingual("名称没有英文", "a name without English"),
    cure: Bilingual("补上英文", "add the English")),
  LintCheck(
    "L0502", "TextWithoutEnglish", Bilingual("文字没有英文", "a text without English"),
    cure: Bilingual("补上英文", "add the English")),
  LintCheck(
    "L0503", "ChineseAsEnglish",
    Bilingual("该写英文的地方是中文", "Chinese where English should stand"),
    cure: Bilingual("译成英文", "translate it")),
  LintCheck(
    "L0504", "DifferentTranslations",
    Bilingual(
      "消息只对一种文字的读者写出某个值",
      "a message that shows a value to readers of one language only"),
    cure: Bilingual("两种文字写出同样的事实", "show the same facts in both languages")),
  LintCheck(
    "L0601", "RecordInMessage",
    Bilingual("消息插入了整个结构", "a message that interpolates a whole record"),
    cure: Bilingual("插入它的字段", "interpolate its fields")),
  LintCheck(
    "L0602", "AbsentInMessage",
    Bilingual(
      "消息插入了违规时必然没有的值",
      "a message that interpolates what never exists when the rule is violated"),
    cure: Bilingual("从消息里删去", "remove it from the message")),
  LintCheck(
    "L0701", "DirectionControl",
    Bilingual("有改变文字方向的控制符", "a control of the direction of text"),
    cure: Bilingual(
      "删去它：后面的文字看上去与实际不同", "remove it: what follows looks other than it is")),
  LintCheck(
    "L0702", "HiddenCharacter",
    Bilingual("有看不见的字符", "a character that cannot be seen"),
    cure: Bilingual("删去它", "remove it")),
  LintCheck(
    "L0703", "LookAlikeNames",
    Bilingual("两个名称看上去一样", "two names that look alike"),
    cure: Bilingual("用同一个名称，或者改一个", "use one name, or rename one")),
  LintCheck(
    "L0704", "MixedScripts",
    Bilingual("名称混用了看上去一样的文字", "a name of letters that only look alike"),
    cure: Bilingual("只用一种文字", "use the letters of one script")),
  LintCheck(
    "L0705", "FullWidthCode",
    Bilingual("代码里有全角字母或者数字", "full-width letters or digits in a code"),
    cure: Bilingual("换成半角", "use plain ones")),
  LintCheck(
    "L0706", "FullWidthName",
    Bilingual("名称里有全角字母或者数字", "full-width letters or digits in a name"),
    cure: Bilingual("换成半角", "use plain ones")),
  LintCheck(
    "L0707", "FalseName",
    Bilingual("名称只是看上去像平常的字", "a name that only looks as if it were of plain characters"),
    cure: Bilingual("换成平常的字", "use plain characters")),
  LintCheck(
    "L0708", "RadicalForCharacter",
    Bilingual("部首代替了汉字", "a radical in the place of a Chinese character"),
    cure: Bilingual(
      "换成汉字：看上去一样，比较起来不同", "use the character: it looks the same, and compares as different")),
  LintCheck(
    "L0801", "ConditionNeverFails",
    Bilingual("条件不可能不成立", "a condition that never fails"),
    cure: Bilingual("删去，或者改正它的字段和值", "remove it, or correct its fields and values")),
  LintCheck(
    "L0802", "ConditionNeverHolds",
    Bilingual("条件不可能成立", "a condition that never holds"),
    cure: Bilingual("删去，或者改正它的字段和值", "remove it, or correct its fields and values")),
  LintCheck(
    "L0803", "RuleNeverApplies",
    Bilingual("规则不可能适用", "a rule that can never apply"),
    cure: Bilingual(
      "检查各项“适用”条件和法规的施行期间",
      "look at its conditions, and at the days on which its law is in force")),
  LintCheck(
    "L0804", "RuleNeverViolated",
    Bilingual("规则不可能被违反", "a rule that can never be violated"),
    cure: Bilingual(
      "检查“应当”“不得”和“除非”", "look at its requirement and exceptions")),
  LintCheck(
    "L0805", "RuleNeverKept",
    Bilingual("规则适用时不可能合规", "a rule that can never be kept where it applies"),
    cure: Bilingual("检查“应当”或者“不得”后面的条件", "look at what it demands or forbids")),
  LintCheck(
    "L0806", "ExceptionNeverHolds",
    Bilingual(
      "例外在规则适用时不可能成立", "an exception that never holds where its rule applies"),
    cure: Bilingual("删去，或者改正它的条件", "remove it, or correct its condition")),
  LintCheck(
    "L0807", "ContradictingRules",
    Bilingual(
      "两条规则相互矛盾：没有一份文书能同时满足",
      "two rules that contradict: no document to which both apply meets both"),
    cure: Bilingual(
      "给其中一条加上例外，或者改正要求",
      "give one of them an exception, or correct what is demanded")),
  LintCheck(
    "L0808", "SubsumedRule",
    Bilingual(
      "凡是违反一条规则的也都违反另一条", "a rule whose every violation violates another"),
    cure: Bilingual(
      "并成一条，或者让一条把另一条管的情形除外",
      "make one rule of them, or except from one what the other is about")),
  LintCheck(
    "L0901", "UnscoredRule",
    Bilingual("评分表没有提到一条规则", "a rule that a score sheet does not mention"),
    cure: Bilingual("归入评分表的一组", "put it into a group of the sheet")),
  LintCheck(
    "L0902", "UnknownScoredCode",
    Bilingual("评分表提到没有的规则", "a code of a score sheet that no rule has"),
    cure: Bilingual("改正编号，或者加载有这条规则的包", "correct the code, or load the pack that has the rule")),
]
