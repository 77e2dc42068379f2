// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation, NeverUseImplicitlyUnwrappedOptionals

// Stands in for the part of the module Darwin that is written in Swift: what the importer of C headers cannot say.

@_exported import Darwin

public var errno: Int32 {
    get { unsafe __error().pointee }
    set { unsafe __error().pointee = newValue }
}

nonisolated(unsafe) public let MAP_FAILED: UnsafeMutableRawPointer! = unsafe UnsafeMutableRawPointer(bitPattern: -1)

public var S_IFMT: mode_t { 0o170000 }
public var S_IFIFO: mode_t { 0o010000 }
public var S_IFDIR: mode_t { 0o040000 }
public var S_IFREG: mode_t { 0o100000 }
public var S_IFLNK: mode_t { 0o120000 }
public var S_IFSOCK: mode_t { 0o140000 }

public func open(_ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 { -1 }
public func open(_ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 { -1 }
public func fcntl(_ file: Int32, _ command: Int32) -> Int32 { -1 }
public func fcntl(_ file: Int32, _ command: Int32, _ value: Int32) -> Int32 { -1 }

// The functions of numbers of a width other than that of C's double.
public func cos(_ x: Float) -> Float { x }
public func sin(_ x: Float) -> Float { x }
public func tanh(_ x: Float) -> Float { x }
public func exp(_ x: Float) -> Float { x }
public func log(_ x: Float) -> Float { x }
public func log1p(_ x: Float) -> Float { x }
public func log2(_ x: Float) -> Float { x }
public func pow(_ x: Float, _ y: Float) -> Float { x }
public func sqrt<Value: FloatingPoint>(_ x: Value) -> Value { x.squareRoot() }
public func fabs<Value: FloatingPoint>(_ x: Value) -> Value { x.magnitude }
public func scalbn<Value: FloatingPoint>(_ x: Value, _ n: Int) -> Value { x }
public func lgamma(_ x: Double) -> (Double, Int) { (x, 0) }
