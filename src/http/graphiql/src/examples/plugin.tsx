import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { EXAMPLES, type Example } from './examples';

function Pages() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5">
      <rect x="3" y="2.5" width="14" height="15" rx="2" />
      <path d="M6.5 7h7M6.5 10h7M6.5 13h4" strokeLinecap="round" />
    </svg>
  );
}

function ExamplesPanel() {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const open = ({ query, variables }: Example) => {
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables ? JSON.stringify(variables, null, 2) : '');
    // Among many tabs the new one would stay out of sight.
    requestAnimationFrame(() => document.querySelector('.graphiql-tab-active')?.scrollIntoView());
  };
  return (
    <section className="panel" aria-label="Examples">
      <h2>Examples</h2>
      <p>Each opens in a new tab, to be run or changed.</p>
      <ul className="examples">
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => open(example)}>
              {example.title}
            </button>
            <p>{example.about}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const EXAMPLES_PLUGIN: GraphiQLPlugin = {
  title: 'Examples',
  icon: Pages,
  content: ExamplesPanel,
};
