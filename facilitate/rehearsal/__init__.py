"""A simulated room: it plays a whole planning day through the real protocol, and checks what came of it."""
