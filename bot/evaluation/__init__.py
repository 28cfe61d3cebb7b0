"""How good the answers are: what parents would write goes over the simulated wire, and the reply that comes back is judged."""
