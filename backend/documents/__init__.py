"""Content-addressed texts and reasons: what stands on chain as a hash, kept off chain and verified on reading."""
