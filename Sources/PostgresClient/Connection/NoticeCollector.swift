import CPostgres
import ParallelLoops
import Synchronization

/// What a server remarks beside its answers, such as that a building index outgrew its memory.
///
/// libpq would print it.
final class NoticeCollector: Sendable {
    /// The number of notices that are kept.
    static let limit = 64

    private let notices = LockedValue<[PostgresError.Report]>([])

    /// Takes the notices of a connection, which must end before this does.
    ///
    /// SAFETY: the connection is a live one. It holds this unretained; `PostgresConnection` keeps both.
    @unsafe
    func listen(to connection: OpaquePointer) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe akin_PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context = unsafe context, let result = unsafe result else { return }
                func field(_ code: Int32) -> String? {
                    guard let part = unsafe akin_PQresultErrorField(result, code) else { return nil }
                    return unsafe libpqText(part)
                }
                let collector = unsafe Unmanaged<NoticeCollector>.fromOpaque(context).takeUnretainedValue()
                collector.take(
                    PostgresError.Report(
                        message: field(AKIN_FIELD_MESSAGE) ?? "", detail: field(AKIN_FIELD_DETAIL),
                        hint: field(AKIN_FIELD_HINT), context: field(AKIN_FIELD_CONTEXT),
                        function: field(AKIN_FIELD_FUNCTION)))
            }, context)
    }

    private func take(_ notice: PostgresError.Report) {
        notices.withLock { notices in
            if notices.count == Self.limit { notices.removeFirst() }
            notices.append(notice)
        }
    }

    /// Gives what came, and forgets it.
    func takeAll() -> [PostgresError.Report] {
        notices.withLock { notices in
            defer { notices = [] }
            return notices
        }
    }
}
