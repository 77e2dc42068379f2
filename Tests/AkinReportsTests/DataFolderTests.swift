import AkinReports
import Testing

@Suite("The data folder")
struct DataFolderTests {
    @Test
    func `is that of XDG_DATA_HOME if that is an absolute path, else below HOME, else below the given home`() {
        func path(_ environment: [String: String]) -> String {
            DataFolder(environment: environment, home: "/given").library(named: "demo")
        }
        #expect(path(["XDG_DATA_HOME": "/data", "HOME": "/home"]) == "/data/akin/demo")
        #expect(path(["XDG_DATA_HOME": "data", "HOME": "/home"]) == "/home/.local/share/akin/demo")
        #expect(path(["HOME": "/home"]) == "/home/.local/share/akin/demo")
        #expect(path([:]) == "/given/.local/share/akin/demo")
    }

    @Test
    func `gives AKIN_LIBRARY as the default library unless it is empty`() {
        func path(_ library: String?) -> String {
            DataFolder(environment: ["HOME": "/home", "AKIN_LIBRARY": library].compactMapValues(\.self), home: "/")
                .defaultLibrary(configured: "/configured", names: ["mine": "/named"])
        }
        #expect(path("/mine") == "/mine")
        #expect(path("mine") == "/named")
        #expect(path("") == "/configured")
        #expect(path(nil) == "/configured")
        #expect(DataFolder(environment: [:], home: "/home").defaultLibrary() == "/home/.local/share/akin/default")
    }
}
