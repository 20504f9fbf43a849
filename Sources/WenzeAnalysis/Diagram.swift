import WenzeModel

/// A forest of decision diagrams over variables with finitely many values.
///
/// Nodes are hash-consed and reduced, so that two functions are the same if their nodes are, and
/// every leaf of a diagram is reached by some assignment.
///
/// R. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986, with leaves that
/// are values of any kind.
struct Diagram {
  typealias Node = Int

  private enum Content: Hashable {
    case leaf(Value)
    /// The number of a variable, and the node for each of its values.
    case branch(Int, [Node])
  }

  private var contents: [Content] = []
  private var numbers: [Content: Node] = [:]

  var count: Int { contents.count }

  private mutating func node(_ content: Content) -> Node {
    if let known = numbers[content] { return known }
    contents.append(content)
    numbers[content] = contents.count - 1
    return contents.count - 1
  }

  mutating func leaf(_ value: Value) -> Node { node(.leaf(value)) }

  /// The node that asks a variable; the same for all values is no question.
  mutating func branch(_ variable: Int, _ children: [Node]) -> Node {
    if let first = children.first, children.allSatisfy({ $0 == first }) { return first }
    return node(.branch(variable, children))
  }

  /// The value of a leaf; nil of anything else.
  func value(of node: Node) -> Value? {
    if case .leaf(let value) = contents[node] { value } else { nil }
  }

  /// The variable that a node asks first; leaves come after all variables.
  func variable(of node: Node) -> Int {
    if case .branch(let variable, _) = contents[node] { variable } else { .max }
  }

  /// The node for one value of a variable that is not behind the node's own.
  func child(of node: Node, _ variable: Int, _ value: Int) -> Node {
    if case .branch(variable, let children) = contents[node] { children[value] } else { node }
  }

  /// Every value that the function takes.
  func values(of node: Node) -> Set<Value> {
    var seen: Set<Node> = []
    var found: Set<Value> = []
    var open = [node]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      switch contents[next] {
      case .leaf(let value): found.insert(value)
      case .branch(_, let children): open += children
      }
    }
    return found
  }

  /// An assignment of variables to the numbers of their values that leads to a leaf.
  func path(from node: Node, to isWanted: (Value) -> Bool) -> [Int: Int]? {
    var dead: Set<Node> = []
    var assignment: [Int: Int] = [:]
    func search(_ node: Node) -> Bool {
      switch contents[node] {
      case .leaf(let value): return isWanted(value)
      case .branch(let variable, let children):
        guard !dead.contains(node) else { return false }
        for (number, child) in children.enumerated() where search(child) {
          assignment[variable] = number
          return true
        }
        dead.insert(node)
        return false
      }
    }
    return search(node) ? assignment : nil
  }
}
