import CPostgres

/// libpq, which is opened when it is first needed.
package enum PostgresLibrary {
    /// Opens libpq unless that was done.
    ///
    /// - Throws: `PostgresError` with `libraryMissing`.
    package static func load() throws(PostgresError) {
        // SAFETY: the reason is a string of the C code, which stays valid.
        guard let reason = unsafe akin_postgres_load() else { return }
        let text = unsafe String(cString: reason)
        #if os(macOS)
        let remedy = "Install libpq 14 or later: brew install libpq"
        #else
        let remedy = "Install libpq 14 or later, which Debian and its relatives have as libpq5"
        #endif
        throw PostgresError(
            .libraryMissing, "Cannot speak to PostgreSQL: its client library is missing (\(text)). \(remedy).")
    }

    /// The version of libpq, such as 150018 for 15.18.
    package static var version: Int {
        get throws(PostgresError) {
            try load()
            return Int(akin_PQlibVersion())
        }
    }
}

/// The text of a string that libpq owns, which may be absent.
///
/// SAFETY: libpq ends its strings with a zero, and the caller lets nobody change this one during the call.
@unsafe
func libpqText(_ string: UnsafePointer<CChar>?) -> String {
    guard let string = unsafe string else { return "" }
    return unsafe String(cString: string)
}

/// The text of a string that libpq owns, which may be absent.
@unsafe
func libpqText(_ string: UnsafeMutablePointer<CChar>?) -> String {
    unsafe libpqText(UnsafePointer(string))
}
