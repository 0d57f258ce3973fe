import { defineService } from '../../shared/capabilities/define-service.ts';
import { deadLettersContainer } from '../../shared/dead-letters/dead-letters-container.ts';
import { countDeadLetters } from './dead-letters/count-dead-letters.ts';
import { discardDeadLetter } from './dead-letters/discard-dead-letter.ts';
import { editDeadLetter } from './dead-letters/edit-dead-letter.ts';
import { getDeadLetter } from './dead-letters/get-dead-letter.ts';
import { getDeadLetterBytes } from './dead-letters/get-dead-letter-bytes.ts';
import { listDeadLetters } from './dead-letters/list-dead-letters.ts';
import { replayDeadLetter } from './dead-letters/replay-dead-letter.ts';
import { replayDeadLetters } from './dead-letters/replay-dead-letters.ts';
import { operationsExamples } from './examples.ts';
import { watchHealth } from './health/watch-health.ts';
import { operationsProblems } from './problems.ts';
import { readLag } from './read-lag.ts';
import { getReplay } from './replays/get-replay.ts';
import { listReplays } from './replays/list-replays.ts';
import { resumeReplay } from './replays/resume-replay.ts';
import { startReplay } from './replays/start-replay.ts';
import { stopReplay } from './replays/stop-replay.ts';
import { operationsSettings } from './settings.ts';

export const operations = defineService({
  name: 'operations',
  summary:
    'What operators see and do: how far consumers are, what is delivered again, the dead letters of all services.',
  container: deadLettersContainer,
  problems: operationsProblems,
  settings: operationsSettings,
  examples: operationsExamples,
  capabilities: [
    readLag,
    startReplay,
    listReplays,
    getReplay,
    stopReplay,
    resumeReplay,
    listDeadLetters,
    getDeadLetter,
    getDeadLetterBytes,
    editDeadLetter,
    replayDeadLetter,
    replayDeadLetters,
    discardDeadLetter,
    countDeadLetters,
    watchHealth,
  ],
});
