"""Tables: CSV and XLSX, read through a mapping of their columns, and written."""
