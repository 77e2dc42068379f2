/// Lines of a name and a value, with the values under one another.
func fieldLines(_ fields: [(name: String, value: String)]) -> [String] {
    fields.map { TextStyle.dim($0.name + String(repeating: " ", count: 12 - $0.name.count)) + oneLine($0.value) }
}
