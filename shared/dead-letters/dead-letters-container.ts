/** The container of the dead letters of all services, and of the replays. */
export const deadLettersContainer = 'dead-letters';

/**
 * The service that has the dead letters and replays of all, by the container that it says is its own. An app without one sees
 * to them under the container's name.
 */
export function deadLetterServiceOf(
  services: readonly { readonly name: string; readonly container: string }[],
): string {
  return services.find(({ container }) => container === deadLettersContainer)?.name ?? deadLettersContainer;
}
