/// What libyaml found wrong, in Chinese: its own words are English only.
///
/// - Parameter problem: libyaml's words, its context included.
/// - Returns: the same for a reader of Chinese; libyaml's words where there is no translation.
func chineseYAMLProblem(_ problem: String) -> String {
  translations.first { problem.hasSuffix($0.english) }?.chinese ?? "“\(problem)”"
}

/// The problems that people run into, by the end of libyaml's words.
private let translations: [(english: String, chinese: String)] = [
  ("did not find expected ',' or ']'", "列表“[”没有写完，缺少“,”或者“]”"),
  ("did not find expected ',' or '}'", "对象“{”没有写完，缺少“,”或者“}”"),
  ("did not find expected '-' indicator", "列表的各项要以“- ”开头，上下对齐"),
  ("did not find expected key", "这里应当是字段名，上下对齐"),
  ("did not find expected node content", "这里应当有值"),
  ("did not find expected <document start>", "前一份文书已经结束，下一份要以“---”开头"),
  ("could not find expected ':'", "字段名后面缺少“: ”"),
  ("mapping values are not allowed in this context", "这里不能有“: ”，缩进不对，或者文字没有加引号"),
  ("block sequence entries are not allowed in this context", "这里不能有列表项“- ”"),
  ("mapping keys are not allowed in this context", "这里不能有字段名标记“?”"),
  ("found character that cannot start any token", "值不能以这个字符开头，文字要加引号，缩进要用空格"),
  ("found a tab character that violates indentation", "缩进用了制表符，要用空格"),
  ("found a tab character where an indentation space is expected", "缩进用了制表符，要用空格"),
  ("while scanning a quoted scalar, found unexpected end of stream", "引号没有结束"),
  ("found unexpected document indicator", "引号没有结束就到了下一份文书"),
  ("found unknown escape character", "引号里的“\\”后面写错了；要写反斜杠本身，写成“\\\\”"),
  ("did not find expected hexdecimal number", "引号里的“\\”后面缺少十六进制数"),
  ("did not find expected alphabetic or numeric character", "“&”“*”后面要有名字；以它们开头的文字要加引号"),
  ("did not find expected comment or line break", "“|”“>”后面只能换行"),
  ("found undefined tag handle", "没有声明这个标签；以“!”开头的文字要加引号"),
  ("did not find expected whitespace or line break", "标签后面缺少空格；以“!”开头的文字要加引号"),
  ("control characters are not allowed", "含有控制字符"),
  ("found duplicate %YAML directive", "“%YAML”写了两次"),
  ("found incompatible YAML document", "YAML 版本不支持"),
  ("found unknown directive name", "不认识以“%”开头的这一行；文字要加引号"),
]
