import JSONReading

/// What the files of sentence-transformers say beside the model: which modules follow it, and what it is asked.
struct SentenceModules {
    /// The folder of the network inside the model's folder; empty if they are the same.
    private(set) var networkFolder = ""

    /// How the vectors of tokens become one.
    private(set) var pooling = Pooling.mean

    /// Whether the vector is scaled to length 1.
    private(set) var normalizes = false

    private var poolingFolder: String?

    /// Reads `modules.json` and what it names. A folder without it has the mean of all tokens and no normalization, as
    /// sentence-transformers takes such a folder.
    ///
    /// - Throws: `unsupported` with the name of a module that is not supported, or `damaged`.
    init(_ files: inout FolderFiles) throws(EncoderError) {
        let name = "modules.json"
        guard let bytes = try files.bytes(of: name) else { return }
        let path = files.path(of: name)
        guard case .array(let modules) = try ConfigurationObject.value(of: bytes, path: path) else {
            throw .damaged(path, "it is no list of modules")
        }
        for (index, module) in modules.enumerated() {
            try add(ConfigurationObject(module, path: path, place: "module \(index)"), isFirst: index == 0)
        }
        guard let poolingFolder else {
            throw .unsupported(path, "it names no module 'Pooling'", "Supported are models that pool their tokens.")
        }
        pooling = try Self.pooling(&files, poolingFolder + "/config.json")
    }

    /// Takes the next module: the network, pooling, and perhaps normalization.
    private mutating func add(_ module: ConfigurationObject, isFirst: Bool) throws(EncoderError) {
        let type = try module.required("type", try module.text("type"))
        let folder = try module.folder()
        switch type.split(separator: ".").last {
        case "Transformer" where isFirst: networkFolder = folder
        case "Pooling" where poolingFolder == nil && !isFirst: poolingFolder = folder
        case "Normalize" where poolingFolder != nil: normalizes = true
        default:
            throw .unsupported(
                module.path, "the module '\(type)' in its place is not supported",
                "Supported are 'Transformer', then 'Pooling', then 'Normalize'.")
        }
    }

    /// Reads how tokens are pooled.
    private static func pooling(
        _ files: inout FolderFiles, _ name: String
    ) throws(EncoderError) -> Pooling {
        guard let configuration = try files.configuration(name) else {
            throw EncoderError(
                .missing,
                "Cannot read '\(files.path(of: name))', which modules.json names: there is no such file. Copy it from "
                    + "where the model comes from.")
        }
        if try configuration.flag("include_prompt") == false {
            throw .unsupported(
                configuration.path, "pooling without the tokens of the prompt ('include_prompt') is not supported",
                supportedPooling)
        }
        var modes: [String] = []
        if let mode = try configuration.text("pooling_mode") { modes.append(mode) }
        for key in configuration.keys where key.hasPrefix("pooling_mode_") {
            if try configuration.flag(key) == true { modes.append(String(key.dropFirst("pooling_mode_".count))) }
        }
        switch modes {
        case ["mean_tokens"], ["mean"]: return .mean
        case ["cls_token"], ["cls"]: return .cls
        case ["max_tokens"], ["max"]: return .max
        default:
            let names = modes.isEmpty ? "no mode" : modes.map { "'\($0)'" }.joined(separator: " and ")
            throw .unsupported(configuration.path, "pooling by \(names) is not supported", supportedPooling)
        }
    }

    private static let supportedPooling = "Supported is one of 'mean_tokens', 'cls_token' and 'max_tokens'."
}

extension ConfigurationObject {
    /// The folder of a module inside the model's; empty if they are the same.
    ///
    /// - Throws: `damaged` for one that lies outside.
    func folder() throws(EncoderError) -> String {
        let folder = try text("path") ?? ""
        guard !folder.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }) else {
            throw .damaged(path, "the folder '\(folder)' of a module lies outside of the model's")
        }
        return folder
    }
}
