import WenzeSyntax

/// A drawing in the making: shapes and words at places of a canvas, with y downwards.
struct Drawing {
  let width: Int
  var height: Int
  private var shapes: HTML = ""

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Where a word begins from its place.
  enum Anchor: String {
    case start, middle, end
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
  ) {
    shapes +=
      #"<path class="\#(style)" d="M\#(number(x1)) \#(number(y1))L\#(number(x2)) \#(number(y2))"/>"#
  }

  mutating func path(_ points: [(x: Double, y: Double)], _ style: String) {
    let text = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
    shapes += #"<path class="\#(style)" d="M\#(text)"/>"#
  }

  /// A bar, with what a pointer over it is told.
  mutating func bar(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String,
    title: Bilingual? = nil
  ) {
    shapes += #"<rect class="\#(style)" x="\#(number(x))" y="\#(number(y))" "#
    shapes += #"width="\#(number(width))" height="\#(number(height))"\#(closing("rect", title))"#
  }

  mutating func dot(
    _ x: Double, _ y: Double, _ radius: Double, _ style: String, title: Bilingual? = nil
  ) {
    shapes += #"<circle class="\#(style)" cx="\#(number(x))" cy="\#(number(y))" "#
    shapes += #"r="\#(number(radius))"\#(closing("circle", title))"#
  }

  /// A diamond: what is to be seen at a glance has a form of its own beside its colour.
  mutating func diamond(
    _ x: Double, _ y: Double, _ radius: Double, _ style: String, title: Bilingual? = nil
  ) {
    let (left, right) = (number(x - radius), number(x + radius))
    let (top, bottom) = (number(y - radius), number(y + radius))
    shapes += #"<path class="\#(style)" d="M\#(number(x)) \#(top)L\#(right) \#(number(y))"#
    shapes += #"L\#(number(x)) \#(bottom)L\#(left) \#(number(y))Z"\#(closing("path", title))"#
  }

  mutating func words(
    _ words: Bilingual, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ style: String = "t"
  ) {
    shapes += #"<text class="\#(style)" x="\#(number(x))" y="\#(number(y))""#
    if anchor != .start { shapes += #" text-anchor="\#(anchor.rawValue)""# }
    if words.chinese == words.english {
      shapes += #">\#(words.chinese)</text>"#
    } else {
      shapes +=
        #"><tspan lang="zh">\#(words.chinese)</tspan><tspan lang="en">\#(words.english)</tspan></text>"#
    }
  }

  private func closing(_ element: String, _ title: Bilingual?) -> HTML {
    guard let title else { return "/>" }
    return #"><title>\#(both(title))</title></\#(element)>"#
  }

  /// The drawing with its name and what it shows for those who cannot see it.
  func svg(title: Bilingual, description: Bilingual) -> HTML {
    #"""
    <svg viewBox="0 0 \#(width) \#(height)" role="img" preserveAspectRatio="xMinYMin meet">\#
    <title>\#(both(title))</title><desc>\#(both(description))</desc>\#(shapes)</svg>
    """#
  }
}

/// Words in both languages where there can be no choice.
private func both(_ words: Bilingual) -> String {
  words.chinese == words.english ? words.chinese : words.chinese + " / " + words.english
}

/// A coordinate to a tenth, the same on every machine.
private func number(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let (whole, part) = (abs(tenths) / 10, abs(tenths) % 10)
  return (tenths < 0 ? "-" : "") + (part == 0 ? "\(whole)" : "\(whole).\(part)")
}

/// A label that takes no more than so many columns of a terminal, two an ideograph.
func fitted(_ text: String, columns: Int) -> String {
  let text = displayed(text)
  guard displayWidth(of: text) > columns else { return text }
  var taken = 0
  var result = ""
  for character in text {
    taken += displayWidth(of: String(character))
    if taken > columns - 1 { break }
    result.append(character)
  }
  return result + "…"
}

func fitted(_ words: Bilingual, columns: Int) -> Bilingual {
  Bilingual(
    fitted(words.chinese, columns: columns), fitted(words.english, columns: columns))
}

/// A label that keeps its beginning and its end: names that begin alike are often told apart by
/// their ends.
func fittedInside(_ text: String, columns: Int) -> String {
  let text = displayed(text)
  guard displayWidth(of: text) > columns else { return text }
  let head = fitted(text, columns: columns * 3 / 5)
  var tail: [Character] = []
  var left = columns - displayWidth(of: head)
  for character in text.reversed() {
    left -= displayWidth(of: String(character))
    if left < 0 { break }
    tail.append(character)
  }
  return head + String(tail.reversed())
}

func fittedInside(_ words: Bilingual, columns: Int) -> Bilingual {
  Bilingual(
    fittedInside(words.chinese, columns: columns), fittedInside(words.english, columns: columns))
}

/// How much room small words take, in either language.
func widthOfSmallWords(_ words: Bilingual) -> Double {
  Double(max(displayWidth(of: words.chinese), displayWidth(of: words.english))) * 6.6
}
