/** The service that owns the dead letters of all, and its container. */
export const operationsService = 'operations';
export const deadLettersContainer = 'dead-letters';

/** Every service has a container that is named after it; only that of operations is named for what it keeps. */
export function containerNameOf(service: string): string {
  return service === operationsService ? deadLettersContainer : service;
}
