/** Small, listed and searched as a whole, its SKUs unique: the catalog is one boundary. */
export const catalogBoundary = 'catalog';
