import WenzeEngine
import WenzeReport

/// What a comparison learns from one batch; parts merge in the order of their batches.
struct DiffPart: Sendable {
  var tally: VerdictTally
  var counts = AuditCounts()
  var changedDocuments = 0
  /// Known once all documents are there.
  var changedGroups = 0
  /// The first few.
  var unread: [DiffReport.UnreadDocument] = []
  var unreadCounts = DiffReport.UnreadCounts()
  var oldGroups: GroupRun
  var newGroups: GroupRun

  /// How many documents are named that only one of the rule sets can read.
  private static let unreadExamples = 10

  mutating func add(_ document: DiffReport.UnreadDocument) {
    if document.isUnreadByOld { unreadCounts.byOld += 1 } else { unreadCounts.byNew += 1 }
    if unread.count < Self.unreadExamples { unread.append(document) }
  }

  mutating func merge(_ other: DiffPart) {
    tally.merge(other.tally)
    counts.merge(other.counts)
    changedDocuments += other.changedDocuments
    unread += other.unread.prefix(max(0, Self.unreadExamples - unread.count))
    unreadCounts.byOld += other.unreadCounts.byOld
    unreadCounts.byNew += other.unreadCounts.byNew
    oldGroups.merge(other.oldGroups)
    newGroups.merge(other.newGroups)
  }
}
