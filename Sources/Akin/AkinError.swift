/// What went wrong in a library, on what and why, and what to do about it.
///
/// The error is data: a program acts on ``code`` and ``remedy``, and a person reads ``message``. The message names no
/// command and no flag, because only the program that shows it knows its own. Each front end puts the remedy into its
/// own words.
public struct AkinError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller can act on.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name, which stays the same between versions.
        public let rawValue: String

        /// Creates the code with a name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// There is no library in the folder.
        public static let noLibrary = Self(rawValue: "noLibrary")
        /// Another change of the library is under way, in another process or in this one.
        public static let locked = Self(rawValue: "locked")
        /// Somebody removed the library's lock during a change, which was therefore given up.
        public static let lockLost = Self(rawValue: "lockLost")
        /// A file of the library is missing, cut short or altered.
        public static let damaged = Self(rawValue: "damaged")
        /// The library was written by a newer version of Akin.
        public static let newerVersion = Self(rawValue: "newerVersion")
        /// The library was written by an older version of Akin.
        public static let olderVersion = Self(rawValue: "olderVersion")
        /// No paper has the name.
        public static let paperNotFound = Self(rawValue: "paperNotFound")
        /// Several papers have the name; ``AkinError/candidates`` lists them.
        public static let ambiguousPaper = Self(rawValue: "ambiguousPaper")
        /// The library has no vector space of the name.
        public static let spaceNotFound = Self(rawValue: "spaceNotFound")
        /// An encoder failed; ``AkinError/cause`` is its error.
        public static let encoderFailed = Self(rawValue: "encoderFailed")
        /// A file to add could not be read, or holds no paper.
        public static let unreadableInput = Self(rawValue: "unreadableInput")
        /// The disk has no room for the result.
        public static let noSpace = Self(rawValue: "noSpace")
        /// The folder or a file of the library may not be read.
        public static let cannotRead = Self(rawValue: "cannotRead")
        /// The folder cannot be written to.
        public static let cannotWrite = Self(rawValue: "cannotWrite")
        /// The call was stopped, by its closure or because its task was cancelled. A change then left the library as it
        /// was; only `encode` keeps its finished batches.
        public static let cancelled = Self(rawValue: "cancelled")
        /// The library lies in a database server, and this is done with a folder alone.
        public static let needsFolder = Self(rawValue: "needsFolder")
        /// The database server that holds the library failed, or cannot be reached.
        public static let serverFailed = Self(rawValue: "serverFailed")
        /// A value lies outside what the function accepts.
        public static let invalidArgument = Self(rawValue: "invalidArgument")
        /// A part below the engine failed; ``AkinError/cause`` says which.
        public static let internalFailure = Self(rawValue: "internalFailure")
    }

    /// The kind of failure.
    public let code: Code
    /// One or two sentences for a person: what failed, on what and why.
    public let message: String
    /// What to do about it; `nil` where nothing is known to help.
    public let remedy: Remedy?
    /// The first papers that an ambiguous name may mean, best first; empty for every other error.
    public let candidates: [Candidate]
    /// How many papers beyond ``candidates`` the name may mean.
    public let furtherCandidateCount: Int
    /// The error of the part that failed first, where there was one.
    public let cause: (any Error)?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What failed, on what and why, without a command or a flag.
    ///   - remedy: What to do about it.
    ///   - candidates: The papers that an ambiguous name may mean.
    ///   - furtherCandidateCount: How many papers beyond these the name may mean.
    ///   - cause: The error of the part that failed first.
    public init(
        _ code: Code, _ message: String, remedy: Remedy? = nil, candidates: [Candidate] = [],
        furtherCandidateCount: Int = 0, cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.candidates = candidates
        self.furtherCandidateCount = furtherCandidateCount
        self.cause = cause
    }

    /// The error about something that a library in a database server does not do.
    package init(needsFolder name: String) {
        self.init(
            .needsFolder, "Cannot do this with \(name): it lies in a database server, and this needs a folder.",
            remedy: .useFolder)
    }

    /// The message.
    public var description: String { message }
}

// MARK: - What to do

extension AkinError {
    /// What a person or a program can do about an error.
    public enum Remedy: Hashable, Sendable {
        /// Add papers to the library. This makes the library if there is none.
        case addPapers
        /// Rebuild the library from its stored papers: `repair(at:threads:waiting:)`.
        case repair
        /// Restore the library from a backup.
        case restoreBackup
        /// Move away what the message names. The papers lie in a file of their own.
        case moveAway
        /// Use the version of Akin that wrote the library.
        case useNewerVersion
        /// Wait until the other change is done; see ``Waiting``.
        case tryAgainLater
        /// Free some space on the disk, or choose a folder on another disk.
        case freeSpace
        /// Choose a folder that can be made or written.
        case chooseAnotherFolder
        /// Check the permissions of the folder, of its files and of the folders above.
        case checkPermissions
        /// Search for the words, because no paper has them as its name.
        case searchWords(String)
        /// Name the paper by its id.
        case giveID
        /// Train the model anew with this version of Akin.
        case trainModel
        /// Give a file that holds a model of latent semantics.
        case chooseAnotherModel
        /// Choose files of a format that Akin reads.
        case chooseOtherFiles
        /// Another name for the file that is written.
        case chooseAnotherFile
        /// Saying that the existing file may be replaced, or another name.
        case allowReplacing
        /// Use the folder that was published, and publish it again.
        case useFolder
        /// Publish a library to the server.
        case publishLibrary

        /// The name of the case, which stays the same between versions.
        public var name: String {
            switch self {
            case .addPapers: "addPapers"
            case .repair: "repair"
            case .restoreBackup: "restoreBackup"
            case .moveAway: "moveAway"
            case .useNewerVersion: "useNewerVersion"
            case .tryAgainLater: "tryAgainLater"
            case .freeSpace: "freeSpace"
            case .chooseAnotherFolder: "chooseAnotherFolder"
            case .checkPermissions: "checkPermissions"
            case .searchWords: "searchWords"
            case .giveID: "giveID"
            case .trainModel: "trainModel"
            case .chooseAnotherModel: "chooseAnotherModel"
            case .chooseOtherFiles: "chooseOtherFiles"
            case .chooseAnotherFile: "chooseAnotherFile"
            case .allowReplacing: "allowReplacing"
            case .useFolder: "useFolder"
            case .publishLibrary: "publishLibrary"
            }
        }
    }

    /// A paper that an ambiguous name may mean.
    public struct Candidate: Hashable, Sendable {
        /// The paper's id.
        public var id: String
        /// The paper's title.
        public var title: String

        /// Creates a candidate.
        public init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }
}
