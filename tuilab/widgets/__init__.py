"""What panels and screens are made of: charts, number grids, forms."""
