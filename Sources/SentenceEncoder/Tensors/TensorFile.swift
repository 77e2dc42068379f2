import MappedFiles
import VectorKernels

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// The tensors of a file in the format safetensors, which most models are published in.
///
/// ```
/// ┌───────────────┬─────────────────────┬──────────┬──────────┬───┐
/// │ header length │ header, JSON        │ tensor 1 │ tensor 2 │ … │
/// │ 8             │ {"name": {…}, …}    │          │          │   │
/// └───────────────┴─────────────────────┴──────────┴──────────┴───┘
/// ```
///
/// Opening maps the file and checks the whole header (``TensorHeader``). Numbers are read when they are asked for.
package struct TensorFile: Sendable {
    /// The path of the file, as errors name it.
    package let path: String

    private let file: MappedFile
    private let header: TensorHeader

    /// Maps a file and checks its header.
    ///
    /// - Throws: `unreadable` if the system refuses to map it; `damaged` if it is no file of the format, is shorter or
    ///   longer than its header says, or if its header contradicts itself.
    package init(contentsOf url: URL) throws(EncoderError) {
        path = url.path
        do throws(MappedFileError) {
            file = try MappedFile(path: url.path)
        } catch {
            throw EncoderError(.unreadable, error.message)
        }
        header = try TensorHeader(file)
    }

    /// The names of the tensors, in ascending order.
    package var names: [String] { header.entries.keys.sorted() }

    /// The shape of a tensor; `nil` if there is none of the name.
    package func shape(of name: String) -> [Int]? { header.entries[name]?.shape }

    /// The checksum of the whole file, which is read for it.
    package func checksum() -> UInt32 {
        file.withBytes { CRC32C($0).value }
    }
}

// MARK: - Reading numbers

extension TensorFile {
    /// The numbers of a tensor as 32-bit floats, row by row.
    ///
    /// - Parameters:
    ///   - name: The name of the tensor.
    ///   - shape: The shape that it must have.
    /// - Returns: The numbers, as many as the product of the shape.
    /// - Throws: `missing` if there is no such tensor; `inconsistent` if it has another shape; `unsupported` if its
    ///   elements are no floats of 16 or 32 bits; `damaged` if one of them is not finite.
    /// - Complexity: O(*n*) for *n* numbers, which are copied.
    package func values(of name: String, shape: [Int]) throws(EncoderError) -> [Float] {
        guard let entry = header.entries[name] else {
            throw EncoderError(
                .missing,
                "Cannot use the model of '\(path)': it has no tensor '\(name)'. \(EncoderError.supportedModels)")
        }
        guard entry.shape == shape else {
            throw .inconsistent(
                path, "tensor '\(name)' has the shape \(entry.shape), and the model's settings ask for \(shape)",
                "Take config.json and the weights from the same model.")
        }
        guard let values = floats(entry) else {
            throw .unsupported(
                path, "tensor '\(name)' has elements of type \(entry.elementType.rawValue)",
                "Supported are F32, F16 and BF16: save the model without quantization.")
        }
        if let place = values.firstIndex(where: { !$0.isFinite }) {
            throw .damaged(path, "number \(place) of tensor '\(name)' is \(values[place])")
        }
        return values
    }

    /// The numbers of a tensor; `nil` if its elements are of a type that is not read.
    private func floats(_ entry: TensorHeader.Entry) -> [Float]? {
        let count = entry.bytes.count / entry.elementType.byteCount
        return file.withBytes { file in
            let bytes = file.extracting(entry.bytes)
            switch entry.elementType {
            case .float32:
                return Self.copy(of: bytes, count: count, as: Float.self)
            case .float16:
                return Self.floats(ofHalves: Self.copy(of: bytes, count: count, as: UInt16.self))
            case .bfloat16:
                // The upper half of a 32-bit float.
                return Self.copy(of: bytes, count: count, as: UInt16.self).map {
                    Float(bitPattern: UInt32($0) << 16)
                }
            default:
                return nil
            }
        }
    }

    /// The values of floats of 16 bits. Swift has no such type on every platform.
    private static func floats(ofHalves halves: [UInt16]) -> [Float] {
        var floats = [Float](repeating: 0, count: halves.count)
        // SAFETY: both arrays have the same count, and an empty one is not looked at.
        unsafe halves.withUnsafeBufferPointer { halves in
            unsafe floats.withUnsafeMutableBufferPointer { floats in
                guard let source = halves.baseAddress, let target = floats.baseAddress else { return }
                unsafe decodeHalves(source, count: halves.count, into: target)
            }
        }
        return floats
    }

    /// The elements that bytes hold. The bytes need not be aligned, and both are little-endian.
    private static func copy<Element: BitwiseCopyable>(
        of bytes: RawSpan, count: Int, as type: Element.Type
    ) -> [Element] {
        precondition(
            bytes.byteCount == count * MemoryLayout<Element>.stride, "\(count) elements of \(bytes.byteCount) bytes")
        // SAFETY: the line above counts the bytes, and any bits are a value of `type`, which is a number.
        return unsafe [Element](unsafeUninitializedCapacity: count) { elements, filled in
            unsafe bytes.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(elements).copyMemory(from: $0) }
            filled = count
        }
    }
}
