/** The bus does not answer, or not in time: asking again later is right. */
export class BusUnavailableError extends Error {
  override readonly name = 'BusUnavailableError';
}
