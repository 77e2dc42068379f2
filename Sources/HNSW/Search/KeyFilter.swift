/// Which keys a search may find.
enum KeyFilter {
    case all
    case predicate((UInt64) -> Bool)
    case keys(KeySelection)

    init(_ predicate: ((UInt64) -> Bool)?) {
        self = predicate.map { .predicate($0) } ?? .all
    }
}
