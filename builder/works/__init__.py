"""A source folder and wishes come in; finished files or problems go out: the verbs in order, no printing, no clock."""
