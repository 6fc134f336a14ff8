"""What people ask of what is kept about them, and what becomes of it; the ledger of who was erased."""
