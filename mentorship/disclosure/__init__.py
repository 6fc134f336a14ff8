"""Which figures from answers may be published together. Pure: plain values in, published figures out."""
