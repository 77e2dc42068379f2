import AkinAgents
import Foundation
import Mustache

/// The templates of the page, compiled into the program.
struct PageTemplates: Sendable {
    static let shared = PageTemplates()

    private let library: MustacheLibrary

    private init() {
        // Each template says how its texts are escaped, partials too.
        MustacheContentTypes.register(PageText(), named: PageText.name)
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            let text = "{{% CONTENT_TYPE: \(PageText.name)}}\n" + String(decoding: bytes, as: UTF8.self)
            do {
                try library.register(text, named: name)
            } catch {
                preconditionFailure("The template '\(name)' does not parse: \(error)")
            }
        }
        self.library = library
    }

    /// Fills in a template.
    ///
    /// - Parameters:
    ///   - name: The name of the template.
    ///   - context: The values that it names.
    /// - Returns: The text.
    func render(_ name: String, _ context: [String: JSONValue]) -> String {
        guard let text = library.render(JSONValue.object(context).content as Any, withTemplate: name) else {
            preconditionFailure("There is no template '\(name)'.")
        }
        return text
    }

    private static let sources: [String: [UInt8]] = [
        "actions": PackageResources.actions_mustache, "add": PackageResources.add_mustache,
        "cards": PackageResources.cards_mustache, "error": PackageResources.error_mustache,
        "filters": PackageResources.filters_mustache, "foot": PackageResources.foot_mustache,
        "head": PackageResources.head_mustache, "help": PackageResources.help_mustache,
        "icons": PackageResources.icons_mustache, "keys": PackageResources.keys_mustache,
        "language": PackageResources.language_mustache, "libraries": PackageResources.libraries_mustache,
        "login": PackageResources.login_mustache, "more": PackageResources.more_mustache,
        "new": PackageResources.new_mustache, "paper": PackageResources.paper_mustache,
        "paper-lines": PackageResources.paper_lines_mustache, "posting": PackageResources.posting_mustache,
        "reference": PackageResources.reference_mustache, "results": PackageResources.results_mustache,
        "search": PackageResources.search_mustache,
        "start": PackageResources.start_mustache, "topics": PackageResources.topics_mustache,
        "tray": PackageResources.tray_mustache, "why": PackageResources.why_mustache,
    ]
}

/// Text of a page. Signs are escaped scalar by scalar: one that is joined with a letter to one character is a sign for a
/// browser all the same.
struct PageText: MustacheContentType {
    static let name = "PAGE"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isSign) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += Array("&amp;".utf8)
            case UInt8(ascii: "<"): escaped += Array("&lt;".utf8)
            case UInt8(ascii: ">"): escaped += Array("&gt;".utf8)
            case UInt8(ascii: "\""): escaped += Array("&quot;".utf8)
            case UInt8(ascii: "'"): escaped += Array("&#39;".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isSign(_ byte: UInt8) -> Bool { "&<>\"'".utf8.contains(byte) }
}

extension JSONValue {
    /// The value as templates take it: dictionaries, lists, texts, numbers and Booleans.
    fileprivate var content: Any? {
        switch self {
        case .null: nil
        case .bool(let value): value
        case .integer(let value): value
        case .number(let value): value
        case .string(let value): value
        case .array(let values): values.map { $0.content as Any }
        case .object(let members): members.compactMapValues(\.content)
        }
    }

    /// A list of objects.
    static func list(_ objects: [[String: JSONValue]]) -> JSONValue { .array(objects.map(JSONValue.object)) }

    /// A text; `nil` for an absent one, which a dictionary then leaves out.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
