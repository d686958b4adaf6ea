"""The whole product, over real HTTP, as people use it."""
