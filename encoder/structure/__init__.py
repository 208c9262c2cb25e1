"""What a text is built of: each module finds one kind of part, and exports `find`."""
