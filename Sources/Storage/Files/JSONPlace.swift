/// Where a value that says by itself what it is made of is written: as one value, an array, or an object.
final class JSONPlace: Encoder, UnkeyedEncodingContainer, SingleValueEncodingContainer {
  private enum Form { case single, array, object }

  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  private(set) var count = 0
  private let writer: JSONWriter
  private var form = Form.single
  /// Of an object: its members, and where they stand.
  private var members: [(key: String, bytes: Range<Int>)] = []
  /// The last element, while it is an array or an object that is being written.
  private var nested: JSONPlace?

  init(_ writer: JSONWriter) { self.writer = writer }

  /// Ends the value; nothing is added any more.
  func end() {
    endElement()
    if form == .array { writer.close("]", isEmpty: count == 0) }
    guard form == .object else { return }
    sortMembers()
    writer.close("}", isEmpty: count == 0)
  }

  private func endElement() {
    nested?.end()
    nested = nil
    guard let last = members.popLast() else { return }
    members.append((last.key, last.bytes.lowerBound..<writer.count))
  }

  private func sortMembers() {
    let areSorted = zip(members, members.dropFirst()).allSatisfy { $0.key < $1.key }
    if !areSorted { writer.rearrange(members.sorted { $0.key < $1.key }.map(\.bytes)) }
  }

  private func begin(_ form: Form, _ mark: Unicode.Scalar) {
    // Two values that are one object after another are one object.
    guard self.form == .single else { return }
    self.form = form
    writer.open(mark)
  }

  private func beginElement() {
    guard form != .single else { return }
    endElement()
    writer.separate(isFirst: count == 0)
    count += 1
  }

  fileprivate func beginMember(_ key: String) {
    beginElement()
    members.append((key, writer.count..<writer.count))
    writer.write(key: key)
  }

  fileprivate func write(_ value: some Encodable) throws { try writer.write(value) }

  fileprivate func nest() -> JSONPlace {
    let place = JSONPlace(writer)
    nested = place
    return place
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    begin(.array, "[")
    return self
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    begin(.object, "{")
    return KeyedEncodingContainer(JSONMembers(place: self))
  }

  func encodeNil() {
    beginElement()
    writer.write(word: "null")
  }

  func encode(_ value: some Encodable) throws {
    beginElement()
    try writer.write(value)
  }

  func superEncoder() -> any Encoder {
    beginElement()
    return nest()
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    beginElement()
    return nest().unkeyedContainer()
  }

  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    beginElement()
    return nest().container(keyedBy: type)
  }
}

/// The members of an object.
private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let place: JSONPlace
  let codingPath: [any CodingKey] = []

  func encodeNil(forKey key: Key) throws { try encode(Int?.none, forKey: key) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    place.beginMember(key.stringValue)
    try place.write(value)
  }

  func superEncoder() -> any Encoder { nest("super") }

  func superEncoder(forKey key: Key) -> any Encoder { nest(key.stringValue) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    nest(key.stringValue).unkeyedContainer()
  }

  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Inner> { nest(key.stringValue).container(keyedBy: type) }

  private func nest(_ key: String) -> JSONPlace {
    place.beginMember(key)
    return place.nest()
  }
}
