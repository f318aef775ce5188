print("chokepoint")
