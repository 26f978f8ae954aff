"""The written language, knowing nothing of books: numbers of units, citations, names in ASCII, normal form."""
