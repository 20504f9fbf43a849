import WenzeSyntax

/// A picture of a page with its title, what it says in words, and the numbers behind it.
struct Figure {
  var title: Bilingual
  var description: Bilingual
  var drawing: Drawing
  var key: [KeyEntry] = []
  var table: DataTable
  /// Further numbers, each with a title of its own.
  var others: [DataTable] = []

  /// What a colour or a form stands for.
  struct KeyEntry {
    var style: String
    var words: Bilingual
  }

  var html: HTML {
    var html: HTML = "<figure><figcaption><h3>\(title)</h3>"
    html += #"<p class="d">\#(description)</p>"#
    if !key.isEmpty {
      html += #"<p class="key">"#
      for entry in key {
        html +=
          #"<span><svg viewBox="0 0 12 12" aria-hidden="true">\#(entry.shape)</svg>\#(entry.words)</span> "#
      }
      html += "</p>"
    }
    html += #"</figcaption><div class="scroll">"#
    html += drawing.svg(title: title, description: description)
    html += "</div>\(table.html)"
    for table in others { html += table.html }
    html += "</figure>\n"
    return html
  }
}

extension Figure.KeyEntry {
  fileprivate var shape: HTML {
    if ["l1", "l2"].contains(style) { return #"<path class="\#(style)" d="M0 6L12 6"/>"# }
    if style == "med" { return #"<path class="med" d="M6 0L6 12"/>"# }
    if style.hasPrefix("x") { return #"<path class="\#(style)" d="M6 0L12 6L6 12L0 6Z"/>"# }
    if style.hasPrefix("o") { return #"<circle class="\#(style)" cx="6" cy="6" r="4"/>"# }
    return #"<rect class="\#(style)" width="12" height="12"/>"#
  }
}

/// The numbers behind a picture, for those who cannot see it or want to take them along.
struct DataTable {
  var title = Bilingual("数据", "Data")
  var columns: [Bilingual]
  /// The first so many columns are of words, the others of numbers.
  var wordColumns = 1
  var rows: [[Bilingual]]

  var html: HTML {
    var html: HTML = "<details><summary>\(title)</summary>"
    html += #"<div class="scroll"><table><thead><tr>"#
    for (number, column) in columns.enumerated() {
      html += number < wordColumns ? "<th>\(column)</th>" : #"<th class="n">\#(column)</th>"#
    }
    html += "</tr></thead><tbody>"
    for row in rows {
      html += "<tr>"
      for (number, cell) in row.enumerated() {
        html += number < wordColumns ? "<td>\(cell)</td>" : #"<td class="n">\#(cell)</td>"#
      }
      html += "</tr>"
    }
    return html + "</tbody></table></div></details>"
  }
}
