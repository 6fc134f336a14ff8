"""The papers that a works council, a data protection officer and a lawyer ask for, written from the service itself."""
