"""Local servers that answer in the vendors' wire formats from a scenario, a folder of facts."""
