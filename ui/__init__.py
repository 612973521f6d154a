"""The window of bpsim: shows what the engine computes and forwards what the learner does."""
