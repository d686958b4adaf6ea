"""One file a channel; each library lives in exactly one of them."""
