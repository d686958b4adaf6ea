"""What is owed arrives: in order, once, however the world fails; and what people say is handled or set aside."""
