/* clang asks for this beside GNUstep; the declarations are where libBlocksRuntime has them. */
#include <Block.h>
