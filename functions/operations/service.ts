import { defineService } from '../../shared/capabilities/define-service.ts';
import { discardDeadLetter } from './discard-dead-letter.ts';
import { editDeadLetter } from './edit-dead-letter.ts';
import { getDeadLetter } from './get-dead-letter.ts';
import { getReplay } from './get-replay.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { listReplays } from './list-replays.ts';
import { readLag } from './read-lag.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';
import { replayDeadLetters } from './replay-dead-letters.ts';
import { startReplay } from './start-replay.ts';
import { stopReplay } from './stop-replay.ts';

export const operations = defineService({
  name: 'operations',
  summary:
    'What operators see and do: how far consumers are, what is delivered again, the dead letters of all services.',
  capabilities: [
    readLag,
    startReplay,
    listReplays,
    getReplay,
    stopReplay,
    listDeadLetters,
    getDeadLetter,
    editDeadLetter,
    replayDeadLetter,
    replayDeadLetters,
    discardDeadLetter,
  ],
});
