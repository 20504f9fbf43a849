package import WenzeModel
import WenzeSemantics

/// What a chart counted over the documents of a run.
package struct ChartTally: Sendable {
  /// The number of the chart in the rule set.
  package var chart: Int
  /// In the order of the codes of groups and values, whatever order the documents had.
  package var cells: [Cell]
  /// In how many documents the elements of each group stand.
  package var groups: [Group]
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
    /// In how many documents they stand.
    package var documents: Int
  }

  package struct Group: Hashable, Sendable {
    package var group: Value?
    package var documents: Int
  }
}

extension GroupRun {
  /// What the charts counted, of dossiers that the run had documents of.
  package var chartTallies: [ChartTally] {
    let mask = NameMask(names: Set(chartNames.compactMap { values.text(of: $0) }))
    return plan.charts.compactMap { intake in
      let collection = collections[intake.gathering]
      guard collection.hasDocuments else { return nil }
      let isGrouped = plan.gatherings[intake.gathering].isGrouped
      let cells = collection.tally.map { key, count in
        ChartTally.Cell(
          group: isGrouped ? values.value(of: key[0]) : nil,
          value: key.last.map { values.value(of: $0) } ?? .unknown, count: count.elements,
          documents: count.documents)
      }
      let groups = collection.groupTally.map { group, count in
        ChartTally.Group(
          group: isGrouped ? values.value(of: group) : nil, documents: count.documents)
      }
      return ChartTally(
        chart: intake.number,
        cells: cells.map { (code: ($0.group?.code ?? "", $0.value.code), cell: $0) }
          .sorted { $0.code < $1.code }.map(\.cell),
        groups: groups.map { (code: $0.group?.code ?? "", group: $0) }
          .sorted { $0.code < $1.code }.map(\.group),
        leftOut: collection.leftOut.values.reduce(0, +), mask: mask)
    }
  }
}
