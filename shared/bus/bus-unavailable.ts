/** The bus does not answer, or not in time: asking again later is right. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}
