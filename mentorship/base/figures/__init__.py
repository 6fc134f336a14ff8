"""Small figures: plain values in, what a template draws out, in whole and half pixels. Pure, and no Flask here."""
