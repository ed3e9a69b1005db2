// GraphiQL's page in a real browser, over the demonstration.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, visit } from './browser.js';

const EXAMPLES = {
  'Who am I?': 'WhoAmI',
  'How much is mine?': 'Counts',
  'Nurses of a county': 'Nurses',
  'Staff by title': 'Titles',
  'Facilities and their staff': 'Facilities',
  'The nation’s hospital in a district': 'NationalHospital',
  'Programs and their stages': 'Programs',
  'Participants of programs': 'Participants',
  'Partnership projects': 'Partnerships',
  'From a province to its townships': 'Divisions',
  'Page by page': 'Pages',
  'Records by their ids': 'Nodes',
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A test of the page that also fails for whatever goes wrong unseen. */
function seen(name, steps, options) {
  test(name, { timeout: 120_000 }, async () => {
    const visited = await visit(browser, options);
    try {
      await steps(visited);
    } catch (problem) {
      await visited.screenshot('failed');
      throw problem;
    } finally {
      await visited.page.context().close();
    }
    assert.deepEqual(visited.problems, []);
  });
}

seen('a persona sees its own rows, and the next one nothing of them', async (page) => {
  await page.screenshot('1-first-visit');
  await page.become('donggang-steward');
  const counts = await page.run();
  assert.equal(counts.data.facilities.totalCount, 253);
  assert.equal(counts.data.staff.totalCount, 832);
  await page.open('Facilities and their staff', 'Facilities');
  const { facilities } = (await page.run()).data;
  assert.equal(facilities.totalCount, 253);
  assert.deepEqual([...new Set(facilities.nodes.map((node) => node.administeredBy.name))], ['东港市']);
  await page.page.locator('.result-window').getByText('东港市').first().waitFor();
  await page.screenshot('2-rows-of-a-steward');

  await page.become('stranger');
  assert.equal(await page.shown(), '', 'the answer in this tab');
  await page.choose('Counts');
  assert.equal(await page.shown(), '', 'the answer in the other tab');
  await page.screenshot('3-answers-are-gone');
  const { data } = await page.run();
  assert.equal(data.facilities.totalCount, 0);
  assert.equal(data.staff.totalCount, 0);
  await page.screenshot('4-nothing-for-a-stranger');
});

seen('an answer that comes after the caller has changed is never shown', async (page) => {
  await page.become('donggang-steward');
  const held = new Promise((resolve) => {
    page.page.route('**/graphql', async (route) => {
      if (route.request().postData().includes('query Counts')) {
        resolve(route);
      } else {
        await route.continue();
      }
    });
  });
  await page.page.getByRole('button', { name: 'Execute query' }).click();
  const late = await held;
  await page.become('stranger');
  const answer = { data: { facilities: { totalCount: 253 } } };
  await late.fulfill({ json: answer }).catch(() => {});
  await page.page.unroute('**/graphql');
  await page.page.getByRole('button', { name: 'Execute query' }).waitFor();
  await page.show('Access');
  await page.panel('Access').getByText('You hold no role').waitFor();
  assert.equal(await page.shown(), '');
  assert.equal((await page.run()).data.facilities.totalCount, 0);
});

seen('the access panel tells who one is, where, and what that opens', async (page) => {
  await page.become('donggang-steward');
  await page.show('Access');
  const access = page.panel('Access');
  await access.getByText('Data steward of 东港市').waitFor();
  await access.getByText('its facilities and their staff').waitFor();
  await access.getByText('donggang-steward', { exact: true }).waitFor();
  await access.getByRole('list', { name: 'Above it' }).getByText('辽宁省').waitFor();
  await page.screenshot('5-access-of-a-steward');
  await access.getByRole('button', { name: '东港市' }).click();
  await access.getByText('大东街道').waitFor();
  await page.screenshot('6-divisions-below');
  await access.getByRole('button', { name: '东港市' }).click();

  const readable = page.panel('What you may read');
  await readable.locator('summary', { hasText: 'StaffMember' }).click();
  await readable.getByRole('row', { name: 'professionCategory' }).waitFor();
  await readable.getByRole('row', { name: 'professionCategory' }).scrollIntoViewIfNeeded();
  await page.screenshot('7-fields-of-staff');

  await page.become('stranger');
  await access.getByText('You hold no role').waitFor();
  assert.equal(await access.getByText('东港市').count(), 0);
  await page.screenshot('8-access-of-a-stranger');
});

const BEDS = `query Beds {
  facilities(first: 2, orderBy: NAME_ASC) {
    nodes {
      name
      beds: bedsActual
    }
  }
}`;

seen('a refused field is explained where one clicks on it', async (page) => {
  await page.become('novartis-sponsor');
  await page.show('Access');
  await page.write('operation.graphql', BEDS);
  await page.page.getByRole('tab', { name: 'Beds' }).waitFor();
  await page.run();
  const refused = page.panel('Refused in this answer');
  await refused.getByText('of 2 records').waitFor();
  const second = refused.getByRole('button', { name: 'facilities.nodes.1.beds' });
  const why = page.panel('Why facilities.nodes.1.beds');

  await second.press('Enter');
  await why.getByText('The answer does not tell which record it is').waitFor();
  await page.screenshot('18-refused-without-an-id');
  await page.page.keyboard.press('Tab');
  await page.page.keyboard.press('Enter');
  await why.getByText('No role of yours opens bedsActual of this record').waitFor();
  assert.ok(await second.evaluate((button) => button === document.activeElement), 'the focus');
  const { facilities } = (await page.answer()).data;
  assert.deepEqual(Object.keys(facilities.nodes[1]), ['id', 'name', 'beds']);
  const opened = why.getByRole('region', { name: 'What opens the record to you' });
  const way = opened.getByRole('list', { name: 'From there to the record' });
  assert.deepEqual(await way.getByRole('listitem').allTextContents(), [
    '百城千县卫生健康人才培养项目',
    facilities.nodes[1].name,
  ]);
  await opened.getByText('p, role:sponsor, res:facility, read, partnership, cols:site, allow').waitFor();
  const needed = why.getByRole('region', { name: 'Any of these would open it' });
  await needed.getByText(`manager, held at ${facilities.nodes[1].name}`).waitFor();
  await needed.getByText('the division that it belongs to, or above').waitFor();
  await page.screenshot('19-why-it-is-refused');

  await second.press('Enter');
  assert.equal(await why.count(), 0);
  await page.become('stranger');
  await page.panel('Access').getByText('You hold no role').waitFor();
  assert.equal(await refused.count(), 0, 'what was refused to somebody else');
});

seen('fields that show records, or nothing in clear, are explained by their own names', async (page) => {
  await page.show('Access');
  await page.become('capacity-center-host');
  const nodes = (fields) => `query Enrolled { enrollments(first: 2) { nodes { ${fields} } } }`;
  await page.write('operation.graphql', nodes('key: id whose: person { name }'));
  await page.page.getByRole('tab', { name: 'Enrolled' }).waitFor();
  await page.run();
  const field = (path) => page.panel('Access').getByRole('button', { name: path });
  await field('enrollments.nodes.0.whose').click();
  const why = page.panel('Why enrollments.nodes.0.whose');
  await why.getByText('No role of yours opens person of this record').waitFor();
  await why.getByText('p, role:host, res:enrollment, read, program, cols:participant, allow').waitFor();

  await page.become('national-analyst');
  await page.write('operation.graphql', `${nodes('id ...Whose')} fragment Whose on Enrollment { participant { name } }`);
  await page.run();
  await page.panel('Masked in this answer').waitFor();
  await field('enrollments.nodes.1.participant.name').click();
  const masked = page.panel('Why enrollments.nodes.1.participant.name');
  await masked.getByText('You are shown participantName of this record with asterisks').waitFor();
  await masked.getByRole('region', { name: 'Any of these would show it in clear' }).waitFor();
  await page.screenshot('20-why-it-is-masked');
});

seen('what is refused of no record is told in the words of the server', async (page) => {
  await page.become('novartis-sponsor');
  await page.show('Access');
  const query = 'query Filtered { facilities(filter: { bedsActual: { gt: 100 } }) { totalCount } }';
  await page.write('operation.graphql', query);
  await page.page.getByRole('tab', { name: 'Filtered' }).waitFor();
  const { errors } = await page.run();
  assert.equal(errors[0].extensions.code, 'FORBIDDEN');
  await page.panel('Access').getByRole('button', { name: errors[0].path.join('.') }).click();
  await page.panel(`Why ${errors[0].path.join('.')}`).getByText(errors[0].message).waitFor();
});

seen('what changes something is not offered to be run again', async (page) => {
  await page.become('capacity-center-host');
  await page.show('Access');
  const input = 'input: { id: "RW5yb2xsbWVudDox", version: 1 }';
  const mutation = `mutation Move { updateEnrollment(${input}) { enrollment { score } } }`;
  await page.write('operation.graphql', mutation);
  await page.page.getByRole('tab', { name: 'Move' }).waitFor();
  const path = ['updateEnrollment', 'enrollment', 'score'];
  const error = { message: 'you may not read it', path, extensions: { code: 'FORBIDDEN' } };
  const answer = { data: { updateEnrollment: { enrollment: { score: null } } }, errors: [error] };
  await page.page.route('**/graphql', (route) =>
    route.request().postData().includes('mutation Move')
      ? route.fulfill({ json: answer })
      : route.continue(),
  );
  await page.run();
  await page.panel('Access').getByRole('button', { name: path.join('.') }).click();
  const why = page.panel(`Why ${path.join('.')}`);
  await why.getByText('select id beside the field the next time').waitFor();
  assert.equal(await why.getByRole('button').count(), 0);
});

seen('documentation, explorer and history are there', async (page) => {
  await page.show('Documentation Explorer');
  const root = page.page.locator('.graphiql-doc-explorer').getByRole('link', { name: 'Query' });
  await root.click();
  await page.page.locator('.graphiql-doc-explorer').getByText('partnershipProjects').waitFor();
  await page.screenshot('9-documentation');
  await page.show('GraphiQL Explorer');
  await page.page.locator('.graphiql-explorer-root').getByText('enrollments').first().waitFor();
  await page.screenshot('10-explorer');
  await page.run();
  await page.show('History');
  await page.page.locator('.graphiql-history').getByText('Counts').waitFor();
  await page.screenshot('11-history');
});

seen('the documentation tells each persona of what it may use', async (page) => {
  const documentation = page.page.locator('.graphiql-doc-explorer');
  const link = (name) => documentation.getByRole('link', { name, exact: true });
  await page.show('Documentation Explorer');
  await page.become('novartis-sponsor');
  await link('PartnershipProject').waitFor();
  await link('Mutation').click();
  await link('revokeRole').waitFor();
  assert.equal(await documentation.getByText('updateFacility').count(), 0);
  await documentation.locator('.graphiql-doc-explorer-back').click();
  await link('Query').click();
  await documentation.getByText('partnershipProjects').waitFor();
  assert.equal(await documentation.getByText('staffMember').count(), 0);
  await page.screenshot('17-documentation-of-a-sponsor');
  await page.become('donggang-steward');
  await link('Mutation').waitFor();
  await link('Query').click();
  await documentation.getByText('staffMember').first().waitFor();
  assert.equal(await documentation.getByText('partnershipProjects').count(), 0);
});

seen('each example runs without an error for the nation', async (page) => {
  await page.become('national-administrator');
  const offered = await page.panel('Examples').getByRole('button').allTextContents();
  assert.deepEqual(offered, Object.keys(EXAMPLES));
  for (const [example, operation] of Object.entries(EXAMPLES)) {
    await page.open(example, operation);
    const answer = await page.run();
    assert.equal(answer.errors, undefined, `${example}: ${JSON.stringify(answer.errors)}`);
    assert.ok(!Object.values(answer.data).includes(null), `${example} finds nothing`);
    await page.screenshot(`example-${operation}`);
  }
});

seen('what the server refuses is shown in its own words', async (page) => {
  await page.write('operation.graphql', 'query Wrong { facilities { nodes { patients } } }');
  await page.page.getByRole('tab', { name: 'Wrong' }).waitFor();
  const { errors } = await page.run();
  assert.match(errors[0].message, /patients/);
  await page.screenshot('12-refused');
});

seen('the dark theme', async (page) => {
  await page.show('Access');
  await page.panel('What you may read').waitFor();
  await page.run();
  await page.screenshot('13-dark');
}, { colorScheme: 'dark' });

let token;
const withoutPersonas = {
  prepare: (page) =>
    page.route('**/graphiql/settings.json', async (route) => {
      const response = await route.fetch();
      const settings = await response.json();
      token = settings.personas.find(({ name }) => name === 'donggang-steward').token;
      await route.fulfill({ response, json: { ...settings, personas: [] } });
    }),
};

seen('without personas a token is asked for, and kept nowhere', async (page) => {
  await page.page.getByText('Paste a token above to begin').waitFor();
  assert.equal(await page.shown(), '');
  await page.screenshot('14-no-token');
  await page.page.getByLabel('Token', { exact: true }).fill(token);
  await page.page.getByRole('button', { name: 'Use token' }).click();
  await page.page.getByText('A token is in use').waitFor();
  await page.page.getByRole('button', { name: 'Headers' }).click();
  await page.write('request-headers.json', JSON.stringify({ 'x-secret': 'of the header editor' }));
  // To leave a tab makes GraphiQL note what stands in its editors.
  await page.open('Who am I?', 'WhoAmI');
  await page.choose('Counts');
  assert.equal((await page.run()).data.facilities.totalCount, 253);
  await page.screenshot('15-token-in-use');

  await page.show('History');
  await page.page.locator('.graphiql-history').getByText('Counts').waitFor();
  // GraphiQL writes its tabs a moment after they changed, and its history at once.
  await page.page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('Counts'));
  const kept = await page.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  assert.ok(!kept.includes(token), 'the token');
  assert.ok(!kept.includes('of the header editor'), 'a header');

  await page.page.getByRole('button', { name: 'Forget it' }).click();
  await page.page.getByText('Paste a token above to begin').waitFor();
  assert.equal(await page.shown(), '');
}, withoutPersonas);

seen('a token is remembered for this tab where that is asked for', async (page) => {
  await page.page.getByLabel('Token', { exact: true }).fill(token);
  await page.page.getByLabel('Remember in this tab').check();
  await page.page.getByRole('button', { name: 'Use token' }).click();
  await page.page.reload();
  await page.page.getByText('A token is in use').waitFor();
  assert.equal((await page.run()).data.facilities.totalCount, 253);
}, withoutPersonas);

seen('a token that does not work is told of', async (page) => {
  await page.page.getByLabel('Token', { exact: true }).fill('not.a.token');
  await page.page.getByRole('button', { name: 'Use token' }).click();
  await page.page.getByText('This token does not work').waitFor();
  assert.equal((await page.answer()).errors[0].extensions.code, 'UNAUTHENTICATED');
  await page.screenshot('16-bad-token');
}, withoutPersonas);
