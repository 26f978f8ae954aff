"""A source folder comes in; its pages stand in the browser, set again whenever a file of it is saved."""
