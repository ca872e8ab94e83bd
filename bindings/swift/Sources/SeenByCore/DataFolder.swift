import Foundation

/// Where a device keeps its outbox, index and cache, as Apple's systems want it. Elsewhere the library knows where.
package enum DataFolder {
    #if canImport(Darwin)
    private static let name = "SeenBy"
    #endif

    /// `given`; else the folder of the App Group, which the app's extensions see too; else that of the app. On Apple's systems it
    /// is made, and what is made is left out of backups: a device that is restored from one must be a new device, not a second one
    /// of the same id. Where nothing is kept, nothing is made.
    package static func resolve(given: String?, appGroup: String?, server: String?) throws -> String? {
        guard try usesDataFolder(server: server) else { return given }
        #if canImport(Darwin)
        let folder: URL
        if let given {
            folder = URL(fileURLWithPath: given, isDirectory: true)
        } else if let appGroup {
            guard let group = FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: appGroup) else {
                throw refused("the App Group \"\(appGroup)\" is not one of this app; add it to the app's capabilities")
            }
            folder = group.appendingPathComponent("Library/Application Support/\(name)", isDirectory: true)
        } else {
            let support: URL
            do {
                support = try FileManager.default.url(
                    for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true
                )
            } catch {
                throw cannotBeMade("Application Support", error)
            }
            // A Mac app without a sandbox shares that folder with all others.
            let app = Bundle.main.bundleIdentifier.map { "\($0)/\(name)" } ?? name
            folder = support.appendingPathComponent(app, isDirectory: true)
        }
        // A folder that the app gives may be there before, with the app's own in it: that stays as it is.
        let isOurs = given == nil || !FileManager.default.fileExists(atPath: folder.path)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            if isOurs {
                var values = URLResourceValues()
                values.isExcludedFromBackup = true
                var excluded = folder
                try excluded.setResourceValues(values)
            }
        } catch {
            throw cannotBeMade(folder.path, error)
        }
        return folder.path
        #else
        if let appGroup, given == nil {
            throw refused("the App Group \"\(appGroup)\" is given; there are none but on Apple's systems: give a data folder")
        }
        return given
        #endif
    }

    #if canImport(Darwin)
    private static func cannotBeMade(_ folder: String, _ error: any Error) -> Failure {
        .Refused(code: 90004, text: "the data folder \"\(folder)\" cannot be made: \(error.localizedDescription)", retryAfterMs: 0)
    }
    #endif

    private static func refused(_ text: String) -> Failure {
        .Refused(code: 6017, text: text, retryAfterMs: 0)
    }
}
