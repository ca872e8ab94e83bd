// A stand-in: an iPhone or a Mac, as the test is compiled for.
#ifdef SEENBY_STAND_INS_PHONE
#define TARGET_OS_IPHONE 1
#else
#define TARGET_OS_IPHONE 0
#endif
