import CPostgres

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Options as libpq takes and gives them.
enum ConnectionOptions {
    /// The options of a list of libpq that have a value.
    ///
    /// SAFETY: the caller hands a list of libpq, which an option without a keyword ends.
    @unsafe
    static func dictionary(
        _ list: UnsafeMutablePointer<akin_conninfo_option>, withoutDefaultOf undefaulted: String? = nil
    ) -> [String: String] {
        var options: [String: String] = [:]
        var option = unsafe list
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                let (name, text) = unsafe (String(cString: keyword), String(cString: value))
                let isDefault = unsafe text == libpqText(option.pointee.compiled)
                if name != undefaulted || !isDefault { options[name] = text }
            }
            unsafe option += 1
        }
        return options
    }

    /// Begins a connection with options.
    ///
    /// - Returns: The connection, which the caller ends. It may be a failed one.
    static func start(_ options: [String: String]) -> OpaquePointer? {
        let pairs = options.sorted { $0.key < $1.key }
        // SAFETY: the strings live until the end of the call, and both lists end with a null. libpq copies them.
        let keywords = unsafe pairs.map { unsafe strdup($0.key) }, values = unsafe pairs.map { unsafe strdup($0.value) }
        defer {
            unsafe (keywords + values).forEach { unsafe free($0) }
        }
        let keywordList = unsafe keywords.map { unsafe UnsafePointer($0) } + [nil]
        let valueList = unsafe values.map { unsafe UnsafePointer($0) } + [nil]
        return unsafe akin_PQconnectStartParams(keywordList, valueList, 0)
    }

    /// What a connection would take: the options, and what a service, a variable or libpq's own choice adds.
    ///
    /// `sslmode` is missing where it is libpq's own choice, which is "disable" if libpq was built without TLS.
    ///
    /// libpq tells it of a connection alone, so one is begun with an option that libpq refuses after it read the others
    /// and before it looks for a host.
    static func effective(_ options: [String: String]) throws(PostgresError) -> [String: String] {
        var refused = options
        refused["target_session_attrs"] = "none of them"
        // SAFETY: the connection, which may be missing, is ended after its options were read.
        let connection = unsafe start(refused)
        defer { unsafe akin_PQfinish(connection) }
        guard let list = unsafe akin_PQconninfo(connection) else {
            throw PostgresError(.outOfResources, "Cannot read the connection string: this machine has no memory left.")
        }
        defer { unsafe akin_PQconninfoFree(list) }
        let effective = unsafe dictionary(list, withoutDefaultOf: "sslmode")
        guard effective["port"] != nil else {
            // Without defaults, libpq gave up earlier: a service that does not exist, for example.
            let reason = unsafe libpqText(akin_PQerrorMessage(connection))
            throw PostgresError(.badAddress, "Cannot use the connection string: \(oneLine(reason)).")
        }
        return effective
    }
}
