import FoundationEssentials

/// The bytes of the file at `path`, refused by its size before it is read.
///
/// Only a regular file is opened: a pipe would block and a device may never end. `what` names the
/// kind of file in messages, which stand at `location` and `documentPath`.
func fileBytes(
  _ path: String, what: String, limit: Int, at location: SourceLocation, documentPath: String = ""
) throws(ScenarioFaults) -> [UInt8] {
  func fault(_ problem: String, _ advice: String) -> ScenarioFaults {
    ScenarioFaults([Fault(at: location, path: documentPath, problem, advice: advice)])
  }
  let name = quoted(path, limit: 4_096)
  let url = URL(filePath: path).resolvingSymlinksInPath()
  guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
    throw fault("there is no \(what) \(name)", "check the name and the folder")
  }
  switch attributes[.type] as? FileAttributeType {
  case .typeRegular?: break
  case .typeDirectory?: throw fault("\(name) is a folder", "give the name of a \(what)")
  default: throw fault("\(name) is not an ordinary file", "give the name of a \(what)")
  }
  if let size = attributes[.size] as? UInt64, size > limit {
    throw fault(
      "the \(what) \(name) has \(size) bytes", "at most \(limit) bytes are allowed")
  }
  do {
    return [UInt8](try Data(contentsOf: url))
  } catch {
    throw fault("the \(what) \(name) cannot be read", "check its permissions")
  }
}

/// The path of a file that another names, relative to that one.
package func fileBeside(_ file: String, named name: String) -> String {
  URL(filePath: file).deletingLastPathComponent().appending(path: name).relativePath
}
