import SeenBy
