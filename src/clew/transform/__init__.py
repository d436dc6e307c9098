"""The plug-in contract: providers, transforms, what they yield, and the kit that tests them."""
