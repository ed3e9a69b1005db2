import type { Storage } from '@graphiql/toolkit';

const WITH_HEADERS = new Set(['graphiql:tabState', 'graphiql:queries', 'graphiql:favorites']);

/**
 * The browser's storage for GraphiQL, without request headers: its history keeps them
 * even where `shouldPersistHeaders` is off, and they may hold a token.
 */
export const storage: Storage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => {
    if (key !== 'graphiql:headers') {
      localStorage.setItem(key, WITH_HEADERS.has(key) ? withoutHeaders(value) : value);
    }
  },
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
};

function withoutHeaders(value: string): string {
  return JSON.stringify(JSON.parse(value), (key, part: unknown) =>
    key === 'headers' ? null : part,
  );
}
