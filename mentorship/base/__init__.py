"""What every room stands on: settings, clock, database, text in two languages, audit. No Flask here."""
