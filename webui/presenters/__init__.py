"""Turns values of the domain into what is displayed: marked pieces, table views, labels. Decides nothing, stores nothing."""
