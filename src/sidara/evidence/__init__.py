"""Files as proof: photographs and PDF documents that somebody adds to what he says.

In come bytes and an owner (a reference string of a higher room, with the right by which it decided); out go
pieces of evidence, their bytes and small pictures, and an audit. Words: piece, owner, kind, act, shelf (where
the bytes lie, by SHA-256), look (what a file is, told from its content, and written anew).
"""
