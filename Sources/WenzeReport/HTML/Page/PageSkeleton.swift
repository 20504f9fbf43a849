import Crypto
import FoundationEssentials
import WenzeSyntax

/// What every page begins and ends with.
struct PageSkeleton {
  var title: Bilingual
  /// The language that is shown until the reader chooses the other.
  var language: Language

  /// Nothing is loaded, nothing sent, and no script or style runs but those of this program.
  private static let policy =
    "default-src 'none'; style-src \(source(of: pageStyle)); script-src \(source(of: pageScript)); "
    + "img-src data:; base-uri 'none'; form-action 'none'"

  private static func source(of text: String) -> String {
    "'sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString() + "'"
  }

  /// The title of the window, in the language that is shown first.
  var head: HTML {
    let isChinese = language == .chinese
    var html: HTML = #"""
      <!DOCTYPE html>
      <html lang="\#(isChinese ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\#(Self.policy)">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <title>\#(title[language])</title>
      <style>
      """#
    html += HTML(trusted: pageStyle)
    html += #"""
      </style>
      </head>
      <body>
      <input type="radio" class="pick" name="lang" id="zh"\#(isChinese ? " checked" : "")>
      <input type="radio" class="pick" name="lang" id="en"\#(isChinese ? "" : " checked")>
      <header><div class="top"><h1>\#(title)</h1>\#
      <div class="lang"><label for="zh">中文</label><label for="en">English</label></div></div>

      """#
    return html
  }

  var tail: HTML {
    "</main>\n<script>" + HTML(trusted: pageScript) + "</script>\n</body>\n</html>\n"
  }
}
