#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// Where a symbolic link at `path` leads, from one link to the next; `path` itself if it is no link.
package func followedPath(_ path: String) -> String {
    var path = path
    // As many links as Linux follows.
    for _ in 0..<40 {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        // SAFETY: the call writes no more bytes than there is room for.
        let count = unsafe target.withUnsafeMutableBytes { target in
            guard let start = target.baseAddress else { return 0 }
            return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), target.count)
        }
        guard count > 0, count < target.count else { return path }
        let next = String(decoding: target.prefix(count), as: UTF8.self)
        path = next.hasPrefix("/") ? next : parentFolder(of: path) + "/" + next
    }
    return path
}

/// The folder that holds `path`.
package func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
