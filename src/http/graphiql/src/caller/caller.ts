import { createContext, useContext, useEffect, useState } from 'react';
import { send, whyOf, type Answer } from '../transport';
import type { Runs } from './runs';

/** In whose name the page asks. Another person or token is another caller. */
export interface Caller {
  /** Tells this caller from the one before, where that must not be done by token. */
  turn: number;
  endpoint: string;
  token: string;
  /** Aborted as soon as someone else takes over, so that no late answer is shown. */
  signal: AbortSignal;
  /** What was asked in this name through GraphiQL. */
  runs: Runs;
}

/** The caller, or null before there is a token. */
export const CallerContext = createContext<Caller | null>(null);

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export type Asked<Data> =
  | { state: 'waiting' }
  | { state: 'failed'; why: string }
  | { state: 'answered'; data: Data };

/** Asks as the caller, and again when the caller, the query or the variables change. */
export function useAnswer<Data>(query: string, variables?: string): Asked<Data> {
  const caller = useContext(CallerContext);
  const [asked, setAsked] = useState<Asked<Data>>({ state: 'waiting' });
  useEffect(() => {
    setAsked({ state: 'waiting' });
    if (!caller) {
      return;
    }
    const leave = new AbortController();
    const signal = AbortSignal.any([caller.signal, leave.signal]);
    const operation = { query, variables: variables ? JSON.parse(variables) : undefined };
    send<Data>(caller.endpoint, operation, bearer(caller.token), signal)
      .then(read)
      .then(setAsked, (problem) => {
        if (!signal.aborted) {
          setAsked({ state: 'failed', why: whyOf(problem) });
        }
      });
    return () => leave.abort();
  }, [caller, query, variables]);
  return asked;
}

function read<Data>({ data, errors }: Answer<Data>): Asked<Data> {
  if (data && !errors) {
    return { state: 'answered', data };
  }
  const messages = new Set(errors?.map((error) => error.message));
  return { state: 'failed', why: [...messages].join('; ') || 'no data' };
}
