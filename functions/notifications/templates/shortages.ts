interface Shortage {
  readonly itemId: string;
  readonly requested: number;
  readonly available: number;
}

/** What there is too little of, as a parameter of a template has it: `ITEM-001 11/10`, eleven wanted and ten there. */
export function shortagesText(shortages: readonly Shortage[]): string {
  return shortages.map(({ itemId, requested, available }) => `${itemId} ${requested}/${available}`).join(', ');
}

/** The same in words. */
export function shortagesInWords(text: string, words: (requested: string, available: string) => string): string {
  return text.replaceAll(/ (\d+)\/(\d+)(?=,|$)/g, (_, requested: string, available: string) => {
    return ` (${words(requested, available)})`;
  });
}
