"""The drawing of the network: layout, items, gestures, and the view that holds them."""
