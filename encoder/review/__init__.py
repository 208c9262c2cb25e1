"""A review is an editor going through what is open in a project, question by question.

`questions` are what is asked, `session` keeps what was answered, `page` shows one, `server` is the
page's other end, on this machine alone.
"""
