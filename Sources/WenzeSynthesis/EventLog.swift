/// A synthetic event log of accountability proceedings, as IEEE XES.
///
/// About 3.7 events and 1.2 KB a trace. Most proceedings go the way of the regulations; a few have
/// a fault of order or of a period, which the ledger lists by trace.
package enum EventLog {
  /// The faults, with the rule about files that asks for the same.
  private enum Fault: String, CaseIterable {
    /// Approved after the launch's checks had begun.
    case checkedBeforeApproval = "checked_before_approval"
    case decidedBeforeTalk = "decided_before_talk"
    case deliveredBeforeDecision = "delivered_before_decision"
    case decidedWithoutStudy = "decided_without_study"
    case appealLate = "appeal_late"

    var code: String {
      switch self {
      case .checkedBeforeApproval: "WZ416"
      case .decidedBeforeTalk, .deliveredBeforeDecision: "WZ401"
      case .decidedWithoutStudy: "WZ118"
      case .appealLate: "WZ510"
      }
    }
  }

  private enum Activity: Int {
    case proposed
    case checked
    case approved
    case talked
    case studied
    case decided
    case delivered
    case appealed
    case appealDecided

    var name: StaticString {
      switch self {
      case .proposed: "提出"
      case .checked: "核查"
      case .approved: "批准"
      case .talked: "谈话"
      case .studied: "集体研究"
      case .decided: "决定"
      case .delivered: "送达"
      case .appealed: "申诉"
      case .appealDecided: "申诉处理"
      }
    }
  }

  private struct Event {
    var activity: Activity
    var day: Day
    var minute: Int
  }

  /// Writes a log of so many traces, in pieces of about a mebibyte, and tells of the faults in it.
  package static func write<Failure: Error>(
    traces: Int, _ options: ArchiveOptions, to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> PlantedLedger {
    let calendar = Calendar(years: options.years)
    let bodies = Bodies(count: options.bodies, seed: options.seed)
    var ledger = PlantedLedger(seed: options.seed, documents: traces)
    var xml = JSONBytes(capacity: 1 << 21)
    xml.raw(header)
    for number in 0..<traces {
      var random = SplitMix64(seed: options.seed, -3, number)
      let body = bodies.all[random.below(bodies.all.count)]
      let fault = random.below(1000) < 4 ? Fault.allCases[random.below(Fault.allCases.count)] : nil
      let year = random.within(options.years)
      var id = JSONBytes(capacity: 32)
      id.raw("合成-L")
      id.digits(year)
      id.raw("-")
      id.digits(number + 1, width: 7)
      let name = id.bytes
      let events = proceedings(year: year, fault: fault, calendar, &random)
      xml.raw("<trace><string key=\"concept:name\" value=\"")
      xml.raw(name)
      xml.raw("\"/>\n")
      // Some systems write universal time, the others that of China.
      let isUniversal = random.chance(300)
      for event in events { write(event, body, isUniversal, calendar, &xml, &random) }
      xml.raw("</trace>\n")
      if let fault {
        let text = String(decoding: name, as: UTF8.self)
        ledger.planted.append(
          LedgerEntry(
            code: fault.code, pattern: fault.rawValue, scope: "trace",
            key: LedgerEntry.Key(id: text), strength: 1, size: events.count, cases: [text]))
      }
      if xml.count > 1 << 20 {
        try sink(xml.bytes)
        xml.removeAll()
      }
    }
    xml.raw("</log>\n")
    try sink(xml.bytes)
    return ledger
  }

  private static let header: StaticString = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- Synthetic: no proceedings of anybody. -->
    <log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
    <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
    <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
    <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
    <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
    <classifier name="activity" keys="concept:name"/>

    """

  /// The steps of one matter; most end early, since nothing is found.
  private static func proceedings(
    year: Int, fault: Fault?, _ calendar: Calendar, _ random: inout SplitMix64
  ) -> [Event] {
    var day = calendar.workingDay(
      onOrAfter: Day(year: year, month: 1, day: 1) + random.below(300))
    var events: [Event] = []
    func then(_ activity: Activity, _ days: ClosedRange<Int>) {
      day = calendar.workingDay(onOrAfter: day + random.within(days))
      // Some work is done in the small hours, which are the day before of universal time.
      let minute = random.chance(30) ? random.within(10...470) : random.within(510...1050)
      events.append(Event(activity: activity, day: day, minute: minute))
    }
    then(.proposed, 0...0)
    // The others end after a check or two, without an approval.
    let isPursued = fault != nil || random.chance(270)
    then(.checked, 2...20)
    guard isPursued else {
      if random.chance(300) { then(.checked, 5...30) }
      return events
    }
    then(.approved, 1...6)
    then(.checked, 1...10)
    then(.talked, 8...40)
    then(.studied, 4...20)
    then(.decided, 1...6)
    then(.delivered, 1...8)
    if fault == .appealLate || random.chance(60) {
      then(.appealed, 5...25)
      then(.appealDecided, fault == .appealLate ? 40...90 : 8...25)
    }
    guard let fault else { return events }
    func swapDays(_ left: Activity, _ right: Activity) {
      guard let first = events.lastIndex(where: { $0.activity == left }),
        let second = events.lastIndex(where: { $0.activity == right })
      else { return }
      let day = events[first].day
      events[first].day = events[second].day
      events[second].day = day
    }
    switch fault {
    case .checkedBeforeApproval: swapDays(.approved, .talked)
    case .decidedBeforeTalk: swapDays(.talked, .decided)
    case .deliveredBeforeDecision: swapDays(.decided, .delivered)
    case .decidedWithoutStudy: events.removeAll { $0.activity == .studied }
    case .appealLate: break
    }
    // A log is in the order of its times.
    return events.sorted { ($0.day, $0.minute) < ($1.day, $1.minute) }
  }

  private static func write(
    _ event: Event, _ body: Body, _ isUniversal: Bool, _ calendar: Calendar,
    _ xml: inout JSONBytes, _ random: inout SplitMix64
  ) {
    xml.raw("<event><string key=\"concept:name\" value=\"")
    xml.raw(event.activity.name)
    xml.raw("\"/><date key=\"time:timestamp\" value=\"")
    let shifted = isUniversal ? event.minute - 480 : event.minute
    xml.day(shifted < 0 ? event.day - 1 : event.day, in: calendar)
    xml.raw("T")
    let minute = shifted < 0 ? shifted + 1440 : shifted
    xml.digits(minute / 60, width: 2)
    xml.raw(":")
    xml.digits(minute % 60, width: 2)
    xml.raw(":")
    xml.digits(random.below(60), width: 2)
    xml.raw(isUniversal ? ".000Z" : ".000+08:00")
    xml.raw("\"/><string key=\"org:resource\" value=\"")
    Names.write(random.below(Names.count), to: &xml)
    xml.raw("\"/><string key=\"org:group\" value=\"")
    xml.raw(body.name)
    xml.raw("\"/><string key=\"lifecycle:transition\" value=\"complete\"/></event>\n")
  }
}
