public import Foundation

extension Data {
    /// The bytes as an array of numbers. A remainder that is too short for a number is left out.
    public func elements<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(_: Element.Type) -> [Element] {
        var elements = [Element](repeating: 0, count: count / MemoryLayout<Element>.stride)
        // SAFETY: the buffer has room for `count / stride` elements, any bytes of which are a number.
        _ = unsafe elements.withUnsafeMutableBytes { unsafe copyBytes(to: $0) }
        return elements
    }

    /// The bytes of an array of numbers.
    public init<Element: BitwiseCopyable>(elements: [Element]) {
        // SAFETY: the bytes are copied while the array is held.
        self = unsafe elements.withUnsafeBytes { unsafe Data($0) }
    }
}
