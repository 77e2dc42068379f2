/// Lines of a name and a value, with the values under one another.
func fieldLines(_ fields: [(name: String, value: String)]) -> [String] {
    fields.map { field in
        let name = oneLine(field.name)
        return TextStyle.dim(name + String(repeating: " ", count: max(1, 12 - name.count))) + oneLine(field.value)
    }
}
