/// Which keys a search may find.
enum KeyFilter {
    case all
    case predicate((UInt64) -> Bool)
    case keys(Set<UInt64>)

    init(_ predicate: ((UInt64) -> Bool)?) {
        self = predicate.map { .predicate($0) } ?? .all
    }
}
