import SeenByCore
