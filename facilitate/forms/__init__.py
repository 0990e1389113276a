"""What people may send, and how it is cleaned; one module per noun. A field that a form does not know is refused."""
