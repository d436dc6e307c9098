"""Local servers that answer in the vendors' wire formats from a case, a folder of facts."""
