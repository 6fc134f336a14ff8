"""A handover plan: what somebody who leaves passes on, to whom, by when, and where it is written down."""
