"""Writers of tables and geometries as text or bytes, one format a module."""
