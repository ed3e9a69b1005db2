import { formatResult } from '@graphiql/toolkit';
import type { Answer } from '../transport';

/** An operation as it was sent, with what came of it. */
export interface Run {
  query: string;
  operationName: string | null | undefined;
  answer: Answer;
}

/** How many runs are remembered: those of the tabs that one goes back and forth between. */
const MOST_RUNS = 20;

/**
 * The runs of one caller. GraphiQL keeps the text of an answer alone, while the query beside
 * it may have been changed since.
 */
export class Runs {
  #runs: { run: Run; text: string }[] = [];

  add(run: Run): void {
    this.#runs = [{ run, text: formatResult(run.answer) }, ...this.#runs].slice(0, MOST_RUNS);
  }

  /** The run whose answer GraphiQL shows by this text. */
  of(text: string | null | undefined): Run | null {
    return this.#runs.find((known) => known.text === text)?.run ?? null;
  }
}
