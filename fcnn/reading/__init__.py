"""Reading files that anybody may have made: bounded first, believed never."""
