"""Writers: tables and geometries out, as text or bytes. One format a file."""
