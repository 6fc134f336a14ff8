"""Files -> records: what an export says, checked, with every row that is set aside."""
