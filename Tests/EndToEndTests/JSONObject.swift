import Foundation

/// The members of a JSON object, for checks of single ones.
struct JSONObject {
  private let members: [String: Any]

  init(_ text: String) throws {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let members = value as? [String: Any] else { throw NotAnObject(text: text) }
    self.members = members
  }

  /// A member as text, `nil` when there is none.
  subscript(_ name: String) -> String? {
    members[name].map { "\($0)" }
  }

  struct NotAnObject: Error {
    var text: String
  }
}
