"""What is nobody's subject: lazy imports, atomic writes, ragged arrays, exact sums, optional packages."""
