import SystemCalls

extension SystemError {
    /// The error of a failed attempt to write `path`.
    func onWriting(_ path: String) -> MappedFileError {
        if isLackOfSpace {
            return MappedFileError(
                .noSpace, path: path, systemError: number,
                message:
                    "Cannot write '\(path)': \(systemMessage(number)). Free some space on its volume and try again."
            )
        }
        return MappedFileError(
            .cannotWrite, path: path, systemError: number,
            message:
                "Cannot write '\(path)': \(systemMessage(number)). Check the folder, its permissions and its volume."
        )
    }

    /// The error of a failed attempt to open `path`.
    func onOpening(_ path: String) -> MappedFileError {
        MappedFileError(
            .cannotOpen, path: path, systemError: number,
            message: "Cannot open '\(path)': \(systemMessage(number)). Check that it exists and may be read."
        )
    }
}
