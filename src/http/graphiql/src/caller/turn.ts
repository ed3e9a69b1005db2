import { useState } from 'react';
import type { Caller } from './caller';
import { Runs } from './runs';

interface Turn {
  number: number;
  caller: Caller | null;
  end: AbortController;
}

/** The caller, and how to hand over to another one. */
export function useTurn(endpoint: string, initialToken: string | null) {
  const [turn, setTurn] = useState(() => begin(endpoint, initialToken, 0));
  const handOver = (token: string | null) => {
    turn.end.abort();
    setTurn(begin(endpoint, token, turn.number + 1));
  };
  return [turn.caller, handOver] as const;
}

function begin(endpoint: string, token: string | null, number: number): Turn {
  const end = new AbortController();
  const caller = token
    ? { turn: number, endpoint, token, signal: end.signal, runs: new Runs() }
    : null;
  return { number, caller, end };
}
