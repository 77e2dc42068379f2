import CPostgres

extension PostgresError {
    /// What was done and where: the beginning of a message.
    struct Occasion {
        /// What failed, such as "run a statement".
        var action: String
        /// Where, such as "in database 'akin' on 'db.example.org', port 5432".
        var place: String

        var beginning: String { "Cannot \(action) \(place)" }
    }

    /// Creates the error that a failed result tells.
    ///
    /// - Parameters:
    ///   - result: The result, whose status is an error.
    ///   - occasion: What was done.
    ///   - wasCancelled: Whether this program asked to cancel.
    ///   - isBroken: Whether the connection is lost.
    init(result: PostgresResult, occasion: Occasion, wasCancelled: Bool, isBroken: Bool) {
        let state = result.errorField(AKIN_FIELD_SQLSTATE)
        let report = Report(
            message: result.errorField(AKIN_FIELD_MESSAGE) ?? oneLine(result.errorMessage),
            detail: result.errorField(AKIN_FIELD_DETAIL), hint: result.errorField(AKIN_FIELD_HINT),
            context: result.errorField(AKIN_FIELD_CONTEXT), function: result.errorField(AKIN_FIELD_FUNCTION))
        guard let state else {
            // libpq made this result: the server said nothing.
            self.init(
                isBroken ? .connectionLost : .failed,
                "\(occasion.beginning): \(report.message)."
                    + (isBroken ? " Check that the server runs, and try again." : ""),
                report: report)
            return
        }
        var (code, remedy) = (SQLState(state).code, SQLState(state).remedy)
        // The server has one SQLSTATE for both, and says which only in words of its own language.
        if state == "57014", wasCancelled || report.message == "canceling statement due to user request" {
            (code, remedy) = (.cancelled, wasCancelled ? "" : "Somebody else cancelled it.")
        }
        self.init(
            code, Self.message(occasion.beginning, report, state, remedy), sqlState: state, report: report)
    }

    static func message(_ beginning: String, _ report: Report, _ state: String, _ remedy: String) -> String {
        var message = "\(beginning): \(report.message) (\(state))."
        // Where in a copy, such as "COPY t, line 3, column vec".
        if let context = report.context, context.hasPrefix("COPY ") { message += " " + sentence(context) }
        if let detail = report.detail { message += " " + sentence(detail) }
        if !remedy.isEmpty { message += " " + remedy }
        if let hint = report.hint { message += " " + sentence(hint) }
        return message
    }

    private static func sentence(_ text: String) -> String {
        let text = oneLine(text)
        return text.last.map { ".!?".contains($0) } == false ? text + "." : text
    }
}

/// A message of several lines in one, without the period at its end.
func oneLine(_ text: String) -> String {
    var line = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == "\t" || $0 == " " } }
        .filter { !$0.isEmpty }.joined(separator: "; ")
    while line.last == "." || line.last == " " { line.removeLast() }
    return line
}
