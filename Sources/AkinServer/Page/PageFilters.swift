import AkinAgents
import AkinReports
import Papers

/// The filters of the page, with their counts.
struct PageFilters {
    let question: PageQuestion
    let answer: PageAnswer

    /// The values of a filter that stand open, and those that stand folded.
    private static let openValues = 10

    /// The keys of the filters in an answer.
    var context: [String: JSONValue] {
        let active = self.active
        return [
            "hasActive": .bool(!active.isEmpty), "active": .list(active),
            "activeCount": active.isEmpty ? .null : .string("\(active.count)"),
            "clearHref": .string(question.withoutFilters.href), "years": years,
            "groups": .list(
                [
                    group("Venue", "venue", answer.facets?.venue),
                    group("Category", "category", answer.facets?.category),
                    group("Topic", "topic", answer.topics),
                    group(
                        "Tag", "tag",
                        answer.facets?.tag.filter { ![Paper.readTag, Paper.hiddenTag].contains($0.value) }),
                    group("Collection", "collection", answer.facets?.collection),
                    readGroup,
                ].compactMap(\.self)),
        ]
    }

    // MARK: - Filters in force

    private var active: [[String: JSONValue]] {
        var active: [[String: JSONValue]] = []
        func add(_ label: String, _ without: PageQuestion) {
            active.append(["label": .string(label), "removeHref": .string(without.href)])
        }
        if let years = question.years {
            var without = question.first
            without.years = nil
            add("year: \(years)", without)
        }
        for name in PageQuestion.filters {
            for value in question.chosen[name] ?? [] { add("\(name): \(value)", question.toggling(value, of: name)) }
        }
        if let read = question.read {
            var without = question.first
            without.read = nil
            add(read, without)
        }
        return active
    }

    // MARK: - Groups

    private func group(_ label: String, _ name: String, _ values: [FacetsReport.Value]?) -> [String: JSONValue]? {
        var values = values ?? []
        let chosen = question.chosen[name] ?? []
        // Categories and venues match by words, and a chosen value need not be a whole one.
        for value in chosen where !values.contains(where: { $0.value == value }) {
            values.append(FacetsReport.Value(value: value, papers: 0))
        }
        guard !values.isEmpty else { return nil }
        let open = values.enumerated().filter { $0.offset < Self.openValues || chosen.contains($0.element.value) }
            .map(\.element)
        let folded = values.filter { !open.contains($0) }
        func items(_ values: [FacetsReport.Value]) -> JSONValue {
            .list(
                values.map { value in
                    [
                        "kind": "checkbox", "name": .string(name), "value": .string(value.value),
                        "label": .string(value.value), "tally": .string(grouped(value.papers)),
                        "checked": .bool(chosen.contains(value.value)),
                    ]
                })
        }
        return [
            "groupLabel": .string(label), "name": .string(name), "items": items(open),
            "hasFurther": .bool(!folded.isEmpty), "further": items(folded),
        ]
    }

    private var readGroup: [String: JSONValue]? {
        guard let facets = answer.facets, facets.read > 0 || question.read != nil else { return nil }
        func item(_ value: String, _ label: String, _ papers: Int?) -> [String: JSONValue] {
            [
                "kind": "radio", "name": "read", "value": .string(value), "label": .string(label),
                "tally": .text(papers.map(grouped)), "checked": .bool((question.read ?? "") == value),
            ]
        }
        return [
            "groupLabel": "Read", "name": "read", "hasFurther": false, "further": [],
            "items": .list([
                item("", "all", nil), item("unread", "unread", facets.papers - facets.read),
                item("read", "read", facets.read),
            ]),
        ]
    }

    // MARK: - Years

    /// The most bars; earlier years are left out.
    private static let mostBars = 80

    private var years: JSONValue {
        let counts = (answer.facets?.year ?? []).compactMap { value in Int(value.value).map { ($0, value.papers) } }
        guard let last = counts.map(\.0).max(), let earliest = counts.map(\.0).min() else { return .null }
        let first = max(earliest, last - Self.mostBars + 1)
        let papers = Dictionary(counts, uniquingKeysWith: +)
        let highest = max(1, papers.values.max() ?? 1)
        let range = question.years.flatMap { YearRange($0) }
        let bars: [[String: JSONValue]] = (first...last).map { year in
            let count = papers[year] ?? 0
            var chosen = question.first
            chosen.years = String(year)
            return [
                "x": .integer(year - first), "height": .number((1000 * Double(count) / Double(highest)).rounded() / 10),
                "href": .string(chosen.href), "label": .string("\(year): \(grouped(count))"),
                "chosen": .bool(range?.contains(year) ?? true),
            ]
        }
        return .object([
            "firstYear": .integer(first), "lastYear": .integer(last), "barCount": .integer(last - first + 1),
            "bars": .list(bars), "from": .text(range?.first.map(String.init)),
            "to": .text(range?.last.map(String.init)),
        ])
    }
}

/// A whole number with commas between thousands.
func grouped(_ number: Int) -> String {
    let digits = String(abs(number))
    var text = ""
    for (place, digit) in digits.enumerated() {
        if place > 0, (digits.count - place).isMultiple(of: 3) { text += "," }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
}

/// A number of things: `1 paper`, `2 papers`.
func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}
