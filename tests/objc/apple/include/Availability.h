// A stand-in: availability of what is used, as clang's attribute has it.
#ifndef STAND_IN_AVAILABILITY_H
#define STAND_IN_AVAILABILITY_H

#define STAND_IN_SINCE(mac, phone) \
    __attribute__((availability(macos, introduced = mac))) __attribute__((availability(ios, introduced = phone)))
#define STAND_IN_PHONE_ONLY __attribute__((availability(macos, unavailable)))

#endif
