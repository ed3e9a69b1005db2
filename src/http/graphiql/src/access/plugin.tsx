import type { GraphiQLPlugin } from '@graphiql/react';
import { AccessPanel } from './panel';

function Key() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5">
      <circle cx="6.5" cy="13.5" r="4" />
      <path d="m9.5 10.5 8-8M14 6l3 3M11.8 8.2l2 2" strokeLinecap="round" />
    </svg>
  );
}

export const ACCESS_PLUGIN: GraphiQLPlugin = { title: 'Access', icon: Key, content: AccessPanel };
