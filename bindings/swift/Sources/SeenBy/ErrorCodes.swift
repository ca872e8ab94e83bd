extension SeenByError {
    /// A documented number. Those of a later version may come too: a number without a name.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The number.
        public let rawValue: Int32

        /// The one with this number.
        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// Web only: the list of messages is empty.
        public static let readReceiptListEmpty = Code(rawValue: 2114)
        /// No answer in time.
        public static let requestTimeout = Code(rawValue: 6012)
        /// A call before init.
        public static let notInitialized = Code(rawValue: 6013)
        /// A call before login, or after being kicked.
        public static let notLoggedIn = Code(rawValue: 6014)
        /// A value is not allowed; the sentence names it.
        public static let invalidParameters = Code(rawValue: 6017)
        /// The device knows that its userSig has run out.
        public static let userSigExpiredLocally = Code(rawValue: 6206)
        /// Another session of this user and device took over.
        public static let kickedOffline = Code(rawValue: 6208)
        /// The call was cut short by shutdown or logout.
        public static let interrupted = Code(rawValue: 7009)
        /// Not supported here: receipts where the app rejects them (R8), or a call outside SeenBy.
        public static let notSupported = Code(rawValue: 7013)
        /// Too many requests; the sentence and ``SeenByError/retryAfter`` tell how long to wait.
        public static let tooFrequent = Code(rawValue: 9506)
        /// No connection to the service.
        public static let disconnected = Code(rawValue: 9508)
        /// Connecting took too long.
        public static let connectTimeout = Code(rawValue: 9510)
        /// The service refused the connection.
        public static let connectRefused = Code(rawValue: 9511)
        /// The service's host cannot be reached.
        public static let unreachable = Code(rawValue: 9512)
        /// The request was larger than a frame may be.
        public static let tooLarge = Code(rawValue: 9522)
        /// The service failed inside; nothing was applied.
        public static let serviceInternal = Code(rawValue: 10002)
        /// An id is in use, by something else (R23, R25).
        public static let conflict = Code(rawValue: 10004)
        /// Not entitled (R22).
        public static let permissionDenied = Code(rawValue: 10007)
        /// The group does not exist, or was dismissed.
        public static let groupMissing = Code(rawValue: 10010)
        /// No receipts are known for this message, or not to this caller (R22).
        public static let noReceipts = Code(rawValue: 10062)
        /// The userSig has run out.
        public static let userSigExpired = Code(rawValue: 70001)
        /// The userSig is wrong: signature, app or user.
        public static let userSigInvalid = Code(rawValue: 70003)
        /// The message is longer than 12 KB.
        public static let bodyTooLong = Code(rawValue: 80002)
        /// A panic was caught; this client is closed for good.
        public static let panic = Code(rawValue: 90001)
        /// This call is not allowed inside a callback.
        public static let calledFromCallback = Code(rawValue: 90002)
        /// This manager has been closed.
        public static let closed = Code(rawValue: 90003)
        /// The data folder failed, is damaged, or belongs to another process.
        public static let store = Code(rawValue: 90004)
        /// The server's certificate was refused; the sentence names issuer and host.
        public static let certificateRefused = Code(rawValue: 90005)
        /// The service does not speak this version of the protocol.
        public static let versionRefused = Code(rawValue: 90006)
        /// A frame that is not of the protocol, or not in this state.
        public static let `protocol` = Code(rawValue: 90007)
    }
}
