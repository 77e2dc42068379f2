/// An id in JSON: a text, or a whole number, which is read as its digits.
struct FlexibleID: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
    }
}

/// A number in JSON, which may be written as a text.
struct FlexibleNumber: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            value = number
        } else if let number = Double(try container.decode(String.self)), number.isFinite {
            value = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "The text is not a number.")
        }
    }
}

/// One value in JSON, or a list of them.
struct OneOrMore<Element: Decodable>: Decodable {
    let elements: [Element]
    /// Whether it was a list.
    let isList: Bool

    init(from decoder: any Decoder) throws {
        if let list = try? [Element](from: decoder) {
            (elements, isList) = (list, true)
        } else {
            (elements, isList) = ([try Element(from: decoder)], false)
        }
    }
}

/// The name of a class in JSON: a text, a number, or a list of them, from the coarsest class to the finest.
struct FlexibleLabel: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        if let text = try? FlexibleID(from: decoder).text {
            self.text = text
        } else if let number = try? FlexibleNumber(from: decoder).value {
            text = "\(number)"
        } else if let truth = try? decoder.singleValueContainer().decode(Bool.self) {
            text = truth ? "1" : "0"
        } else {
            // In a hierarchy the coarsest class counts.
            text = try [FlexibleLabel](from: decoder).first?.text ?? ""
        }
    }
}
