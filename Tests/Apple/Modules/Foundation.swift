// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation, NeverUseImplicitlyUnwrappedOptionals

// Stands in for Foundation: what the checked libraries call of it, with Apple's availability.

@_exported import Darwin

public struct Data: RandomAccessCollection, Sendable {
    public var startIndex: Int { 0 }
    public var endIndex: Int { 0 }
    public init() {}
    public init(_ bytes: some Sequence<UInt8>) {}
    public subscript(position: Int) -> UInt8 { 0 }
}

@available(macOS 10.10, iOS 8.0, *)
public struct URL: Hashable, Sendable {
    @available(macOS 13.0, iOS 16.0, *)
    public init(filePath: String) {}
    public var path: String { "" }
    public var lastPathComponent: String { "" }
    public var standardizedFileURL: URL { self }
    public func deletingLastPathComponent() -> URL { self }
    @available(macOS 13.0, iOS 16.0, *)
    public func appending(path: some StringProtocol) -> URL { self }
}

open class FileManager {
    public class var `default`: FileManager { FileManager() }
    public func contentsOfDirectory(atPath path: String) throws -> [String] { [] }
    public func fileExists(atPath path: String) -> Bool { false }
}

open class JSONDecoder {
    public init() {}
    open func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value { fatalError() }
}

open class JSONEncoder {
    public struct OutputFormatting: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static let sortedKeys = OutputFormatting(rawValue: 2)
        public static let withoutEscapingSlashes = OutputFormatting(rawValue: 8)
    }

    public init() {}
    open var outputFormatting: OutputFormatting = []
    open func encode<Value: Encodable>(_ value: Value) throws -> Data { Data() }
}

public struct CharacterSet: ExpressibleByArrayLiteral, Sendable {
    public static var whitespaces: CharacterSet { [] }
    public static var whitespacesAndNewlines: CharacterSet { [] }
    public init(arrayLiteral elements: Unicode.Scalar...) {}
    public init(charactersIn string: String) {}
}

extension StringProtocol {
    public var precomposedStringWithCompatibilityMapping: String { String(self) }
    public var decomposedStringWithCompatibilityMapping: String { String(self) }
    public var removingPercentEncoding: String? { String(self) }
    public func trimmingCharacters(in set: CharacterSet) -> String { String(self) }
}
