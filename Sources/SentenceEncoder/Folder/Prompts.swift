/// What is put before texts, as `config_sentence_transformers.json` names it.
///
/// A prompt named `query` stands before questions. One named `document`, `passage` or `corpus`, the first that there is,
/// stands before texts that are kept. The prompt that `default_prompt_name` names stands before either that has none of
/// its own.
struct Prompts {
    private(set) var query = ""
    private(set) var document = ""

    /// Reads the file, if it is there.
    ///
    /// - Throws: `damaged`, or `inconsistent` if the default prompt is not among the prompts.
    init(_ files: inout FolderFiles) throws(EncoderError) {
        guard let configuration = try files.configuration("config_sentence_transformers.json"),
            let prompts = try configuration.object("prompts")
        else { return }
        var usual = ""
        if let name = try configuration.text("default_prompt_name") {
            guard let prompt = try prompts.text(name) else {
                throw .inconsistent(
                    configuration.path, "'default_prompt_name' is '\(name)', and there is no such prompt",
                    "Correct the name, or remove it.")
            }
            usual = prompt
        }
        query = try prompts.text("query") ?? usual
        document = usual
        for name in ["document", "passage", "corpus"] {
            guard let prompt = try prompts.text(name) else { continue }
            document = prompt
            break
        }
    }
}
