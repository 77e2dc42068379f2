import Foundation
import PaperStore
import SystemCalls

/// What a library was told about its vector space, and keeps to when it refits the space.
///
/// The manifest has it, and the settings of the store have a copy. A repair, which may find no manifest, reads the
/// copy.
package struct ModelChoice: Codable, Hashable, Sendable {
    /// Where the model comes from.
    package var policy = ModelPolicy.automatic
    /// The dimensions that the model shall have; `nil` leaves them to the number of papers.
    package var rank: Int?

    package init(policy: ModelPolicy = .automatic, rank: Int? = nil) {
        self.policy = policy
        self.rank = rank
    }

    var isSound: Bool { rank.map { $0 > 0 } ?? true }
}

// MARK: - The settings of the store

extension ModelChoice {
    private static let policySetting = "modelPolicy"
    private static let rankSetting = "modelRank"

    /// Reads the choice from the settings of a store; `nil` where they have none.
    ///
    /// - Throws: `PaperStoreError` if the store cannot be read.
    init?(settingsOf papers: PaperStore.Reader) throws {
        guard let policy = try papers.setting(Self.policySetting).flatMap(ModelPolicy.init) else { return nil }
        self.init(policy: policy, rank: try papers.setting(Self.rankSetting).flatMap { Int($0) })
        guard isSound else { return nil }
    }

    /// Writes the choice to the settings of a store.
    ///
    /// - Throws: `PaperStoreError` if the store cannot be written.
    func save(to papers: PaperStore.Writer) throws {
        try papers.setSetting(Self.policySetting, to: policy.rawValue)
        try papers.setSetting(Self.rankSetting, to: rank.map { String($0) })
    }
}

// MARK: - Libraries of older formats

extension ModelChoice {
    /// The choice as the manifest of an older format has it.
    private struct Older: Decodable {
        var modelPolicy: ModelPolicy?
        var rank: Int?
    }

    /// Reads the choice from a manifest of an older format; `nil` where there is none.
    init?(olderManifestIn folder: GenerationFolder) {
        guard
            let data = try? Data(bytes(ofFileAt: folder.olderManifest).bytes),
            let older = try? JSONDecoder().decode(Older.self, from: data)
        else { return nil }
        self.init(policy: older.modelPolicy ?? .automatic, rank: older.rank)
        guard isSound else { return nil }
    }
}
