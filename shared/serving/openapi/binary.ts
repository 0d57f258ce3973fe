/** The schema of a file, as generators of clients know it: OpenAPI 3.1 has none for bytes as they are, 3.0 had this one. */
export const binary = { type: 'string', format: 'binary' } as const;
