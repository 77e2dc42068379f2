import JSONReading

/// A list of strings as JSON text.
package func jsonList(_ texts: [String]) -> String {
    if texts.isEmpty { return "[]" }
    var list = "["
    for (index, text) in texts.enumerated() {
        if index > 0 { list += ", " }
        appendJSON(text, to: &list)
    }
    return list + "]"
}

/// Appends a string, quoted and escaped, to a JSON text.
///
/// Only quotes, backslashes and control characters are escaped. Everything else is written as UTF-8.
package func appendJSON(_ text: String, to json: inout String) {
    json += "\""
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        json += text
    } else {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
    }
    json += "\""
}

/// The strings of a JSON list, or `nil` if the text is not a list of strings.
package func texts(ofJSONList json: String) -> [String]? {
    if json == "[]" { return [] }
    let bytes = Array(json.utf8)
    var reader = JSONReader(bytes, in: bytes.indices)
    var texts: [String] = []
    do throws(JSONError) {
        guard try reader.kind() == .array else { return nil }
        try reader.array { (reader) throws(JSONError) in
            _ = try reader.kind()
            texts.append(try reader.string())
        }
        try reader.finish()
    } catch {
        return nil
    }
    return texts
}
