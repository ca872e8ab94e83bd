// Expected: sending 'counter' risks causing data races
// Something that threads must not share, shared.
import Foundation

final class Counter { var count = 0 }

func twice() {
    let counter = Counter()
    DispatchQueue.main.async { counter.count += 1 }
    counter.count += 1
}
