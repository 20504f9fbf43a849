package import WenzeSyntax

/// What is wrong with an archive, or with one of its parts.
package enum ArchiveProblem: Error, Hashable, Sendable {
  /// It does not end as archives do.
  case notAnArchive
  /// Its list of parts cannot be read, from this byte on.
  case damagedList(offset: Int)
  /// A part is named twice, so that programs disagree about what it holds.
  case repeated(name: String)
  /// Parts lie in one another, as only archives that are made to harm do.
  case overlapping
  case encrypted(name: String)
  /// A part is packed in a way that office files do not use.
  case unknownPacking(name: String, method: Int)
  case damaged(name: String)
  /// A part unpacks to more than this many times its size.
  case tooDense(name: String, limit: Int)
  /// The parts unpack to more than this many bytes.
  case tooLarge(limit: Int)
}

extension ArchiveProblem {
  /// What is wrong.
  package var message: Bilingual {
    switch self {
    case .notAnArchive:
      Bilingual(
        "不是 Office 文件，或者文件不完整", "this is no office file, or the file is cut off")
    case .damagedList(let offset):
      Bilingual(
        "文件损坏：第 \(offset) 字节起的目录无法读取",
        "the file is damaged: its list of parts cannot be read from byte \(offset) on")
    case .repeated(let name):
      Bilingual(
        "文件里有两个“\(displayed(name))”，无法确定以哪个为准",
        "the file has two parts `\(displayed(name))`, and none is the right one")
    case .overlapping:
      Bilingual("文件各部分互相重叠，可能是恶意文件", "the parts of the file overlap; it may be made to do harm")
    case .encrypted(let name):
      Bilingual("“\(displayed(name))”已加密", "the part `\(displayed(name))` is encrypted")
    case .unknownPacking(let name, let method):
      Bilingual(
        "“\(displayed(name))”用了 Office 文件不用的压缩方法（\(method)）",
        "the part `\(displayed(name))` is packed as office files are not (method \(method))")
    case .damaged(let name):
      Bilingual("“\(displayed(name))”已损坏", "the part `\(displayed(name))` is damaged")
    case .tooDense(let name, let limit):
      Bilingual(
        "“\(displayed(name))”解开后超过自身的 \(limit) 倍",
        "the part `\(displayed(name))` unpacks to more than \(limit) times its size")
    case .tooLarge(let limit):
      Bilingual(
        "文件解开后超过 \(limit) 字节", "the file unpacks to more than \(limit) bytes")
    }
  }

  /// What to do about it.
  package var cure: Bilingual {
    switch self {
    case .notAnArchive, .damagedList, .damaged:
      Bilingual(
        "用 Office 或者 WPS 打开并另存，或者重新复制这个文件",
        "open it in an office program and save it anew, or copy the file again")
    case .repeated, .overlapping, .unknownPacking:
      Bilingual(
        "查明文件来源；确实需要的，用 Office 或者 WPS 打开并另存",
        "find out where the file comes from; if it is needed, open it in an office program and save it anew"
      )
    case .encrypted:
      Bilingual("取消密码后另存", "save it without a password")
    case .tooDense:
      Bilingual(
        "确认文件来源可靠后，用 --limit ratio=N 调高上限",
        "if the file can be trusted, raise the limit with --limit ratio=N")
    case .tooLarge:
      Bilingual(
        "确认文件来源可靠后，用 --limit file=N 调高上限",
        "if the file can be trusted, raise the limit with --limit file=N")
    }
  }
}
