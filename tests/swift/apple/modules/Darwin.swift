// A stand-in: what the sources here use of C.

public typealias time_t = Int
