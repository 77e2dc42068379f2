import CVectorKernels

/// The distance kernels of one instruction set.
///
/// A table is a value that you choose once and pass on. ``best`` is the fastest table that the CPU runs. The package
/// needs no build flags: every build holds every table, and the first use of a table detects the CPU.
///
/// | table | runs on |
/// | --- | --- |
/// | `scalar` | everything |
/// | `avx2` | x86-64 with AVX2, FMA and F16C |
/// | `avx512`, `avx512vnni` | x86-64 with AVX-512 F, BW, DQ, VL; with VNNI |
/// | `neon`, `neon-dotprod` | 64-bit ARM; with the dot product instructions |
///
/// All tables give the same integers on 8-bit codes. Each table adds floats in its own order, so the last bits of a sum
/// may differ between tables. Within one table, every call that computes a distance gives the same bits.
@safe
public struct KernelTable: Sendable, CustomStringConvertible {
    /// SAFETY: the tables are constants of the program. They are complete before any pointer to one is handed out.
    nonisolated(unsafe) let kernels: UnsafePointer<akin_dense_kernels>

    /// The tables that this CPU runs, ``scalar`` first and ``best`` last.
    public static let available: [KernelTable] = (0..<akin_dense_kernels_count()).map {
        unsafe KernelTable(kernels: akin_dense_kernels_at($0))
    }

    /// The kernels in plain C. Every CPU runs them, and the tests compare the other tables with them.
    public static let scalar = unsafe KernelTable(kernels: akin_dense_kernels_scalar())

    /// The fastest kernels that this CPU runs.
    public static let best = available.last ?? scalar

    /// The name of the instruction set, such as `avx2`.
    public var name: String { unsafe String(cString: kernels.pointee.name) }

    /// The name.
    public var description: String { name }

    // MARK: - Comparing two vectors

    /// The inner product *a*·*b*.
    ///
    /// - Precondition: The vectors have the same number of components.
    /// - Complexity: O(*n*) for *n* components.
    public func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "Vectors of \(a.count) and \(b.count) components have no inner product")
        // SAFETY: the kernel reads `a.count` floats of each vector, and both have as many.
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
                return unsafe kernels.pointee.dot(x, y, a.count)
            }
        }
    }

    /// The squared Euclidean distance |*a* − *b*|².
    ///
    /// - Precondition: The vectors have the same number of components.
    /// - Complexity: O(*n*) for *n* components.
    public func squaredEuclideanDistance(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "Vectors of \(a.count) and \(b.count) components have no distance")
        // SAFETY: the kernel reads `a.count` floats of each vector, and both have as many.
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
                return unsafe kernels.pointee.squared_l2(x, y, a.count)
            }
        }
    }

    /// The kernels that compare encoded queries with rows.
    func rowKernels(_ comparison: RowComparison, elements: RowElements) -> akin_row_kernels {
        let table = unsafe kernels.pointee
        return switch (elements, comparison) {
        case (.floats, .innerProduct): unsafe table.float_inner
        case (.floats, .squaredEuclidean): unsafe table.float_squared
        case (.halves, .innerProduct): unsafe table.half_inner
        case (.halves, .squaredEuclidean): unsafe table.half_squared
        case (.floats, .cosine): unsafe table.float_cosine
        case (.halves, .cosine): unsafe table.half_cosine
        case (.codes, _): unsafe table.code
        }
    }
}
