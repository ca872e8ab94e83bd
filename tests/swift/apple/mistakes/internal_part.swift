// Expected: cannot find 'DataFolder' in scope
// An app sees what is public, and no more.
import SeenByCore

func folder() throws -> String? { try DataFolder.resolve(given: nil, appGroup: "group.org.seenby") }
