"""What is said of words and phrases: each module finds one kind of thing, and exports `find`."""
