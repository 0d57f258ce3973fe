interface Asked<Question, Answer> {
  readonly question: Question;
  readonly settle: (answer: Promise<Answer>) => void;
}

/**
 * Has answered together what is asked within one turn of the event loop. Whoever asks waits for no later turn, so alone they are answered
 * as soon as ever.
 */
export class Together<Question, Answer> {
  readonly #answerAll: (questions: readonly Question[]) => Promise<readonly Answer[]>;
  #asked: Asked<Question, Answer>[] = [];

  /** @param answerAll answers in the order of the questions; what it throws is thrown to all who asked */
  constructor(answerAll: (questions: readonly Question[]) => Promise<readonly Answer[]>) {
    this.#answerAll = answerAll;
  }

  ask(question: Question): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    if (this.#asked.length === 0) setImmediate(() => this.#answer());
    this.#asked.push({ question, settle: resolve });
    return promise;
  }

  #answer(): void {
    const asked = this.#asked;
    this.#asked = [];
    const answers = this.#answerAll(asked.map(({ question }) => question));
    for (const [index, { settle }] of asked.entries()) settle(answers.then((all) => given(all[index])));
  }
}

function given<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Error('a question was not answered');
  return answer;
}
