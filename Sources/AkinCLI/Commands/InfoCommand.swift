import Akin
import AkinReports
import ArgumentParser

/// `akin info`
struct InfoCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tell what the library holds and how it is indexed.",
        discussion: """
            DRIFT
            Papers that are added later are folded into the vector space, which was fitted without them. Drift is \
            the part of such a paper that the space loses, beyond what it loses of a paper like those of the fit. It \
            is near 0 for papers of the same kind, and .6 and more for another field. Two figures make it up, each \
            beside its expected value: the share of words that the space does not know (unknown), and the part of the \
            known words that lies outside the space (residual). Adding papers fits the space anew when the library \
            has grown by a tenth, or when the drift, averaged over the whole library, reaches \
            \(LibraryDrift.toleratedDrift). `akin refit` does so at once.
            """
    )

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<InfoReport> {
        let info = try options.open().info()
        return CommandResult(report: InfoReport(info), text: { info.lines })
    }
}
