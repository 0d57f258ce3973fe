import { defineService } from '../../shared/service/define-service.ts';
import { discardDeadLetter } from './discard-dead-letter.ts';
import { editDeadLetter } from './edit-dead-letter.ts';
import { getDeadLetter } from './get-dead-letter.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { readLag } from './read-lag.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';
import { replayDeadLetters } from './replay-dead-letters.ts';

/** What operators see and do: the dead letters of all services. */
export const operations = defineService({
  name: 'operations',
  capabilities: [
    readLag,
    listDeadLetters,
    getDeadLetter,
    editDeadLetter,
    replayDeadLetter,
    replayDeadLetters,
    discardDeadLetter,
  ],
});
