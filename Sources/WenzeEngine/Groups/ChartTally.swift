package import WenzeModel
import WenzeSemantics

/// What a chart counted over the documents of a run.
package struct ChartTally: Sendable {
  /// The number of the chart in the rule set.
  package var chart: Int
  /// In the order of the codes of groups and values, whatever order the documents had.
  package var cells: [Cell]
  /// Of how many elements it is not recorded whether they are what the chart counts.
  package var leftOut: Int
  /// Masks the names of persons in what the chart shows.
  package var mask: NameMask

  /// The elements that are counted alike.
  package struct Cell: Hashable, Sendable {
    /// Nil in a chart without groups.
    package var group: Value?
    package var value: Value
    package var count: Int
  }
}

extension GroupRun {
  /// What the charts counted, of dossiers that the run had documents of.
  package var chartTallies: [ChartTally] {
    let mask = NameMask(names: Set(chartNames.compactMap { values.text(of: $0) }))
    return plan.charts.compactMap { intake in
      let collection = collections[intake.gathering]
      guard collection.hasDocuments else { return nil }
      let cells = collection.tally.map { key, count in
        let parts = key.map { values.value(of: $0) }
        return ChartTally.Cell(
          group: parts.count > 1 ? parts[0] : nil, value: parts.last ?? .unknown, count: count)
      }
      return ChartTally(
        chart: intake.number,
        cells: cells.map { (code: ($0.group?.code ?? "", $0.value.code), cell: $0) }
          .sorted { $0.code < $1.code }.map(\.cell),
        leftOut: collection.leftOut.values.reduce(0, +), mask: mask)
    }
  }
}
