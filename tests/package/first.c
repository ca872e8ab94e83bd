/* The smallest program: is the library there, and is it the header's? */
#include <stdio.h>
#include <string.h>

#include "seenby.h"

int main(void) {
    if (seenby_abi_version() != SEENBY_ABI_VERSION) {
        fprintf(stderr, "the header is of %u, the library of %u\n", (unsigned)SEENBY_ABI_VERSION,
                (unsigned)seenby_abi_version());
        return 1;
    }
    if (strcmp(seenby_version(), SEENBY_VERSION) != 0) {
        fprintf(stderr, "the header is of %s, the library of %s\n", SEENBY_VERSION, seenby_version());
        return 1;
    }
    printf("SeenBy %s\n", seenby_version());
    return 0;
}
