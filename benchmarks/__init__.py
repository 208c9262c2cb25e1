"""How long things take, and how much memory: `make bench` measures what the documents state.

A figure alone says more of the machine than of the program, so each row sets two processes side by
side: run in turn, in the same minutes, on the same bytes.
"""
