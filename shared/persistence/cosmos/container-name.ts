import { deadLettersContainer, operationsService } from '../../dead-letters/dead-letter.ts';

/** Every service has a container that is named after it; only that of operations is named for what it keeps. */
export function containerNameOf(service: string): string {
  return service === operationsService ? deadLettersContainer : service;
}
