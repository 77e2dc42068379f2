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

/// Turns text of another encoding into UTF-8, piece by piece, by iconv of the system's C library.
@safe final class TextConverter {
    /// How many sequences of bytes were no character of the encoding. Each became U+FFFD.
    private(set) var replacedCount = 0

    private let state: iconv_t

    /// How many bytes a unit of the encoding has. A damaged unit is skipped as a whole.
    private let unitLength: Int

    /// Room for the text of a step. It is made once: damaged text takes a step for each bad byte.
    private var scratch = [UInt8](repeating: 0, count: 1 << 14)

    /// Creates a converter from an encoding that iconv knows; `nil` if it does not.
    init?(from encoding: String) {
        let state = unsafe iconv_open("UTF-8", encoding)
        guard let state = unsafe state, Int(bitPattern: state) != -1 else { return nil }
        unsafe self.state = state
        unitLength = encoding.hasPrefix("UTF-16") ? 2 : encoding.hasPrefix("UTF-32") ? 4 : 1
    }

    deinit {
        // SAFETY: the state was made by `iconv_open` and is not used any more.
        unsafe iconv_close(state)
    }

    /// Converts bytes and appends their text to a buffer.
    ///
    /// - Parameters:
    ///   - input: The next bytes.
    ///   - output: Gets the text.
    ///   - isLast: Whether no more bytes follow.
    /// - Returns: How many bytes were used: all, but for a few of a character that the next bytes complete.
    func convert(_ input: ArraySlice<UInt8>, into output: inout [UInt8], isLast: Bool) -> Int {
        var used = 0
        while used < input.count {
            let step = step(input.dropFirst(used), into: &output)
            used += step.used
            if step.code == 0 { break }
            if step.code == E2BIG { continue }
            if step.code == EINVAL, !isLast { break }
            output.append(contentsOf: [0xEF, 0xBF, 0xBD])
            replacedCount += 1
            used += unitLength
        }
        return min(used, input.count)
    }

    /// How many bytes are no character of the encoding. The last one may be cut off.
    func replacements(in input: ArraySlice<UInt8>) -> Int {
        var output: [UInt8] = []
        _ = convert(input, into: &output, isLast: false)
        return replacedCount
    }

    /// Whether the visible characters of ASCII are what they are in ASCII.
    func keepsASCII() -> Bool {
        let visible = Array(0x20...0x7E as ClosedRange<UInt8>)
        var output: [UInt8] = []
        _ = convert(visible[...], into: &output, isLast: true)
        return output == visible
    }

    /// Converts as much as the scratch has room for. Returns the number of bytes that were used, and the system's error code.
    private func step(_ input: ArraySlice<UInt8>, into output: inout [UInt8]) -> (used: Int, code: Int32) {
        // SAFETY: iconv reads at most `left` bytes and writes at most `space`. Both are counts of buffers that outlive
        // the call. It does not change the bytes that it reads.
        let (code, left, space) = unsafe input.withUnsafeBytes { source in
            unsafe scratch.withUnsafeMutableBytes { target in
                var from = unsafe UnsafeMutablePointer(
                    mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self))
                var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var (left, space) = (source.count, target.count)
                let status = unsafe iconv(state, &from, &left, &to, &space)
                return (status == -1 ? errno : 0, left, space)
            }
        }
        output.append(contentsOf: scratch[..<(scratch.count - space)])
        return (input.count - left, code)
    }
}
