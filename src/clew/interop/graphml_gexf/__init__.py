"""Graph files for drawing tools: GraphML and GEXF, both ways."""
