import MappedFiles
public import VectorKernels

extension VectorIndex {
    /// Opens a saved index by mapping its file. The index has a graph if the file has one.
    ///
    /// Nothing is copied. A search reads what it needs where it lies, and reads full-precision vectors only to rank
    /// candidates again. Other programs may replace or remove the file while the index is open, but must not truncate
    /// it. The first change to the index copies everything into memory.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - kernels: The kernels that compare vectors.
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion`, `olderVersion` or `damagedFile`. Opening
    ///   verifies the checksums of the header, the settings and the certificate. Damage elsewhere may lead to wrong
    ///   results, but no read leaves the file. ``verify(fileAt:)`` finds such damage.
    /// - Complexity: O(*n* / 64), to count the tombstones.
    public init(mapping path: String, kernels: KernelTable = .best) throws(HNSWError) {
        try self.init(IndexFile(opening: path), kernels: kernels)
    }

    /// Opens an index from the bytes of a saved file, which it copies.
    ///
    /// - Parameters:
    ///   - bytes: What ``savedBytes()`` returned, or what a file holds that ``save(to:)`` wrote.
    ///   - kernels: The kernels that compare vectors.
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion`, `olderVersion` or `damagedFile`, as
    ///   ``init(mapping:kernels:)`` does.
    /// - Complexity: O(*bytes*).
    public init(bytes: Span<UInt8>, kernels: KernelTable = .best) throws(HNSWError) {
        try self.init(IndexFile(copying: bytes), kernels: kernels)
    }

    private init(_ file: IndexFile, kernels: KernelTable) throws(HNSWError) {
        let graph = try file.graph()
        let recall = graph == nil ? nil : try file.certificate()
        self.init(store: try file.store(kernels: kernels), graph: graph)
        certificate = recall?.certificate
        changesSinceCertificate = recall?.changes ?? 0
    }

    /// Writes the index to a file, completely or not at all.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotWrite`. An earlier file at the path is then unchanged.
    /// - Complexity: O(``byteCount``).
    public func save(to path: String) throws(HNSWError) {
        let recall = certificate.map { CertificateSection(certificate: $0, changes: changesSinceCertificate).encoded }
        try IndexFile.write(store, graph: graph, certificate: recall, to: path)
    }

    /// The bytes that ``save(to:)`` would write to a file. ``init(bytes:kernels:)`` opens them.
    ///
    /// - Complexity: O(``byteCount``).
    public func savedBytes() -> [UInt8] {
        let recall = certificate.map { CertificateSection(certificate: $0, changes: changesSinceCertificate).encoded }
        return IndexFile.bytes(store, graph: graph, certificate: recall)
    }

    /// Copies what walks read from a mapped file into memory: the codes and the links, or the vectors of an index
    /// without codes.
    ///
    /// A search then reads the file only for the full-precision vectors of its best candidates. That suits an index
    /// whose vectors have no room in memory: the system may drop pages of a file, and cannot drop these. An index of
    /// `int8` elements needs *dimensions* + 8 · *m* + 20 bytes for each vector. An index in memory stays as it is.
    ///
    /// - Complexity: O(*bytes*) for what is copied.
    public mutating func copyWalkedPartsIntoMemory() {
        store.copyWalkedRows()
        graph?.copyIntoMemory()
    }

    /// Reads the whole file of an index and verifies all checksums.
    ///
    /// Opening a file verifies its size, header and tables, and a search compares every number that it reads with its
    /// bounds. A changed byte elsewhere makes results wrong, and only this function finds it.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion`, `olderVersion` or `damagedFile`. It names
    ///   the file and the section.
    /// - Complexity: O(*bytes*), at the speed of memory or of the disk.
    public static func verify(fileAt path: String) throws(HNSWError) {
        do throws(MappedFileError) {
            try SectionedFile(path: path, kind: IndexFile.kind, versions: IndexFile.readVersions).verify()
        } catch {
            throw HNSWError(reading: error)
        }
    }
}
