// Expected: nearly matches defaulted requirement
// A listener's method with another label than the documents have, in the extension that makes it one: it would never be called.
import SeenByV2TIM

final class Chat {}

extension Chat: V2TIMAdvancedMsgListener {
    func onRecvNewMessage(message: V2TIMMessage) {}
}
