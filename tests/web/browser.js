// A browser that reaches one server and nothing else, and tells what went wrong in it.
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const SERVER = process.env.GRASSROOTS_URL;
const SCREENSHOTS =
  process.env.SCREENSHOTS ?? fileURLToPath(new URL('../../target/screenshots', import.meta.url));
const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  if (!SERVER) {
    throw new Error(
      'GRASSROOTS_URL is not set: start `grassroots demo` and set it to the address, such as http://127.0.0.1:8080',
    );
  }
  const executablePath = process.env.CHROMIUM ?? CHROMIUMS.find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error(
      `there is no Chromium at ${CHROMIUMS.join(', ')}: install it (on Debian: apt-get install chromium), or set CHROMIUM to its path`,
    );
  }
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh profile on GraphiQL's page. `problems` fills up while it is in use. */
export async function visit(browser, { colorScheme = 'light', prepare } = {}) {
  const context = await browser.newContext({
    baseURL: SERVER,
    colorScheme,
    viewport: { width: 1280, height: 800 },
  });
  const problems = [];
  await context.route(
    (url) => url.host !== new URL(SERVER).host,
    (route) => {
      problems.push(`a request left for ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`an error in the page: ${error.stack}`));
  page.on('console', (message) => {
    // The browser reports each refusal by status here, which a GraphQL server may well answer.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(`on the console: ${message.text()}`);
    }
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`the policy refused ${event.blockedURI} by ${event.effectiveDirective}`);
    });
  });
  await prepare?.(page);
  await page.goto('/graphiql/');
  await page.getByRole('button', { name: 'Execute query' }).waitFor();
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  return new Visit(page, problems);
}

/** What a developer does on the page. */
class Visit {
  constructor(page, problems) {
    this.page = page;
    this.problems = problems;
  }

  async become(persona) {
    await this.page.getByRole('combobox', { name: 'Persona' }).selectOption(persona);
  }

  panel(name) {
    return this.page.getByRole('region', { name, exact: true });
  }

  async show(plugin) {
    await this.page.getByRole('button', { name: `Show ${plugin}` }).click();
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Goes to a tab that is open already. */
  async choose(operation) {
    await this.page.getByRole('tab', { name: operation }).getByRole('button').first().click();
  }

  /** Opens an example in a tab of its own. */
  async open(example, operation) {
    const tabs = await this.page.locator('.graphiql-tab-button').count();
    await this.panel('Examples').getByRole('button', { name: example, exact: true }).click();
    await this.page.locator('.graphiql-tab-button').nth(tabs).getByText(operation).waitFor();
  }

  /** Runs the query of the tab and gives the answer as it is shown. */
  async run() {
    // GraphiQL takes up another query, with the name to send, a moment after it is written.
    await this.page.waitForFunction(() => {
      const models = globalThis.__MONACO.editor.getModels();
      const editor = models.find((model) => model.uri.path.endsWith('operation.graphql'));
      return [null, editor.getValue()].includes(localStorage.getItem('graphiql:query'));
    });
    await this.page.getByRole('button', { name: 'Execute query' }).click();
    return this.answer();
  }

  /** Waits for an answer. */
  async answer() {
    const shown = await this.page.waitForFunction(() => {
      const models = globalThis.__MONACO.editor.getModels();
      return models.find((model) => model.uri.path.endsWith('response.json')).getValue() || null;
    });
    return JSON.parse(await shown.jsonValue());
  }

  /** All that the result window holds now, in view or not. */
  shown() {
    return this.page.evaluate(() => {
      const models = globalThis.__MONACO.editor.getModels();
      return models.find((model) => model.uri.path.endsWith('response.json')).getValue();
    });
  }

  /** Writes into one of the editors, by the name of its file in GraphiQL. */
  async write(editor, text) {
    await this.page.evaluate(
      ([name, value]) => {
        const models = globalThis.__MONACO.editor.getModels();
        models.find((model) => model.uri.path.endsWith(name)).setValue(value);
      },
      [editor, text],
    );
  }
}
