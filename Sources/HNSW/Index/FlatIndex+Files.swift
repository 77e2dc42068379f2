public import VectorKernels

extension FlatIndex {
    /// Opens an index that was saved, by mapping its file. Nothing is copied until the first change.
    ///
    /// The file of an ``HNSWIndex`` is taken as well, without its graph.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - kernels: The kernels to compare with.
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion` or `damagedFile`.
    /// - Complexity: O(1), but for counting the tombstones, one bit a vector.
    public init(mapping path: String, kernels: KernelTable = .best) throws(HNSWError) {
        try self.init(file: IndexFile(opening: path), kernels: kernels)
    }

    init(file: IndexFile, kernels: KernelTable) throws(HNSWError) {
        self.init(store: try file.store(kernels: kernels))
    }

    /// Writes the index to a file, whole or not at all.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotWrite`; what stood at the path is then still there.
    public func save(to path: String) throws(HNSWError) {
        let settings = IndexSettings(metric: metric, elements: elements, dimensions: dimensions, rows: store.count)
        try IndexFile.write(store, settings: settings, to: path)
    }
}
