import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import '@graphiql/plugin-explorer/style.css';
import 'graphiql/graphiql.css';
import './style/theme.css';
import './style/bar.css';
import './style/panel.css';
import { Page } from './page';
import { loadSettings } from './settings';
import { whyOf } from './transport';

const root = createRoot(document.getElementById('page') as HTMLElement);

try {
  const settings = await loadSettings();
  root.render(<Page settings={settings} />);
} catch (problem) {
  root.render(
    <p className="notice" role="alert">
      The page could not learn where the API is: {whyOf(problem)}. Reload it, or look whether the
      server still runs.
    </p>,
  );
}
