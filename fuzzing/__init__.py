"""Bytes that nobody meant: each place where they come in gives a sound result or a clear error.

`targets` says what is done with them, `spoiling` how they come about where nothing is measured;
`python -m fuzzing` looks for more of them for as long as it may, led by which code they reach.
"""
