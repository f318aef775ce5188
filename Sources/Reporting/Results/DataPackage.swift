import Documents
import FoundationEssentials
import Storage

/// The description of a result's data files: Frictionless Data Package, version 2.
struct DataPackage: Encodable {
  let schema = "https://datapackage.org/profiles/2.0/datapackage.json"
  let name: String
  let title: String
  let description: String
  let resources: [Resource]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case name, title, description, resources
  }

  /// One data file.
  struct Resource: Encodable {
    let name: String
    let path: String
    let type: String
    let description: String
    let format: String
    let mediatype: String
    let encoding = "utf-8"
    let bytes: Int
    let hash: String
    let schema: Schema?
  }

  /// The columns of a table.
  struct Schema: Encodable {
    let fields: [Field]
    let missingValues = [""]
  }

  /// One column.
  struct Field: Encodable {
    let name: String
    let type: String
    let description: String
  }
}

extension DataPackage.Resource {
  /// Describes the file that a table makes.
  init(_ table: Table, file: StagedResults.File) {
    self.init(
      name: table.name, path: file.name, type: "table", description: table.description,
      format: "csv", mediatype: "text/csv", bytes: file.byteCount,
      hash: "sha256:\(file.sha256)",
      schema: DataPackage.Schema(
        fields: table.fields.map {
          DataPackage.Field(name: $0.name, type: $0.kind.rawValue, description: $0.description)
        }))
  }

  /// Describes a file that is no table.
  init(
    _ file: StagedResults.File, name: String, format: String, mediaType: String,
    description: String
  ) {
    self.init(
      name: name, path: file.name, type: "file", description: description, format: format,
      mediatype: mediaType, bytes: file.byteCount, hash: "sha256:\(file.sha256)", schema: nil)
  }
}
