"""One module per command (or pair of commands): take the options, call one function of a room, print the result."""
