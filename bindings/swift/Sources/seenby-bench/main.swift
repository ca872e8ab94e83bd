import Foundation
import SeenByCore

final class Counting: EventListener, @unchecked Sendable {
    var heard = 0
    func onEvents(events: [Event]) throws { heard += events.count }
}
let l = Counting()
for _ in 0..<5 {
    let t = DispatchTime.now().uptimeNanoseconds
    try measureEvents(listener: l, events: 64, batches: 2000)
    let d = DispatchTime.now().uptimeNanoseconds - t
    print("ns an event:", Double(d) / 128000)
}
