import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { bearer, type Caller } from './caller/caller';
import { send } from './transport';

const NO_TOKEN = {
  message: 'Nothing was sent: give a token in the bar at the top first. Every request needs one.',
};

/** Sends what GraphiQL asks for as the caller; headers of the header editor come before. */
export function fetcherOf(endpoint: string, caller: Caller | null): Fetcher {
  return async ({ query, variables, operationName }: FetcherParams, options) => {
    const written = lowerCased((options?.headers ?? {}) as Record<string, string>);
    const headers = { ...(caller && bearer(caller.token)), ...written };
    if (!('authorization' in headers)) {
      return NO_TOKEN;
    }
    const signal = caller?.signal ?? new AbortController().signal;
    const operation = { query, variables: variables as Record<string, unknown>, operationName };
    try {
      const answer = await send(endpoint, operation, headers, signal);
      // What was answered to somebody else is not the caller's to have explained.
      if (!('authorization' in written)) {
        caller?.runs.add({ query, operationName, answer });
      }
      return answer as never;
    } catch (problem) {
      if (signal.aborted) {
        // Someone else has taken over: this answer is never to be shown.
        return new Promise<never>(() => {});
      }
      throw problem;
    }
  };
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
