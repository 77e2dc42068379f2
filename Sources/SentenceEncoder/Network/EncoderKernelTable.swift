package import CEncoderKernels

/// The kernels of one instruction set for the network.
///
/// | table | runs on |
/// | --- | --- |
/// | `scalar` | everything |
/// | `avx2`, `avxvnni` | x86-64 with AVX2 and FMA; with AVX-VNNI |
/// | `avx512vnni` | x86-64 with AVX-512 F, BW, DQ, VL and VNNI |
/// | `neon`, `neon-dotprod` | 64-bit ARM; with the dot product instructions |
///
/// All tables give the same sums of codes. Each adds floats in its own order.
@safe
package struct EncoderKernelTable: Sendable, CustomStringConvertible {
    /// SAFETY: the tables are constants of the program. They are complete before any pointer to one is handed out.
    nonisolated(unsafe) package let kernels: UnsafePointer<akin_encoder_kernels>

    /// The tables that this CPU runs, ``scalar`` first and ``best`` last.
    package static let available: [EncoderKernelTable] = (0..<akin_encoder_kernels_count()).map {
        unsafe EncoderKernelTable(kernels: akin_encoder_kernels_at($0))
    }

    /// The kernels in plain C. Every CPU runs them.
    package static let scalar = unsafe EncoderKernelTable(kernels: akin_encoder_kernels_scalar())

    /// The fastest kernels that this CPU runs.
    package static let best = available.last ?? scalar

    /// The name of the instruction set, such as `avx2`.
    package var name: String { unsafe String(cString: kernels.pointee.name) }

    /// The name.
    package var description: String { name }
}

extension Activation {
    /// The activation as the kernels know it.
    var kernel: akin_activation {
        switch self {
        case .gelu: akin_gelu
        case .geluTanh: akin_gelu_tanh
        case .relu: akin_relu
        }
    }
}
