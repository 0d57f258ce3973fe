/** Where a product's first stock goes, and what a caller means who names no location. */
export const mainLocation = 'main';

/** An order's lines are reserved together or not at all, so all stock of a location changes together. */
export function locationBoundary(location: string): string {
  return `location:${location}`;
}
