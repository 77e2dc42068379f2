import AkinAgents
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// A browser without a window, driven by the WebDriver protocol, <https://www.w3.org/TR/webdriver2/>.
struct Browser: Sendable {
    private let driver: String
    private let session: String
    private let client: HTTPClient

    /// The program that drives Chromium; `nil` where it is not installed.
    static let driverPath: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/chromedriver" }.first(where: FileManager.default.isExecutableFile)
    }()

    /// The script of axe-core, which checks pages for people who do not see them; `nil` where it is not installed.
    static let axe: String? = {
        let path = ProcessInfo.processInfo.environment["AKIN_AXE"] ?? ""
        return path.isEmpty ? nil : try? String(contentsOf: URL(filePath: path), encoding: .utf8)
    }()

    /// Calls `body` with a browser, and ends it.
    ///
    /// - Parameters:
    ///   - width: The width of its window.
    ///   - isDark: Whether its user wants dark pages.
    ///   - body: Uses it.
    /// - Throws: What `body` throws; ``BrowserError`` if the browser does not start.
    static func with(width: Int = 1200, isDark: Bool = false, _ body: (Browser) async throws -> Void) async throws {
        guard let driverPath else { throw BrowserError(message: "There is no chromedriver.") }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: driverPath)
        process.arguments = ["--port=0"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let outcome: Result<Void, any Error>
        do {
            let browser = try await Browser(driver: "http://127.0.0.1:\(port(in: output))", client, width, isDark)
            do {
                try await body(browser)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            _ = try? await browser.ask("DELETE", "")
        } catch {
            outcome = .failure(error)
        }
        // It has nothing to lose.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try await client.shutdown()
        try outcome.get()
    }

    /// The port that the driver says it took.
    private static func port(in output: Pipe) throws -> Int {
        var text = ""
        while true {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw BrowserError(message: "The driver ended: \(text)") }
            text += String(decoding: bytes, as: UTF8.self)
            if let match = text.firstMatch(of: /successfully on port ([0-9]+)/), let port = Int(match.1) { return port }
        }
    }

    private init(driver: String, _ client: HTTPClient, _ width: Int, _ isDark: Bool) async throws {
        self.driver = driver
        self.client = client
        var arguments: [JSONValue] = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            .string("--window-size=\(width),900"),
        ]
        if isDark { arguments.append("--blink-settings=preferredColorScheme=0") }
        let answer = try await Self.ask(
            client, "POST", driver + "/session",
            [
                "capabilities": [
                    "alwaysMatch": [
                        "browserName": "chrome", "goog:chromeOptions": ["args": .array(arguments)],
                        "goog:loggingPrefs": ["browser": "ALL"],
                    ]
                ]
            ])
        guard let session = answer["sessionId"]?.string else { throw BrowserError(message: "\(answer)") }
        self.session = session
        // A window has a least width; what a page sees has none.
        _ = try await ask(
            "POST", "/goog/cdp/execute",
            [
                "cmd": "Emulation.setDeviceMetricsOverride",
                "params": ["width": .integer(width), "height": 900, "deviceScaleFactor": 1, "mobile": false],
            ])
    }

    // MARK: - Use

    func open(_ address: String) async throws {
        _ = try await ask("POST", "/url", ["url": .string(address)])
    }

    func goBack() async throws { _ = try await ask("POST", "/back", .object([:])) }

    /// Runs a script of the page.
    ///
    /// - Returns: What it returns.
    @discardableResult
    func run(_ script: String) async throws -> JSONValue {
        try await ask("POST", "/execute/sync", ["script": .string(script), "args": []])
    }

    /// Runs a script that calls `arguments[0]` when it is done.
    ///
    /// - Returns: What it calls it with.
    func await(_ script: String) async throws -> JSONValue {
        try await ask("POST", "/execute/async", ["script": .string(script), "args": []])
    }

    /// Waits until an expression of the page's script is true.
    ///
    /// - Returns: Whether it came true within a minute: other tests may keep the machine busy.
    func waits(until expression: String) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try await run("return Boolean(\(expression))") == true { return true }
            try await Task.sleep(for: .milliseconds(30))
        }
        return false
    }

    /// Types keys wherever the focus is, each as a person would.
    func type(_ text: String) async throws {
        let strokes: [JSONValue] = text.flatMap { key -> [JSONValue] in
            [["type": "keyDown", "value": .string(String(key))], ["type": "keyUp", "value": .string(String(key))]]
        }
        _ = try await ask(
            "POST", "/actions", ["actions": [["type": "key", "id": "keys", "actions": .array(strokes)]]])
    }

    /// The severe lines of the browser's log: errors of scripts, and what the policy of the page refused.
    func errors() async throws -> [String] {
        let lines = try await ask("POST", "/se/log", ["type": "browser"]).array ?? []
        return lines.filter { $0["level"]?.string == "SEVERE" }.compactMap { $0["message"]?.string }
    }

    // MARK: - The protocol

    private func ask(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try await Self.ask(client, method, "\(driver)/session/\(session)\(path)", body)
    }

    private static func ask(
        _ client: HTTPClient, _ method: String, _ address: String, _ body: JSONValue?
    ) async throws -> JSONValue {
        var request = HTTPClientRequest(url: address)
        request.method = .init(rawValue: method)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        }
        let response = try await client.execute(request, timeout: .seconds(300))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes.readableBytesView))["value"] ?? .null
        if let error = value["error"]?.string {
            throw BrowserError(message: "\(error): \(value["message"]?.string ?? "")")
        }
        return value
    }
}

/// What a browser, or its driver, could not do.
struct BrowserError: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
