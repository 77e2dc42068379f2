import CVectorKernels

/// The distance kernels of one instruction set.
///
/// A table is a value that is chosen once and passed on; ``best`` is what the CPU runs fastest. The package needs no
/// build flags: every table is compiled into every build, and the CPU is asked when the first is used.
///
/// | table | runs on |
/// | --- | --- |
/// | `scalar` | everything |
/// | `avx2` | x86-64 with AVX2, FMA and F16C |
/// | `avx512`, `avx512vnni` | x86-64 with AVX-512 F, BW, DQ, VL; with VNNI |
/// | `neon`, `neon-dotprod` | 64-bit ARM; with the dot product instructions |
///
/// All tables give the same integers on 8-bit codes. Sums of floats are added in an order of the table's own, so their
/// last bits may differ between tables; within one table a distance has the same bits whichever call computes it.
@safe
public struct KernelTable: Sendable, CustomStringConvertible {
    /// SAFETY: the tables are constants of the program, complete before the first pointer to one is handed out.
    nonisolated(unsafe) let kernels: UnsafePointer<akin_dense_kernels>

    /// The tables that this CPU runs: ``scalar`` first, ``best`` last.
    public static let available: [KernelTable] = (0..<akin_dense_kernels_count()).map {
        unsafe KernelTable(kernels: akin_dense_kernels_at($0))
    }

    /// The kernels in plain C, which every CPU runs, and which the others are tested against.
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
    /// - Precondition: the vectors have the same number of components.
    /// - Complexity: O(*n*) for *n* components.
    public func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "Vectors of \(a.count) and \(b.count) components have no inner product")
        // SAFETY: the kernel reads `a.count` floats of each, which both have.
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
                return unsafe kernels.pointee.dot(x, y, a.count)
            }
        }
    }

    /// The squared Euclidean distance |*a* − *b*|².
    ///
    /// - Precondition: the vectors have the same number of components.
    /// - Complexity: O(*n*) for *n* components.
    public func squaredEuclideanDistance(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "Vectors of \(a.count) and \(b.count) components have no distance")
        // SAFETY: the kernel reads `a.count` floats of each, which both have.
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let x = a.baseAddress, let y = b.baseAddress else { return 0 }
                return unsafe kernels.pointee.squared_l2(x, y, a.count)
            }
        }
    }

    /// The kernels that compare encoded queries with rows.
    func rowKernels(metric: Metric, elements: VectorElements) -> akin_row_kernels {
        let table = unsafe kernels.pointee
        return switch (elements, metric) {
        case (.float32, .squaredEuclidean): unsafe table.float_squared
        case (.float32, _): unsafe table.float_inner
        case (.float16, .squaredEuclidean): unsafe table.half_squared
        case (.float16, _): unsafe table.half_inner
        case (.int8, .squaredEuclidean): unsafe table.code_squared
        case (.int8, _): unsafe table.code_inner
        }
    }
}
