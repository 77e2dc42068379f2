public import VectorKernels

extension HNSWIndex {
    /// Opens an index that was saved, by mapping its file.
    ///
    /// Nothing is copied: a search reads what it needs where it lies, and vectors in full precision only where they are
    /// ranked again. The file may be replaced or removed while the index is open, but must not be cut short. The first
    /// change copies everything into memory.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - kernels: The kernels to compare with.
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion` or `damagedFile`. Opening compares the checksums
    ///   of the header and the settings; damage elsewhere may lead to wrong results, never out of the file.
    /// - Complexity: O(1), but for counting the tombstones, one bit a vector.
    public init(mapping path: String, kernels: KernelTable = .best) throws(HNSWError) {
        try self.init(file: IndexFile(opening: path), kernels: kernels)
    }

    init(file: IndexFile, kernels: KernelTable) throws(HNSWError) {
        let (graph, parameters) = try file.graph()
        let recall = try file.certificate()
        self.init(
            store: try file.store(kernels: kernels), graph: graph, parameters: parameters,
            pendingRemovals: file.settings.pendingRemovals
        )
        certificate = recall?.certificate
        changesSinceCertificate = recall?.changes ?? 0
    }

    /// Writes the index to a file, whole or not at all.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotWrite`; what stood at the path is then still there.
    public func save(to path: String) throws(HNSWError) {
        let settings = IndexSettings(
            metric: metric, elements: elements, dimensions: dimensions, rows: store.count, parameters: parameters,
            entryPoint: graph.entryPoint, pendingRemovals: pendingRemovals
        )
        let recall = certificate.map { CertificateSection(certificate: $0, changes: changesSinceCertificate).encoded }
        try IndexFile.write(store, graph: graph, settings: settings, certificate: recall, to: path)
    }
}
