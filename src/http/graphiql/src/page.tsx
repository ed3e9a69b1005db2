import { useMemo } from 'react';
import { GraphiQL } from 'graphiql';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { ACCESS_PLUGIN } from './access/plugin';
import { CallerContext } from './caller/caller';
import { Handover } from './caller/handover';
import { PersonaPicker, rememberedPersona } from './caller/persona';
import { rememberedToken, TokenField } from './caller/token';
import { useTurn } from './caller/turn';
import { EXAMPLES_PLUGIN } from './examples/plugin';
import { WELCOME } from './examples/examples';
import { fetcherOf } from './fetcher';
import type { Settings } from './settings';
import { storage } from './storage';

const PLUGINS = [EXAMPLES_PLUGIN, ACCESS_PLUGIN, explorerPlugin(), HISTORY_PLUGIN];

export function Page({ settings: { endpoint, personas } }: { settings: Settings }) {
  const demonstration = personas.length > 0;
  const [caller, handOver] = useTurn(
    endpoint,
    demonstration ? (rememberedPersona(personas)?.token ?? null) : rememberedToken(),
  );
  const fetcher = useMemo(() => fetcherOf(endpoint, caller), [endpoint, caller]);
  return (
    <CallerContext value={caller}>
      <header className="bar">
        <h1>Grassroots</h1>
        {demonstration ? (
          <PersonaPicker personas={personas} onPick={handOver} />
        ) : (
          <TokenField inUse={caller !== null} onUse={handOver} />
        )}
        <code title="Address of the GraphQL endpoint">{endpoint}</code>
      </header>
      {caller ? null : <NoToken />}
      <main>
        <GraphiQL
          fetcher={fetcher}
          // Without a token the schema can't be asked for: null keeps GraphiQL from trying.
          {...(caller ? {} : { schema: null })}
          storage={storage}
          plugins={PLUGINS}
          visiblePlugin={EXAMPLES_PLUGIN}
          defaultQuery={WELCOME}
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled={!demonstration}
          shouldPersistHeaders={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>
            <></>
          </GraphiQL.Logo>
          <Handover />
        </GraphiQL>
      </main>
    </CallerContext>
  );
}

function NoToken() {
  return (
    <p className="notice" role="status">
      Paste a token above to begin. Every request needs one, that for the schema too; with it come
      the documentation, completion and answers. Who runs this server can tell where tokens are
      issued; over the demonstration data, <code>grassroots token --persona NAME</code> prints one.
    </p>
  );
}
