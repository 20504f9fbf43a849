/// The lossless tree of one text: its tokens, with their trivia, grouped into nodes.
///
/// Printing the tree gives back the bytes that were parsed, whatever mistakes they hold.
package struct SyntaxTree: Sendable {
  package let source: Source
  package let tokens: [Token]
  /// The nodes in preorder; the first is the root.
  package let nodes: [Node]

  package struct Node: Hashable, Sendable {
    package let kind: SyntaxKind
    /// The tokens below the node, half open.
    package let tokens: Range<Int>
    /// The index after the last node below this one.
    package let subtreeEnd: Int
  }

  /// A child of a node: a token, or another node by its index.
  package enum Child: Hashable, Sendable {
    case token(Int)
    case node(Int)
  }

  package func children(of index: Int) -> [Child] {
    let node = nodes[index]
    var children: [Child] = []
    var token = node.tokens.lowerBound
    var next = index + 1
    while next < node.subtreeEnd {
      let child = nodes[next]
      while token < child.tokens.lowerBound {
        children.append(.token(token))
        token += 1
      }
      children.append(.node(next))
      token = max(token, child.tokens.upperBound)
      next = child.subtreeEnd
    }
    while token < node.tokens.upperBound {
      children.append(.token(token))
      token += 1
    }
    return children
  }

  /// The text of the whole tree, token by token.
  package var text: String {
    var text = ""
    text.reserveCapacity(source.utf8Count)
    var pending: [Child] = [.node(0)]
    while let child = pending.popLast() {
      switch child {
      case .token(let index):
        let token = tokens[index]
        text += source.text(in: SourceRange(token.fullStart, token.range.end))
      case .node(let index):
        pending.append(contentsOf: children(of: index).reversed())
      }
    }
    return text
  }

  /// An outline of the nodes with the words of their tokens, for tests and for the curious.
  package var outline: String {
    var lines: [String] = []
    func visit(_ index: Int, depth: Int) {
      let indent = String(repeating: "  ", count: depth)
      lines.append("\(indent)\(nodes[index].kind)")
      for child in children(of: index) {
        switch child {
        case .token(let index):
          lines.append("\(indent)  “\(source.text(in: tokens[index].range))”")
        case .node(let index):
          visit(index, depth: depth + 1)
        }
      }
    }
    if !nodes.isEmpty { visit(0, depth: 0) }
    return lines.joined(separator: "\n")
  }
}

/// What a node of the tree is.
package enum SyntaxKind: UInt8, Hashable, Sendable {
  case file
  case pack
  case law
  case enumeration
  case set
  case list
  case record
  case dossier
  case parameter
  case define
  case table
  case rule
  case procedure
  case exception
  case adjustment
  case aggregate
  case mapping
  case scoreSheet
  case chart
  case test
  case document
  case clause
  case entry
  case column
  case field
  case row
  case cell
  case type
  case name
  case words
  case citation
  case expression
  case value
  case error
}
