"""Names in running text: the forms they take, where they stand, whom they mean."""
