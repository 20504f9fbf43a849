import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The charts that packs declare, over what a run counted for them.
struct ChartMarkup {
  var summary: AuditSummary
  var profile: MaskingProfile

  private static let shownGroups = 12
  private static let shownParts = 8
  private static let shownValues = 20
  private static let listedGroups = 400
  private static let labelLimit = 200

  private var ruleSet: RuleSet { summary.ruleSet }

  /// In the order of their declarations.
  var figures: [Figure] { summary.charts.compactMap { figure(of: $0) } }

  private func figure(of tally: ChartTally) -> Figure? {
    let chart = ruleSet.charts[tally.chart]
    var table = ChartTable(tally, in: ruleSet, profile: profile)
    for index in table.groups.indices {
      table.groups[index].label = shortened(table.groups[index].label, to: Self.labelLimit)
    }
    let drawn = Drawn(
      chart: chart, table: table, mask: profile(tally.mask), leftOut: tally.leftOut)
    switch chart.kind {
    case .mix: return chart.group == nil ? values(drawn) : mix(drawn)
    case .distribution: return spread(drawn)
    }
  }

  /// A chart with what was counted for it.
  private struct Drawn {
    var chart: Chart
    var table: ChartTable
    var mask: NameMask
    var leftOut: Int
  }

  // MARK: Words

  private func description(of drawn: Drawn, _ how: [Bilingual]) -> Bilingual {
    var sentences = [drawn.chart.documentation].compactMap { $0 } + how
    if drawn.leftOut > 0 {
      let count = profile.text(of: drawn.leftOut)
      sentences.append(
        Bilingual(
          "另有 \(count) 个因有关事实没有记载，不知是否应当计入。",
          "Of \(count) more it is not recorded whether they count."))
    }
    if drawn.table.leavesOutGroups {
      sentences.append(
        Bilingual(
          "不足 \(MaskingProfile.smallestGroup) 个的组不列。",
          "Groups of fewer than \(MaskingProfile.smallestGroup) are left out."))
    }
    return Bilingual(
      sentences.map(\.chinese.closed).joined(),
      sentences.map(\.english.sentence).joined(separator: " "))
  }

  private func label(_ part: ChartTable.Part, in drawn: Drawn) -> Bilingual {
    shortened(part.label(in: ruleSet, drawn.mask), to: Self.labelLimit)
  }

  // MARK: What groups are made of

  private func mix(_ drawn: Drawn) -> Figure? {
    let table = drawn.table
    guard !table.groups.isEmpty else { return undecided(drawn) }
    let shownGroups = shown(of: table)
    let rest = table.groups.filter { group in !shownGroups.contains { $0.key == group.key } }
    let values = table.parts.filter(\.isValue)
    let named = values.count > Self.shownParts ? mostFrequent(values, in: table) : values
    let others = values.filter { !named.contains($0) }
    var parts = named.enumerated().map { number, part in
      (style: "c\(number + 1)", words: label(part, in: drawn), of: [part])
    }
    if !others.isEmpty {
      parts.append(("c0", Bilingual("其他 \(others.count) 种", "\(others.count) others"), others))
    }
    for (part, style) in [(ChartTable.Part.withheld, "c0"), (.none, "cn"), (.notRecorded, "cu")]
    where table.parts.contains(part) {
      parts.append((style, label(part, in: drawn), [part]))
    }
    func row(_ label: Bilingual, _ groups: [ChartTable.Group]) -> MixChart.Row {
      MixChart.Row(
        label: label,
        counts: parts.map { part in
          groups.reduce(0) { sum, group in
            sum + part.of.reduce(0) { $0 + (group.counts[$1] ?? 0) }
          }
        })
    }
    var rows = shownGroups.map { row($0.label, [$0]) }
    if !rest.isEmpty {
      let place = rows.count - (table.groups.last?.key == .notRecorded ? 1 : 0)
      rows.insert(row(Bilingual("其他 \(rest.count) 个", "\(rest.count) others"), rest), at: place)
    }
    let group = groupName(of: drawn.chart)
    var how = [
      Bilingual(
        "每条是同一\(group.chinese)的全部，右端是总数。",
        "Each bar is all of one \(group.english), with the total on the right.")
    ]
    if !rest.isEmpty {
      how.append(
        Bilingual(
          "图中是最多的 \(Self.shownGroups) 个，共 \(table.groups.count) 个，全部见数据。",
          "Shown are the largest \(Self.shownGroups) of \(table.groups.count); all are in the data."
        ))
    }
    let chart = MixChart(
      parts: parts.map { MixChart.Part(style: $0.style, words: $0.words) }, rows: rows,
      rowTitle: group)
    return chart.figure(
      title: drawn.chart.title, description: description(of: drawn, how),
      table: mixTable(drawn, group))
  }

  /// As many groups as there is room for: those with the most, in the order of the table.
  private func shown(of table: ChartTable) -> [ChartTable.Group] {
    let limit = table.isOrdered ? 2 * Self.shownGroups : Self.shownGroups
    let known = table.groups.filter { $0.key != .notRecorded }
    guard known.count > limit else { return table.groups }
    let largest = known.enumerated()
      .sorted { ($1.element.total, $0.offset) < ($0.element.total, $1.offset) }
      .prefix(Self.shownGroups)
    let kept = Set(largest.map(\.element.key)).union([.notRecorded])
    return table.groups.filter { kept.contains($0.key) }
  }

  private func mostFrequent(
    _ values: [ChartTable.Part], in table: ChartTable
  ) -> [ChartTable.Part] {
    let totals = values.map { value in table.groups.reduce(0) { $0 + ($1.counts[value] ?? 0) } }
    let kept = values.indices.sorted { (totals[$1], $0) < (totals[$0], $1) }
      .prefix(Self.shownParts - 1)
    return kept.sorted().map { values[$0] }
  }

  private func mixTable(_ drawn: Drawn, _ group: Bilingual) -> DataTable {
    let table = drawn.table
    var rows = table.groups.prefix(Self.listedGroups).map { group in
      [group.label] + table.parts.map { part in cell(group.counts[part] ?? 0, of: group) }
        + [Bilingual(same: "\(group.total)")]
    }
    let rest = table.groups.count - rows.count
    if rest > 0 {
      rows.append(
        [Bilingual("另有 \(rest) 个", "\(rest) more")]
          + table.parts.map { _ in Bilingual(same: "") } + [Bilingual(same: "")])
    }
    return DataTable(
      columns: [group] + table.parts.map { label($0, in: drawn) } + [Bilingual("合计", "total")],
      rows: rows)
  }

  /// Nought stands for nothing only where nothing is withheld.
  private func cell(_ count: Int, of group: ChartTable.Group) -> Bilingual {
    count == 0 && group.counts[.withheld] != nil
      ? Bilingual(same: "") : Bilingual(same: "\(count)")
  }

  private func groupName(of chart: Chart) -> Bilingual {
    chart.group?.name.spoken ?? Bilingual("组", "group")
  }

  // MARK: How often values occur

  private func values(_ drawn: Drawn) -> Figure? {
    guard let group = drawn.table.groups.first else { return undecided(drawn) }
    let values = drawn.table.parts.filter(\.isValue)
    let shown = values.prefix(Self.shownValues)
    let total = group.total
    func row(_ label: Bilingual, _ count: Int, _ part: Int) -> BarChart.Row {
      BarChart.Row(
        label: label, counts: (0..<2).map { $0 == part ? count : 0 },
        note: Bilingual(same: "\(count) · \(percentText(count, of: total))"))
    }
    var rows = shown.map { row(label($0, in: drawn), group.counts[$0] ?? 0, 0) }
    let rest = values.dropFirst(shown.count)
    if !rest.isEmpty {
      rows.append(
        row(
          Bilingual("其他 \(rest.count) 种", "\(rest.count) others"),
          rest.reduce(0) { $0 + (group.counts[$1] ?? 0) }, 0))
    }
    for part in [ChartTable.Part.withheld, .none] where drawn.table.parts.contains(part) {
      rows.append(row(label(part, in: drawn), group.counts[part] ?? 0, 0))
    }
    if let count = group.counts[.notRecorded] {
      rows.append(row(ChartTable.notRecorded, count, 1))
    }
    var chart = BarChart(
      rows: rows,
      parts: [
        Figure.KeyEntry(style: "c1", words: Bilingual("已记载", "recorded")),
        Figure.KeyEntry(style: "cu", words: ChartTable.notRecorded),
      ], rowTitle: drawn.chart.valueName.spoken)
    if group.counts[.notRecorded] == nil {
      chart.parts.removeLast()
      for index in chart.rows.indices { chart.rows[index].counts.removeLast() }
    }
    let all = drawn.table.parts.map { part in
      [
        label(part, in: drawn), Bilingual(same: "\(group.counts[part] ?? 0)"),
        Bilingual(same: percentText(group.counts[part] ?? 0, of: total)),
      ]
    }
    var figure = chart.figure(
      title: drawn.chart.title,
      description: description(
        of: drawn,
        [
          Bilingual(
            "共 \(total) 个，右端是个数和占比。",
            "\(total) in all; their numbers and shares stand on the right.")
        ]))
    figure.table = DataTable(
      columns: [drawn.chart.valueName.spoken, Bilingual("个数", "count"), Bilingual("占比", "share")],
      rows: all)
    return figure
  }

  /// Where of everything it is not known whether it counts.
  private func undecided(_ drawn: Drawn) -> Figure? {
    guard drawn.leftOut > 0 else { return nil }
    let words = Bilingual("不知是否计入", "not known whether it counts")
    guard !profile.hides(drawn.leftOut) else { return nil }
    return BarChart(
      rows: [BarChart.Row(label: words, counts: [drawn.leftOut])],
      parts: [Figure.KeyEntry(style: "cu", words: words)], rowTitle: drawn.chart.valueName.spoken
    )
    .figure(title: drawn.chart.title, description: description(of: drawn, []))
  }

  // MARK: How numbers are spread

  private func spread(_ drawn: Drawn) -> Figure? {
    guard !drawn.table.groups.isEmpty else { return undecided(drawn) }
    let counts = drawn.table.groups.map { group in
      (group: group, spread: Spread(group.numbers))
    }
    let whole = Spread(
      counts.reduce(into: [:]) { sum, entry in
        sum.merge(entry.group.numbers, uniquingKeysWith: +)
      })
    guard whole.total > 0, !profile.hides(whole.total) else { return unmeasured(drawn) }
    let isGrouped = drawn.chart.group != nil
    let shownGroups = isGrouped ? shown(of: drawn.table).filter { !$0.numbers.isEmpty } : []
    let measured = counts.filter { profile.showsQuartiles(of: $0.spread) }
    let chart = SpreadChart(
      whole: whole,
      rows: shownGroups.compactMap { group in
        let spread = Spread(group.numbers)
        guard profile.showsQuartiles(of: spread) else { return nil }
        return SpreadChart.Row(
          label: group.label, spread: spread, note: Bilingual(same: "\(spread.total)"))
      }, unit: drawn.chart.valueName.spoken, profile: profile)
    return chart.figure(
      title: drawn.chart.title,
      description: description(
        of: drawn, spreadWords(drawn, whole, shown: chart.rows.count, of: measured.count)),
      tables: [isGrouped ? spreadTable(drawn, counts, whole) : nil, binTable(chart)]
        .compactMap { $0 }) ?? unmeasured(drawn)
  }

  private func spreadWords(
    _ drawn: Drawn, _ whole: Spread, shown: Int, of groups: Int
  ) -> [Bilingual] {
    var how = [Bilingual("共 \(whole.total) 个。", "\(whole.total) in all.")]
    if profile.showsQuartiles(of: whole), let low = whole.quantile(25),
      let median = whole.quantile(50), let high = whole.quantile(75)
    {
      how.append(
        Bilingual(
          "中位数 \(median)，中间一半在 \(low) 到 \(high) 之间。",
          "The median is \(median); the middle half lies between \(low) and \(high)."))
    }
    for (part, words) in [
      (ChartTable.Part.notRecorded, ChartTable.notRecorded), (.none, Bilingual("没有", "without")),
    ] {
      let count = drawn.table.groups.reduce(0) { $0 + ($1.counts[part] ?? 0) }
      guard count > 0 else { continue }
      let shown = profile.text(of: count)
      how.append(
        Bilingual(
          "\(words.chinese)的 \(shown) 个没有画。", "\(shown) \(words.english) are not drawn."))
    }
    if drawn.chart.group != nil {
      let group = groupName(of: drawn.chart)
      how.append(
        Bilingual(
          "下面每行是同一\(group.chinese)的：方块是中间一半，竖线是中位数，\(profile.showsEnds ? "横线从最小到最大，" : "")右端是个数。",
          "Each row below is one \(group.english): the box is the middle half, its line the median, \(profile.showsEnds ? "the thin line from the least to the greatest, " : "")with the count on the right."
        ))
      if shown < groups {
        how.append(
          Bilingual(
            "图中是最多的 \(shown) 个，共 \(groups) 个，全部见数据。",
            "Shown are the largest \(shown) of \(groups); all are in the data."))
      }
    }
    return how
  }

  private func spreadTable(
    _ drawn: Drawn, _ counts: [(group: ChartTable.Group, spread: Spread)], _ whole: Spread
  ) -> DataTable {
    func cells(_ spread: Spread) -> [Bilingual] {
      let hasQuartiles = profile.showsQuartiles(of: spread)
      let numbers: [Int?] = [
        profile.showsEnds ? spread.least : nil,
        hasQuartiles ? spread.quantile(25) : nil, hasQuartiles ? spread.quantile(50) : nil,
        hasQuartiles ? spread.quantile(75) : nil, profile.showsEnds ? spread.greatest : nil,
      ]
      return [Bilingual(same: profile.text(of: spread.total))]
        + numbers.map { Bilingual(same: $0.map { "\($0)" } ?? "") }
    }
    func open(_ groups: [ChartTable.Group]) -> [Bilingual] {
      [ChartTable.Part.none, .notRecorded].map { part in
        Bilingual(
          same: profile.text(of: groups.reduce(0) { $0 + ($1.counts[part] ?? 0) }))
      }
    }
    let listed = counts.prefix(Self.listedGroups)
    var rows = [[Bilingual("全部", "all")] + cells(whole) + open(counts.map(\.group))]
    rows += listed.map { [$0.group.label] + cells($0.spread) + open([$0.group]) }
    if counts.count > listed.count {
      let rest = counts.count - listed.count
      rows.append([Bilingual("另有 \(rest) 个", "\(rest) more")])
    }
    return DataTable(
      columns: [
        groupName(of: drawn.chart), Bilingual("个数", "count"), Bilingual("最小", "least"),
        Bilingual("下四分位", "lower quartile"), Bilingual("中位数", "median"),
        Bilingual("上四分位", "upper quartile"), Bilingual("最大", "greatest"),
        Bilingual("没有", "without"), ChartTable.notRecorded,
      ], rows: rows)
  }

  private func binTable(_ chart: SpreadChart) -> DataTable {
    DataTable(
      title: Bilingual("分段", "Stretches"),
      columns: [chart.unit, Bilingual("个数", "count")],
      rows: chart.bins.map { bin in
        [bin.words, bin.count.map { Bilingual(same: "\($0)") } ?? Withheld.text]
      })
  }

  /// Where no number is recorded, how many there would be.
  private func unmeasured(_ drawn: Drawn) -> Figure? {
    var rows: [BarChart.Row] = []
    for part in [ChartTable.Part.none, .notRecorded] {
      let count = drawn.table.groups.reduce(0) { $0 + ($1.counts[part] ?? 0) }
      guard count > 0, !profile.hides(count) else { continue }
      rows.append(BarChart.Row(label: label(part, in: drawn), counts: [count]))
    }
    guard !rows.isEmpty else { return undecided(drawn) }
    return BarChart(
      rows: rows, parts: [Figure.KeyEntry(style: "cu", words: ChartTable.notRecorded)],
      rowTitle: drawn.chart.valueName.spoken
    )
    .figure(title: drawn.chart.title, description: description(of: drawn, []))
  }
}

extension ChartTable.Part {
  fileprivate var isValue: Bool {
    if case .value = self { true } else { false }
  }
}

extension ChartTable.Group {
  /// How often each number occurs.
  fileprivate var numbers: [Int: Int] {
    var numbers: [Int: Int] = [:]
    for case (.value(.integer(let number)), let count) in counts { numbers[number] = count }
    return numbers
  }
}

extension String {
  /// With a full stop at its end, where it has none.
  fileprivate var closed: String {
    isEmpty || "。！？".contains(last ?? " ") ? self : self + "。"
  }

  /// An English text as a sentence.
  fileprivate var sentence: String {
    isEmpty || ".!?".contains(last ?? " ") ? capitalizedFirst : capitalizedFirst + "."
  }
}
