package import Foundation
import SystemCalls

/// The reason of a failure at a file, as a person reads it: `'FILE': permission denied`.
///
/// This is the one place where errors of Foundation become text. Its own descriptions name domains and codes.
///
/// - Parameter error: Any error. One that is not of the file system describes itself.
/// - Returns: The reason, without a full stop.
package func plainReason(of error: any Error) -> String {
    if let error = error as? SystemError { return systemMessage(error.number) }
    guard error is CocoaError || error is POSIXError || type(of: error) == NSError.self else { return "\(error)" }
    let failure = error as NSError
    let reason = systemErrorNumber(of: failure).map(systemMessage) ?? "it cannot be read or written"
    let path = failure.userInfo[NSFilePathErrorKey] as? String ?? (failure.userInfo[NSURLErrorKey] as? URL)?.path
    return path.map { "'\($0)': \(reason)" } ?? reason
}

/// The system's number behind an error of Foundation; `nil` if there is none.
package func systemErrorNumber(of error: NSError) -> Int32? {
    if error.domain == NSPOSIXErrorDomain { return Int32(exactly: error.code) }
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error,
        let number = systemErrorNumber(of: cause as NSError)
    {
        return number
    }
    guard error.domain == NSCocoaErrorDomain else { return nil }
    return switch CocoaError.Code(rawValue: error.code) {
    case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
    case .fileReadNoPermission, .fileWriteNoPermission: EACCES
    case .fileWriteFileExists: EEXIST
    case .fileWriteOutOfSpace: ENOSPC
    case .fileWriteVolumeReadOnly: EROFS
    case .fileReadInvalidFileName, .fileWriteInvalidFileName: EINVAL
    default: nil
    }
}
