/// Reads the `file` fields of JabRef, Zotero, Mendeley and others.
///
///     Full text:papers/x.pdf:PDF;Slides:papers/y.pdf:PDF
///     papers/x.pdf;papers/y.pdf
enum BibTeXAttachments {
    /// The paths of a field.
    ///
    /// `;` parts files, and `:` parts a description, a path and a type. Behind a backslash they belong to the path.
    static func paths(in field: ArraySlice<UInt8>) -> [String] {
        let text = plainBackslashes(String(decoding: field, as: UTF8.self))
        return split(text, at: ";").compactMap(path)
    }

    private static func path(of file: String) -> String? {
        let parts = split(file, at: ":")
        let path: String
        switch parts.count {
        case 0: return nil
        case 1: path = parts[0]
        case 2:
            let (first, second) = (parts[0], parts[1])
            let isDrive = first.count == 1 && (second.hasPrefix("/") || second.hasPrefix("\\"))
            let isAddress = second.hasPrefix("//")
            if isDrive || isAddress {
                path = file
            } else {
                path = first.isEmpty || !isType(second) ? second : first
            }
        default:
            // An address, or a path of Windows, has a colon that nobody escaped.
            path = parts[1..<(parts.count - 1)].joined(separator: ":")
        }
        let plain = unescaped(path).trimmingSpaces
        return plain.isEmpty ? nil : plain
    }

    private static func isType(_ text: String) -> Bool {
        text.count <= 60 && !text.contains(".") && !text.contains("\\")
            && (!text.contains("/") || text.split(separator: "/").count == 2 && text.first?.isLetter == true)
    }

    private static func split(_ text: String, at sign: Character) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if character == sign, !isEscaped {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts.count == 1 && parts[0].isEmpty ? [] : parts
    }

    private static func unescaped(_ path: String) -> String {
        var result = ""
        var characters = path.makeIterator()
        while let character = characters.next() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            guard let next = characters.next() else {
                result.append(character)
                break
            }
            // Zotero escapes braces and signs of TeX as well. Behind others, the backslash divides folders.
            if !":;\\{}_&%$#".contains(next) { result.append("\\") }
            result.append(next)
        }
        return result
    }

    /// The text with plain backslashes and braces where TeX has commands for them.
    private static func plainBackslashes(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")),
            text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "$") })
        else { return text }
        return
            text
            .replacing("{\\textbackslash}", with: "\\").replacing("\\textbackslash{}", with: "\\")
            .replacing("$\\backslash$", with: "\\")
            .replacing("\\textbraceleft{}", with: "{").replacing("\\textbraceright{}", with: "}")
    }
}
