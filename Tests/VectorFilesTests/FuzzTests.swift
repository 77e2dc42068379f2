import Foundation
import TestSupport
import Testing
import VectorFiles

@Suite("Altered files of vectors")
struct FuzzTests {
    /// Files in every format, some of their bytes changed, cut off or added. None of them traps, and none has more
    /// vectors than its bytes.
    @Test(arguments: [1, 2, 3])
    func `are read or refused`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let numbers = ArrayFile.bytes((0..<12).map { Float($0) }, as: "<f4")
        let record = ArrayFile.words([3]) + Array(numbers.prefix(12))
        let sound: [(name: String, bytes: [UInt8])] = [
            ("x.npy", ArrayFile.npy(ArrayFile.header("<f4", "(4, 3)"), numbers)),
            ("x.npy", ArrayFile.npy(ArrayFile.header(">f8", "(2, 3)", isColumnMajor: true), numbers, version: 2)),
            ("x.fvecs", record + record), ("x.ivecs", record + record), ("x.bvecs", ArrayFile.words([3]) + [1, 2, 3]),
        ]
        // What a header's text is made of, so that numbers and brackets change more often than letters.
        let signs = Array("0123456789(),'{}<>|:LTf \n".utf8) + [0, 0x7F, 0x80, 0xFF]
        var (readCount, refusedCount) = (0, 0)
        try TemporaryFolder.with { folder in
            for _ in 0..<1_500 {
                guard let (name, original) = sound.randomElement(using: &generator) else { return }
                var bytes = original
                for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<6, using: &generator) {
                    case 0: bytes.removeSubrange(place...)
                    case 1: bytes.insert(signs.randomElement(using: &generator) ?? 0, at: place)
                    case 2: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                    case 3: bytes.remove(at: place)
                    default: bytes[place] = signs.randomElement(using: &generator) ?? 0
                    }
                }
                let path = folder + "/" + name
                try Data(bytes).write(to: URL(filePath: path))
                do throws(VectorFileError) {
                    let file = try VectorFile(path: path, acceptsOneDimension: true)
                    let vectors = try file.vectors()
                    #expect(vectors.count == file.count * file.dimensions, "seed \(seed): \(bytes)")
                    #expect(vectors.count * file.element.byteCount <= bytes.count, "seed \(seed): \(bytes)")
                    readCount += 1
                } catch {
                    #expect(error.message.contains(path), "seed \(seed): \(error)")
                    refusedCount += 1
                }
            }
        }
        #expect(readCount > 50 && refusedCount > 50, "\(readCount) read, \(refusedCount) refused")
    }
}
