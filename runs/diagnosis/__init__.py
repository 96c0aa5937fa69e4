"""Why a run learns nothing, slows down or explodes, and what would help."""
