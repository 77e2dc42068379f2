import Foundation
package import Papers

extension PaperStore.Writer {
    /// Enters a space, or replaces what is said of it.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func setSpace(_ space: PaperStore.GivenSpace) throws(PaperStoreError) {
        try put(
            into: "spaces", PaperStore.GivenSpace.columns,
            [space.name, space.encoder, space.version, space.dimensions, space.checksum])
    }

    /// Removes a space with all its vectors.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func removeSpace(_ name: String) throws(PaperStoreError) {
        try run("DELETE FROM vectors WHERE space = ?", [name])
        try run("DELETE FROM spaces WHERE name = ?", [name])
    }

    /// Stores the vector of a paper in a space in place of the one it has.
    ///
    /// - Returns: Whether that changed anything.
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func setVector(
        _ vector: StoredVector, forKey key: PaperKey, in space: String
    ) throws(PaperStoreError) -> Bool {
        let checksum = vector.checksum(of: key, in: space)
        if let old = try vectorRow(of: key, in: space), old == (vector.bytes, checksum) { return false }
        try run(
            """
            INSERT INTO vectors (paper, space, components, checksum) VALUES (?, ?, ?, ?) ON CONFLICT (paper, space)
            DO UPDATE SET components = excluded.components, checksum = excluded.checksum
            """, [key.rowID, space, vector.bytes, checksum])
        return true
    }

    /// Gives a paper the sound vectors of another key.
    ///
    /// - Throws: `PaperStoreError`.
    func moveVectors(of old: PaperKey, to key: PaperKey) throws(PaperStoreError) {
        let rows = try map("SELECT space, components, checksum FROM vectors WHERE paper = ?", [old.rowID]) {
            ($0.text(0), $0.bytes(1), $0.integer(2))
        }
        for (space, bytes, checksum) in rows {
            guard let space, let bytes, let vector = StoredVector(bytes, checksum, of: old, in: space)
            else { continue }
            _ = try setVector(vector, forKey: key, in: space)
        }
    }

    /// Removes the vectors of a paper in all spaces, because its text is another one or it is gone.
    ///
    /// - Throws: `PaperStoreError`.
    func removeVectors(of key: PaperKey) throws(PaperStoreError) {
        try run("DELETE FROM vectors WHERE paper = ?", [key.rowID])
    }

    /// Removes the vectors that are damaged or belong to no paper, and the spaces that are damaged. A space that has
    /// sound vectors stays: its encoder is then called `unknown`.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    func repairVectors() throws(PaperStoreError) {
        let found = try examineVectors()
        for number in found.damagedRows.values.joined() {
            try run("DELETE FROM vectors WHERE number = ?", [number])
        }
        if found.hasDamagedSpaces {
            let sound = try spaces()
            try run("DELETE FROM spaces", [])
            for space in sound { try setSpace(space) }
        }
        for name in found.lostSpaces {
            let dimensions = found.dimensions(of: name)
            try run(
                "DELETE FROM vectors WHERE space = ? AND length(components) NOT IN (?, ?)",
                [name, StoredVector.Form.floats.size(of: dimensions), StoredVector.Form.codes.size(of: dimensions)])
            // The engine knows the encoder from the manifest, if that is whole.
            try setSpace(
                .init(name: name, encoder: PaperStore.GivenSpace.unknownEncoder, version: "", dimensions: dimensions))
        }
    }
}
