"""The simulated WhatsApp, played from both sides: a business over the Cloud API, people on their phones."""
