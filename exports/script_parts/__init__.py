"""What a script is made of: its lines, and what the settings of a run put into them."""
