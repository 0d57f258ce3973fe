/** From what a list can be sorted by to the field that has it. */
export const sortFields = { name: 'nameKey', price: 'price', newest: 'createdAt' } as const;

/** What lists of products are filtered and sorted by. */
export const productIndexes = {
  filtered: ['status', 'category', 'price', 'nameKey'],
  sorted: Object.values(sortFields),
};
