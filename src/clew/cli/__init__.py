"""The command line. Each file declares a few commands; they only call the workbench and print."""
