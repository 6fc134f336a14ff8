"""An administrator ends all sessions of somebody, whose phone was lost, without reading anything of theirs."""
