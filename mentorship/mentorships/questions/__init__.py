"""Finding somebody who can explain something, and a quick question to them: one shift along, or just a question."""
